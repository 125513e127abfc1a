using System.Collections.Concurrent;
using Mlops.Local.Display;
using Mlops.Local.Stacks.Wire;

namespace Mlops.Local.Pipelines;

/// <summary>Looks at all pipelines again and again, and tells what is new. Every request's pipeline is shown, not only the example's.</summary>
public sealed class PipelineWatch(
    PipelineReader reader,
    DeployedStacks stacks,
    IDisplay display,
    bool approveAll,
    TimeProvider clock
)
{
    /// <summary>The status that is not CodePipeline's: all that is left is an approval.</summary>
    public const string WaitsForApproval = "WaitsForApproval";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private readonly ConcurrentDictionary<string, TaskCompletionSource<string>> ends = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> fingerprints = new(StringComparer.Ordinal);
    private readonly HashSet<string> told = new(StringComparer.Ordinal);
    private readonly HashSet<string> inspected = new(StringComparer.Ordinal);

    /// <summary>Watches until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var names = await reader.ListAsync(cancellationToken);
            foreach (var gone in fingerprints.Keys.Except(names).ToList())
            {
                fingerprints.Remove(gone);
                display.Show(new PipelineEnded(gone, "Removed", null));
            }

            foreach (var name in names)
            {
                try
                {
                    await LookAsync(name, cancellationToken);
                }
                catch (AwsCallException refusal) when (refusal.Code == "PipelineNotFoundException")
                {
                    // Removed between the two calls: the next look tells.
                }
            }

            await Task.Delay(Pause, clock, cancellationToken);
        }
    }

    /// <summary>Completes with the status of the pipeline's first execution that ends here, or <see cref="WaitsForApproval"/>.</summary>
    public Task<string> EndOf(string pipeline) => End(pipeline).Task;

    /// <summary>Before a request: what ends after it is what counts for its pipeline, though the same one has ended before.</summary>
    public void ForgetEnds() => ends.Clear();

    private async Task LookAsync(string name, CancellationToken cancellationToken)
    {
        // The execution first: a state that is read after its end is the whole of it.
        var (execution, status) = await reader.NewestExecutionAsync(name, cancellationToken);
        var view = await reader.StateAsync(name, cancellationToken);
        if (fingerprints.GetValueOrDefault(name) != view.Fingerprint)
        {
            fingerprints[name] = view.Fingerprint;
            display.Show(new PipelineChanged(view));
        }

        await InspectAsync(view, execution, cancellationToken);
        if (execution is null || status is null)
        {
            return;
        }

        if (status is not ("InProgress" or "Stopping"))
        {
            Tell(view, execution, status);
        }
        else if (Waiting(view) is { } approval)
        {
            await AnswerAsync(view, execution, approval, cancellationToken);
        }
    }

    private async Task AnswerAsync(
        PipelineView view,
        string execution,
        (string Stage, ActionView Action) approval,
        CancellationToken cancellationToken
    )
    {
        if (told.Add($"{view.Name} {approval.Action.Token}"))
        {
            var (text, link) = await reader.QuestionAsync(
                view.Name,
                approval.Stage,
                approval.Action,
                cancellationToken
            );
            display.Show(new ApprovalNeeded(view.Name, approval.Stage, text, link));
        }

        if (approveAll)
        {
            await reader.ApproveAsync(view.Name, approval.Stage, approval.Action, cancellationToken);
        }
        else
        {
            Tell(view, $"{execution} {approval.Action.Token}", WaitsForApproval);
        }
    }

    private void Tell(PipelineView view, string what, string status)
    {
        if (told.Add($"{view.Name} {what}"))
        {
            var reason = view
                .Stages.SelectMany(stage => stage.Actions)
                .FirstOrDefault(action => action.Status == "Failed");
            var failed = status == "Failed" ? reason : null;
            display.Show(
                new PipelineEnded(view.Name, status, failed is null ? null : $"{failed.Name}: {failed.Error}")
            );
            End(view.Name).TrySetResult(status);
        }
    }

    private async Task InspectAsync(PipelineView view, string? execution, CancellationToken cancellationToken)
    {
        var deployed = view
            .Stages.SelectMany(stage => stage.Actions)
            .Where(action => action is { Status: "Succeeded", ExternalId: not null })
            .Select(action => action.ExternalId!)
            .Where(id =>
                id.Split(':') is ["arn", _, "cloudformation", _, _, var what, ..]
                && what.StartsWith("stack/", StringComparison.Ordinal)
            );
        foreach (var stack in deployed.Where(stack => inspected.Add($"{execution} {stack}")))
        {
            await stacks.InspectAsync(view.Name, stack, cancellationToken);
        }
    }

    /// <summary>The approval that waits, when nothing else runs.</summary>
    private static (string Stage, ActionView Action)? Waiting(PipelineView view)
    {
        var running = view
            .Stages.SelectMany(stage => stage.Actions.Select(action => (stage.Name, Action: action)))
            .Where(one => one.Action.Status == "InProgress")
            .ToList();
        return running is [{ Action.Token: not null } only] ? (only.Name, only.Action) : null;
    }

    private TaskCompletionSource<string> End(string pipeline) =>
        ends.GetOrAdd(
            pipeline,
            _ => new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously)
        );
}
