using Mlops.Provisioning.Requests;

namespace Mlops.Provisioning.CodePipelines;

/// <summary>Stages by what people call them: the stage's name, or that of the target that it delivers to, in any case.</summary>
internal sealed class StageNames(ProvisioningSettings settings)
{
    /// <summary>Also what never leaves the orchestrator account has a stage, and in single-account mode it is the only one.</summary>
    private IEnumerable<Target> Targets =>
        settings.Deployment.Targets.Append(
            new Target(DeploymentNames.SingleTarget, AccountId.Parse(settings.OrchestratorAccount))
        );

    public Target? TargetOf(string stage) =>
        Targets.FirstOrDefault(target =>
            stage == target.StageName || stage == TeardownShape.StageName(target.StageName)
        );

    /// <summary>The target's name; of another stage its own.</summary>
    public string ShortName(string stage) => TargetOf(stage)?.Name ?? stage;

    public StageState? Find(PipelineState state, string text)
    {
        var wanted = text.Trim();
        return state.StageStates.FirstOrDefault(stage =>
            Is(stage.StageName, wanted) || Is(TargetOf(stage.StageName)?.Name, wanted)
        );
    }

    public Finding NotFound(PipelineState state, string text, string pointer)
    {
        var known = state.StageStates.Select(stage => ShortName(stage.StageName)).ToList();
        var list = string.Join(", ", known);
        return new Finding(
            FindingCodes.StageNotFound,
            pointer,
            Finding.Shortened(text),
            "the name of a target or of a stage",
            $"The pipeline {state.PipelineName} has no stage or target {Quote.Text(text)}.",
            Nearest.To(text, known) is { } near ? $"Did you mean \"{near}\"? There is {list}." : $"There is {list}."
        );
    }

    private static bool Is(string? name, string wanted) =>
        string.Equals(name, wanted, StringComparison.OrdinalIgnoreCase);
}
