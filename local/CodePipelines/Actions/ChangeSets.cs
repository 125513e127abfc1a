using Mlops.Local.CodePipelines.Aws;
using Mlops.Local.CodePipelines.Executions;

namespace Mlops.Local.CodePipelines.Actions;

/// <summary>The two change set modes: one makes the change set anew, the other executes it.</summary>
internal static class ChangeSets
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>An empty change set is a success, and executing it later does nothing.</summary>
    public static async Task ReplaceAsync(
        ActionContext context,
        RoleSession session,
        CancellationToken cancellationToken
    )
    {
        var (cloudFormation, name) = (session.CloudFormation, context.Configuration["ChangeSetName"]);
        var request = await StackRequests.ReadAsync(context, session, cancellationToken);
        var stack = await cloudFormation.FindStackAsync(request.StackName, cancellationToken);
        if (stack is { Status: "ROLLBACK_COMPLETE" or "ROLLBACK_FAILED" or "CREATE_FAILED" or "DELETE_FAILED" })
        {
            throw new ActionFailedException(
                "JobFailed",
                $"Stack:{stack.Id} is in {stack.Status} state and can not be updated. (ValidationError)"
            );
        }

        await ClearAsync(cloudFormation, stack, request.StackName, name, cancellationToken);

        var isUpdate = stack is not (null or { Status: "REVIEW_IN_PROGRESS" or "DELETE_COMPLETE" });
        lock (context.Pipeline.Gate)
        {
            context.Execution.EmptyChangeSets.Remove((request.StackName, name));
        }

        try
        {
            await cloudFormation.CreateChangeSetAsync(request, name, isUpdate, cancellationToken);
        }
        catch (AwsCallException e) when (e.Message.Contains("No updates are to be performed", StringComparison.Ordinal))
        {
            // moto refuses an empty change set where CloudFormation makes one that is FAILED; with one more line end moto does.
            await cloudFormation.CreateChangeSetAsync(
                request with
                {
                    TemplateBody = request.TemplateBody + "\n",
                },
                name,
                isUpdate,
                cancellationToken
            );
        }

        var made = await EndAsync(context, cloudFormation, request.StackName, name, cancellationToken);
        if (made.IsEmpty)
        {
            RememberEmpty(context, request.StackName, name);
        }
        else if (made.Status != "CREATE_COMPLETE")
        {
            throw new ActionFailedException("JobFailed", $"Change set [{name}] ended as {made.Status}: {made.Reason}");
        }

        await RememberStackAsync(context, cloudFormation, made, cancellationToken);

        context.Report(run => run.ExternalId = made.Id);
    }

    public static async Task ExecuteAsync(
        ActionContext context,
        RoleSession session,
        StackWatch stacks,
        CancellationToken cancellationToken
    )
    {
        var (cloudFormation, name) = (session.CloudFormation, context.Configuration["ChangeSetName"]);
        var stackName = context.Configuration["StackName"];
        lock (context.Pipeline.Gate)
        {
            if (context.Execution.EmptyChangeSets.Contains((stackName, name)))
            {
                return;
            }
        }

        var changeSet =
            await cloudFormation.FindChangeSetAsync(stackName, name, cancellationToken)
            ?? throw new ActionFailedException(
                "JobFailed",
                $"ChangeSet [{name}] does not exist (ChangeSetNotFoundException)"
            );
        var status = await IsOutdatedAsync(context, cloudFormation, changeSet, cancellationToken)
            ? "OBSOLETE"
            : changeSet.ExecutionStatus;
        if (status is not ("AVAILABLE" or ""))
        {
            throw new ActionFailedException(
                "JobFailed",
                $"ChangeSet [{changeSet.Id}] cannot be executed in its current execution status of [{status}] (InvalidChangeSetStatus)"
            );
        }

        await cloudFormation.ExecuteChangeSetAsync(changeSet, cancellationToken);
        await stacks.RequireGoodEndAsync(stackName, cancellationToken);
        await RecallAsync(cloudFormation, changeSet, cancellationToken);
    }

    /// <summary>
    /// moto goes on showing the parameters and outputs of before a change set until the stack is updated: the same
    /// again, with one more line end, changes nothing and brings them up to date.
    /// </summary>
    private static async Task RecallAsync(
        CloudFormationClient cloudFormation,
        ChangeSetView changeSet,
        CancellationToken cancellationToken
    )
    {
        if (await cloudFormation.FindStackAsync(changeSet.StackName, cancellationToken) is { } stack)
        {
            var body = await cloudFormation.TemplateAsync(stack.Id, cancellationToken);
            await cloudFormation.UpdateTemplateAsync(stack.Id, body + "\n", changeSet.Parameters, cancellationToken);
        }
    }

    /// <summary>
    /// Removes the change set of before. A stack that never got further than its first change set goes with it: moto
    /// would make a second stack of that name.
    /// </summary>
    private static async Task ClearAsync(
        CloudFormationClient cloudFormation,
        StackView? stack,
        string stackName,
        string name,
        CancellationToken cancellationToken
    )
    {
        if (stack is null)
        {
            return;
        }

        if (await cloudFormation.FindChangeSetAsync(stackName, name, cancellationToken) is { } before)
        {
            await cloudFormation.DeleteChangeSetAsync(before, cancellationToken);
        }

        if (stack.Status == "REVIEW_IN_PROGRESS")
        {
            await cloudFormation.DeleteStackAsync(stack.Id, roleArn: null, cancellationToken);
        }
    }

    /// <summary>moto executes a change set whatever has become of its stack: so it is kept how the stack was.</summary>
    private static async Task RememberStackAsync(
        ActionContext context,
        CloudFormationClient cloudFormation,
        ChangeSetView changeSet,
        CancellationToken cancellationToken
    )
    {
        var state = await StateAsync(cloudFormation, changeSet.StackName, cancellationToken);
        lock (context.Pipeline.Gate)
        {
            context.Pipeline.StacksOfChangeSets[changeSet.Id] = state;
        }
    }

    /// <summary>Whether somebody has changed the stack since; CloudFormation then has the change set as OBSOLETE.</summary>
    private static async Task<bool> IsOutdatedAsync(
        ActionContext context,
        CloudFormationClient cloudFormation,
        ChangeSetView changeSet,
        CancellationToken cancellationToken
    )
    {
        string? before;
        lock (context.Pipeline.Gate)
        {
            before = context.Pipeline.StacksOfChangeSets.GetValueOrDefault(changeSet.Id);
        }

        return before is not null
            && changeSet.ExecutionStatus == "AVAILABLE"
            && before != await StateAsync(cloudFormation, changeSet.StackName, cancellationToken);
    }

    private static async Task<string> StateAsync(
        CloudFormationClient cloudFormation,
        string stackName,
        CancellationToken cancellationToken
    ) =>
        await cloudFormation.FindStackAsync(stackName, cancellationToken) is { } stack
            ? $"{stack.Id} {await cloudFormation.NewestEventAsync(stack.Id, cancellationToken)}"
            : "";

    private static void RememberEmpty(ActionContext context, string stackName, string name) =>
        context.Report(run =>
        {
            run.Execution.EmptyChangeSets.Add((stackName, name));
            run.Summary = "The submitted information didn't contain changes.";
        });

    private static async Task<ChangeSetView> EndAsync(
        ActionContext context,
        CloudFormationClient cloudFormation,
        string stackName,
        string name,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            var changeSet =
                await cloudFormation.FindChangeSetAsync(stackName, name, cancellationToken)
                ?? throw new ActionFailedException("JobFailed", $"ChangeSet [{name}] does not exist");
            if (changeSet.Status is not ("CREATE_PENDING" or "CREATE_IN_PROGRESS"))
            {
                return changeSet;
            }

            await Task.Delay(Pause, context.Clock, cancellationToken);
        }
    }
}
