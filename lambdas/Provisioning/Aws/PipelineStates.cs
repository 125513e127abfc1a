using Amazon.CodePipeline.Model;
using Ours = Mlops.Provisioning.CodePipelines;

namespace Mlops.Provisioning.Aws;

/// <summary>What GetPipelineState answers, as our records.</summary>
internal static class PipelineStates
{
    public static Ours.PipelineState Of(GetPipelineStateResponse answer) =>
        new()
        {
            PipelineName = answer.PipelineName,
            PipelineVersion = answer.PipelineVersion,
            StageStates = [.. (answer.StageStates ?? []).Select(Of)],
            Created = Time(answer.Created),
            Updated = Time(answer.Updated),
        };

    private static Ours.StageState Of(StageState stage) =>
        new()
        {
            StageName = stage.StageName,
            InboundExecutions = Inbound(stage),
            InboundTransitionState = stage.InboundTransitionState is { } transition
                ? new Ours.TransitionState(transition.Enabled ?? true, transition.DisabledReason)
                : null,
            ActionStates = [.. (stage.ActionStates ?? []).Select(Of)],
            LatestExecution = stage.LatestExecution is { } latest ? Of(latest) : null,
        };

    // In the mode of our pipelines there is one at most, which older answers have alone.
    private static List<Ours.StageExecution>? Inbound(StageState stage) =>
        stage.InboundExecutions is [_, ..] all ? [.. all.Select(Of)]
        : stage.InboundExecution is { } one ? [Of(one)]
        : null;

    private static Ours.StageExecution Of(StageExecution execution) =>
        new(execution.PipelineExecutionId, execution.Status?.Value ?? "");

    private static Ours.ActionState Of(ActionState action) =>
        new()
        {
            ActionName = action.ActionName,
            CurrentRevision = action.CurrentRevision is { } revision
                ? new Ours.ActionRevision(revision.RevisionId, revision.RevisionChangeId, Time(revision.Created))
                : null,
            LatestExecution = action.LatestExecution is { } latest ? Of(latest) : null,
            EntityUrl = action.EntityUrl,
            RevisionUrl = action.RevisionUrl,
        };

    private static Ours.ActionExecution Of(ActionExecution execution) =>
        new()
        {
            ActionExecutionId = execution.ActionExecutionId,
            Status = execution.Status?.Value,
            Summary = execution.Summary,
            LastStatusChange = Time(execution.LastStatusChange),
            Token = execution.Token,
            LastUpdatedBy = execution.LastUpdatedBy,
            ExternalExecutionId = execution.ExternalExecutionId,
            ExternalExecutionUrl = execution.ExternalExecutionUrl,
            PercentComplete = execution.PercentComplete,
            ErrorDetails = execution.ErrorDetails is { } error ? new Ours.ActionError(error.Code, error.Message) : null,
        };

    // The SDK's times are UTC.
    public static DateTimeOffset? Time(DateTime? time) =>
        time is { } value ? new DateTimeOffset(value.ToUniversalTime(), TimeSpan.Zero) : null;
}
