using System.Collections.Concurrent;
using Mlops.Local.Pipelines;

namespace Mlops.Local.Display;

/// <summary>Passes events on, and remembers what the run itself needs of them.</summary>
public sealed class RememberingDisplay(IDisplay inner) : IDisplay
{
    private readonly ConcurrentDictionary<string, EndpointSeen> endpoints = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ApprovalNeeded> approvals = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<MailArrived> mails = new();
    private readonly ConcurrentDictionary<(string Pipeline, bool OfApproval), TaskCompletionSource> awaited = new();

    /// <inheritdoc />
    public void Show(LocalEvent happened)
    {
        inner.Show(happened);
        switch (happened)
        {
            case EndpointSeen endpoint:
                endpoints[endpoint.Pipeline] = endpoint;
                break;
            case ApprovalNeeded approval:
                approvals[approval.Pipeline] = approval;
                break;
            case PipelineEnded { Status: not PipelineWatch.WaitsForApproval } ended:
                approvals.TryRemove(ended.Name, out _);
                break;
            case MailArrived mail:
                mails.Enqueue(mail);
                foreach (var (which, arrival) in awaited.Where(one => IsThat(mail, one.Key)))
                {
                    arrival.TrySetResult();
                }

                break;
        }
    }

    /// <summary>The endpoint that a pipeline deployed last; null when it has none.</summary>
    public EndpointSeen? EndpointOf(string pipeline) => endpoints.GetValueOrDefault(pipeline);

    /// <summary>The approval that a pipeline asked for last; null when there is none, or it has ended since.</summary>
    public ApprovalNeeded? ApprovalOf(string pipeline) => approvals.GetValueOrDefault(pipeline);

    /// <summary>Completes when a mail has come that names the pipeline.</summary>
    /// <param name="pipeline">Name of the pipeline.</param>
    /// <param name="ofApproval">Whether it is the one that asks for an approval, or one of the end.</param>
    public Task MailAbout(string pipeline, bool ofApproval)
    {
        var arrival = awaited.GetOrAdd(
            (pipeline, ofApproval),
            _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
        );
        if (mails.Any(mail => IsThat(mail, (pipeline, ofApproval))))
        {
            arrival.TrySetResult();
        }

        return arrival.Task;
    }

    private static bool IsThat(MailArrived mail, (string Pipeline, bool OfApproval) which) =>
        mail.Text.Contains(which.Pipeline, StringComparison.Ordinal)
        && mail.Subject?.StartsWith("Approval needed", StringComparison.Ordinal) is true == which.OfApproval;
}
