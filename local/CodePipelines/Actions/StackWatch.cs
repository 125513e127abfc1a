using Mlops.Local.CodePipelines.Aws;
using Mlops.Local.CodePipelines.Executions;

namespace Mlops.Local.CodePipelines.Actions;

/// <summary>Waits for stacks, and says why one did not get there.</summary>
internal sealed class StackWatch(ActionContext context, CloudFormationClient cloudFormation)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private readonly DateTimeOffset since = context.Clock.GetUtcNow().AddSeconds(-2);

    public async Task RequireGoodEndAsync(string stackName, CancellationToken cancellationToken)
    {
        var stack =
            await EndAsync(stackName, cancellationToken)
            ?? throw new ActionFailedException("JobFailed", $"Stack [{stackName}] does not exist");
        if (stack.Status is not ("CREATE_COMPLETE" or "UPDATE_COMPLETE" or "IMPORT_COMPLETE"))
        {
            throw await FailureAsync(stack, cancellationToken);
        }
    }

    public async Task RequireGoneAsync(string stackId, CancellationToken cancellationToken)
    {
        if (await EndAsync(stackId, cancellationToken) is { Status: not "DELETE_COMPLETE" } stack)
        {
            throw await FailureAsync(stack, cancellationToken);
        }
    }

    private async Task<StackView?> EndAsync(string nameOrId, CancellationToken cancellationToken)
    {
        while (true)
        {
            var stack = await cloudFormation.FindStackAsync(nameOrId, cancellationToken);
            if (stack is not null)
            {
                context.Report(run => (run.ExternalId, run.ExternalUrl) = (stack.Id, Console(stack.Id)));
            }

            // REVIEW_IN_PROGRESS is where a stack rests until its first change set is executed.
            if (
                stack is null or { Status: "REVIEW_IN_PROGRESS" }
                || !stack.Status.EndsWith("_IN_PROGRESS", StringComparison.Ordinal)
            )
            {
                return stack;
            }

            await Task.Delay(Pause, context.Clock, cancellationToken);
        }
    }

    private async Task<ActionFailedException> FailureAsync(StackView stack, CancellationToken cancellationToken)
    {
        var reason = await cloudFormation.FirstFailureAsync(stack.Id, since, cancellationToken) ?? stack.Reason;
        return new ActionFailedException(
            "JobFailed",
            $"Stack [{context.Configuration["StackName"]}] ended as {stack.Status}: {reason ?? "CloudFormation gave no reason"}"
        );
    }

    private string Console(string stackId) =>
        $"https://console.aws.amazon.com/cloudformation/home?region={context.Pipeline.Region}#/stacks/stackinfo?stackId={Uri.EscapeDataString(stackId)}";
}
