using Mlops.Provisioning.CodePipelines;

namespace Mlops.Cli.Commands;

/// <summary>How far the newest execution of a pipeline is.</summary>
public enum PipelinePhase
{
    /// <summary>Nothing has run yet.</summary>
    NotStarted,

    /// <summary>It runs.</summary>
    Running,

    /// <summary>Every stage has succeeded.</summary>
    Succeeded,

    /// <summary>It failed, was stopped or canceled.</summary>
    Failed,

    /// <summary>All that is left to do is an approval.</summary>
    WaitsForApproval,
}

/// <summary>Reads the state of a pipeline as the story of its newest execution: the one in the first stage.</summary>
public static class PipelineProgress
{
    /// <summary>The statuses of CodePipeline that end an execution without success.</summary>
    private static readonly string[] Failures = ["Failed", "Stopped", "Cancelled", "Abandoned"];

    /// <summary>How far it is.</summary>
    public static PipelinePhase Of(PipelineState state)
    {
        if (state.StageStates is not [{ LatestExecution: { } newest }, ..])
        {
            return PipelinePhase.NotStarted;
        }

        if (state.StageStates.Any(stage => IsBehindAnApproval(stage, newest.PipelineExecutionId)))
        {
            return PipelinePhase.WaitsForApproval;
        }

        var reached = state
            .StageStates.Where(stage => stage.LatestExecution?.PipelineExecutionId == newest.PipelineExecutionId)
            .ToList();
        if (reached.Any(stage => Failures.Contains(stage.LatestExecution?.Status)))
        {
            return PipelinePhase.Failed;
        }

        if (
            reached.Count == state.StageStates.Count
            && reached.All(stage => stage.LatestExecution?.Status == "Succeeded")
        )
        {
            return PipelinePhase.Succeeded;
        }

        var busy = reached
            .SelectMany(stage => stage.ActionStates)
            .Where(action => action.LatestExecution?.Status == "InProgress")
            .ToList();
        return busy.Count > 0 && busy.All(WaitsForApproval) ? PipelinePhase.WaitsForApproval : PipelinePhase.Running;
    }

    /// <summary>Whether it cannot enter the stage before somebody has decided about an older one.</summary>
    private static bool IsBehindAnApproval(StageState stage, string execution) =>
        stage.InboundExecutions?.Any(inbound => inbound.PipelineExecutionId == execution) == true
        && stage.ActionStates.Any(WaitsForApproval);

    /// <summary>Whether somebody has to decide; CodePipeline gives only such an action a token.</summary>
    public static bool WaitsForApproval(ActionState action) =>
        action.LatestExecution is { Status: "InProgress", Token: not null };

    /// <summary>The first failed action with what it says about it, or null.</summary>
    public static (StageState Stage, ActionState Action)? Failure(PipelineState state) =>
        state
            .StageStates.SelectMany(stage => stage.ActionStates.Select(action => (stage, action)))
            .Where(pair => Failures.Contains(pair.action.LatestExecution?.Status))
            .Select(pair => ((StageState, ActionState)?)pair)
            .FirstOrDefault();

    /// <summary>What the action itself says about its failure; of an approval, also what the person said.</summary>
    public static string Reason(ActionState action) =>
        action.LatestExecution switch
        {
            { LastUpdatedBy: not null, ErrorDetails.Message: { } message, Summary: { Length: > 0 } said }
                when !message.Contains(said, StringComparison.Ordinal) => $"{message} ({said})",
            { ErrorDetails.Message: { } message } => message,
            { Summary: { } summary } => summary,
            _ => "it does not say why.",
        };
}
