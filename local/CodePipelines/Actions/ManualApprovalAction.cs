using Mlops.Local.CodePipelines.Executions;

namespace Mlops.Local.CodePipelines.Actions;

/// <summary>Waits for PutApprovalResult with the token that GetPipelineState shows.</summary>
internal sealed class ManualApprovalAction : IActionRunner
{
    /// <summary>7 days (quotas: "length of time before a manual approval action times out").</summary>
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromDays(7);

    public async Task RunAsync(ActionContext context, CancellationToken cancellationToken)
    {
        var token = Guid.NewGuid().ToString();
        var decision = new TaskCompletionSource<ApprovalDecision>(TaskCreationOptions.RunContinuationsAsynchronously);
        context.Report(run =>
        {
            run.Token = token;
            context.Pipeline.Approvals[token] = decision;
        });

        try
        {
            var minutes = context.Run.Declaration.TimeoutInMinutes;
            var timeout = minutes is { } declared ? TimeSpan.FromMinutes(declared) : DefaultTimeout;
            var answer = await decision.Task.WaitAsync(timeout, context.Clock, cancellationToken);
            context.Report(run => (run.Summary, run.UpdatedBy) = (answer.Summary, answer.By));
            if (!answer.Approved)
            {
                throw new ActionFailedException("JobFailed", $"Rejected by {answer.By}");
            }
        }
        catch (TimeoutException)
        {
            throw new ActionFailedException("JobFailed", "The approval timed out");
        }
        finally
        {
            context.Report(_ => context.Pipeline.Approvals.Remove(token));
        }
    }
}
