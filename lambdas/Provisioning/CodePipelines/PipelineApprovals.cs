using Mlops.Provisioning.Requests;

namespace Mlops.Provisioning.CodePipelines;

/// <summary>An approval was answered.</summary>
/// <param name="Message">What was done, in one sentence for people.</param>
/// <param name="Pipeline">Name of the pipeline.</param>
/// <param name="Target">The target that waited.</param>
/// <param name="Decision"><c>approve</c> or <c>reject</c>.</param>
/// <param name="Execution">Id of the execution that waited.</param>
/// <param name="By">ARN of who answered; null where nobody knows.</param>
public sealed record ApprovalDone(
    string Message,
    string Pipeline,
    string Target,
    string Decision,
    string Execution,
    string? By
);

/// <summary>Answers what waits for an approval, in the name of whoever calls.</summary>
public sealed class PipelineApprovals(ProvisioningSettings settings, IPackageStore packages, IPipelines pipelines)
{
    private readonly PipelineLookup lookup = new(settings, pipelines);
    private readonly StageNames stages = new(settings);

    /// <summary>Carries out an answer, whatever its bytes are.</summary>
    /// <param name="pipeline">What the client calls the pipeline.</param>
    /// <param name="stage">The stage or target that it is for; null where the answer itself says it, or only one waits.</param>
    /// <param name="json">The answer.</param>
    /// <param name="caller">ARN of who calls; null where nobody knows.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ServiceFailureException">AWS failed.</exception>
    public async Task<PipelineOutcome<ApprovalDone>> AnswerAsync(
        string pipeline,
        string? stage,
        ReadOnlyMemory<byte> json,
        string? caller,
        CancellationToken cancellationToken
    )
    {
        if (!ApprovalRequest.TryParse(json.Span, stage, out var request, out var findings))
        {
            return new Declined<ApprovalDone>(Refusal.Of(findings));
        }

        var there = await lookup.FindOursAsync(pipeline, cancellationToken);
        if (!there.IsFound)
        {
            return new Declined<ApprovalDone>(there.Refusal);
        }

        var (waiting, refusal) = Find(there.State, request);
        refusal ??= await OwnAsync(there.State, waiting!, request, caller, cancellationToken);
        return refusal is null
            ? await AnswerAsync(there.State.PipelineName, waiting!, request, caller, cancellationToken)
            : new Declined<ApprovalDone>(refusal);
    }

    private async Task<PipelineOutcome<ApprovalDone>> AnswerAsync(
        string pipeline,
        WaitingApproval waiting,
        ApprovalRequest request,
        string? caller,
        CancellationToken cancellationToken
    )
    {
        var target = stages.ShortName(waiting.Stage);
        var summary = AnswerSummary.Of(caller, request.Comment);
        var answer = new ApprovalAnswer(pipeline, waiting, request.IsApproved, summary);
        if (!await pipelines.AnswerAsync(answer, cancellationToken))
        {
            return new Declined<ApprovalDone>(
                Refusal.Conflict(
                    Nothing(pipeline, target, "was answered by somebody else just now, or timed out", request)
                )
            );
        }

        var message = request.IsApproved
            ? $"success: {pipeline} is approved for {target}; exactly what was shown is deployed"
            : $"success: {pipeline} is rejected for {target}; nothing is changed there";
        return new Answered<ApprovalDone>(
            new ApprovalDone(message, pipeline, target, request.Decision, waiting.Execution, caller)
        );
    }

    private (WaitingApproval? Waiting, Refusal? Refusal) Find(PipelineState state, ApprovalRequest request)
    {
        if (request.Target is { } target)
        {
            return stages.Find(state, target) is not { } stage
                    ? (null, Refusal.NotFound(stages.NotFound(state, target, request.Pointer)))
                : PipelineWaits.In(stage) is { } waiting ? (waiting, null)
                : (
                    null,
                    Refusal.Conflict(
                        Nothing(state.PipelineName, stages.ShortName(stage.StageName), Why(stage), request)
                    )
                );
        }

        return PipelineWaits.Of(state).Approvals switch
        {
            [var only] => (only, null),
            [] => (null, Refusal.Conflict(Nothing(state.PipelineName, null, "waits for no approval", request))),
            var several => (null, Refusal.Of([Ambiguous(several)])),
        };
    }

    private string Why(StageState stage)
    {
        var approval = stage.ActionStates.FirstOrDefault(action => action.ActionName == DeploymentNames.Approve);
        if (approval is null)
        {
            return "needs no approval";
        }

        // The answer that is told may be that to an earlier execution, while a newer one is on its way.
        var earlier = stage
            .ActionStates.TakeWhile(action => action != approval)
            .Select(action => action.LatestExecution);
        if (
            approval.LatestExecution is not { Status: "Succeeded" or "Failed" } answer
            || earlier.Any(before => before?.LastStatusChange > answer.LastStatusChange)
        )
        {
            return "waits for no approval yet";
        }

        var (by, summary) = AnswerSummary.Read(answer, settings);
        var how = answer.Status == "Succeeded" ? "was approved already" : "was rejected or timed out already";
        return $"{how}{(by is null ? "" : $", by {by}")}{(string.IsNullOrEmpty(summary) ? "" : $" ({summary})")}";
    }

    /// <summary>Whose content it is counts, not who started it once more: two people have seen it then.</summary>
    private async Task<Refusal?> OwnAsync(
        PipelineState state,
        WaitingApproval waiting,
        ApprovalRequest request,
        string? caller,
        CancellationToken cancellationToken
    )
    {
        if (!settings.PreventSelfApproval || !request.IsApproved)
        {
            return null;
        }

        var name = state.PipelineName;
        var version = await pipelines.PackageVersionAsync(name, waiting.Execution, cancellationToken);
        var author = version is null
            ? null
            : await packages.RequestedByAsync(DeploymentNames.PackageKey(name), version, cancellationToken);
        return author is not null && caller is not null && author != caller
            ? null
            : Refusal.Conflict(
                new Finding(
                    FindingCodes.OwnRequest,
                    "",
                    author ?? "",
                    "somebody else approves than who asked (mlops:preventSelfApproval)",
                    author is null ? $"It is not known who asked for what waits in {name}."
                        : caller is null ? "It is not known who approves."
                        : $"{author} has asked for what waits in {name}, and may not approve it.",
                    author is null
                        ? "Let it be approved in CodePipeline's console, or reject it and send a changed request."
                        : "Let somebody else approve. To reject it is allowed."
                )
            );
    }

    private static Finding Nothing(string pipeline, string? target, string why, ApprovalRequest request) =>
        new(
            FindingCodes.NothingWaits,
            target is null ? "" : request.Pointer,
            target,
            "an approval that waits",
            target is null ? $"The pipeline {pipeline} {why}." : $"{target} of {pipeline} {why}.",
            $"Look at what waits: mlops status {pipeline} (GET /pipelines/{pipeline})"
        );

    private Finding Ambiguous(IReadOnlyList<WaitingApproval> several)
    {
        var targets = string.Join(", ", several.Select(waiting => stages.ShortName(waiting.Stage)));
        return new Finding(
            FindingCodes.MissingKey,
            $"/{ApprovalRequest.TargetKey}",
            null,
            "required where several wait",
            $"There are {several.Count} approvals that wait: {targets}.",
            $"Add \"{ApprovalRequest.TargetKey}\": one of {targets}."
        );
    }
}
