using Mlops.Local.CodePipelines.Protocol;

namespace Mlops.Local.CodePipelines.Definitions;

/// <summary>The rules of CodePipeline's pipeline structure reference; the first one broken refuses the pipeline.</summary>
internal static class StructureRules
{
    /// <exception cref="ServiceException">InvalidStructureException, InvalidStageDeclarationException, InvalidBlockerDeclarationException, InvalidActionDeclarationException or LimitExceededException.</exception>
    public static void Require(PipelineDeclaration pipeline, string region)
    {
        RequireStore(pipeline);
        RequireStages(pipeline);
        RequireType(pipeline);
        RequireNothingThatIsNotEmulated(pipeline);
        ArtifactRules.Require(pipeline);
        foreach (var action in pipeline.Actions)
        {
            ActionRules.Require(action, region);
        }

        VariableRules.Require(pipeline);
    }

    private static void RequireStore(PipelineDeclaration pipeline)
    {
        var (one, several) = (pipeline.Json["artifactStore"], pipeline.Json["artifactStores"]);
        if (one is null == several is null)
        {
            throw Invalid("The pipeline must have either artifactStore or artifactStores, and not both");
        }

        if (one is null)
        {
            throw Invalid("artifactStores (actions in other regions) is not emulated locally; give artifactStore");
        }

        if (pipeline.Store.KeyId?.StartsWith("alias/", StringComparison.Ordinal) is true)
        {
            throw Invalid($"The encryption key '{pipeline.Store.KeyId}' must be a key id, a key ARN or an alias ARN");
        }
    }

    private static void RequireStages(PipelineDeclaration pipeline)
    {
        var stages = pipeline.Stages;
        if (stages.Count is < 2 or > 50)
        {
            throw Invalid($"The pipeline has {stages.Count} stage(s); it must have at least 2 and at most 50");
        }

        if (Repeated(stages.Select(stage => stage.Name)) is { } stageName)
        {
            throw Invalid($"Stage names must be unique in a pipeline; '{stageName}' is declared more than once");
        }

        if (pipeline.Actions.Count() > 500)
        {
            throw new ServiceException("LimitExceededException", "A pipeline has at most 500 actions");
        }

        foreach (var stage in stages)
        {
            RequireStage(stage, isFirst: stage == stages[0]);
        }
    }

    private static void RequireStage(StageDeclaration stage, bool isFirst)
    {
        if (stage.Actions.Count is < 1 or > 50)
        {
            throw new ServiceException(
                "InvalidStageDeclarationException",
                $"Stage '{stage.Name}' has {stage.Actions.Count} action(s); it must have at least 1 and at most 50"
            );
        }

        if (Repeated(stage.Actions.Select(action => action.Name)) is { } actionName)
        {
            throw new ServiceException(
                "InvalidStageDeclarationException",
                $"Action names must be unique in a stage; '{actionName}' is declared more than once in stage '{stage.Name}'"
            );
        }

        foreach (var action in stage.Actions)
        {
            if (isFirst != (action.Type.Category == "Source"))
            {
                throw Invalid(
                    isFirst
                        ? $"The first stage must have source actions only; action '{action.Name}' in stage '{stage.Name}' is of category {action.Type.Category}"
                        : $"Only the first stage may have source actions; action '{action.Name}' is in stage '{stage.Name}'"
                );
            }
        }
    }

    /// <summary>User guide, "What type of pipeline is right for me?": what only type V2 has; V1 is the default.</summary>
    private static void RequireType(PipelineDeclaration pipeline)
    {
        var only =
            pipeline.ExecutionMode != "SUPERSEDED" ? $"Execution mode {pipeline.ExecutionMode}"
            : pipeline.Variables.Count > 0 ? "Variables of a pipeline"
            : pipeline.Json["triggers"] is not null ? "Triggers"
            : null;
        if (only is not null && pipeline.PipelineType != "V2")
        {
            throw Invalid($"{only}: only a pipeline of type V2 has that, and this one is {pipeline.PipelineType}");
        }
    }

    /// <summary>What AWS would take and the emulator would have to leave out in silence.</summary>
    private static void RequireNothingThatIsNotEmulated(PipelineDeclaration pipeline)
    {
        if (pipeline.ExecutionMode == "PARALLEL")
        {
            throw Invalid("Execution mode PARALLEL is not emulated locally");
        }

        foreach (var trigger in pipeline.Json["triggers"]?.AsArray() ?? [])
        {
            var action = (string?)trigger?["gitConfiguration"]?["sourceActionName"];
            if (!pipeline.Actions.Any(one => one.Name == action && one.Type == ActionTypes.Connection))
            {
                throw Invalid(
                    $"A trigger names the source action '{action}', which is no CodeStarSourceConnection action"
                );
            }

            if (trigger!["gitConfiguration"]!["pullRequest"] is not null)
            {
                throw Invalid("Triggers of pull requests are not emulated locally");
            }
        }

        foreach (var stage in pipeline.Json["stages"]!.AsArray())
        {
            foreach (var member in new[] { "blockers", "beforeEntry", "onSuccess", "onFailure" })
            {
                if (stage![member] is not null and not System.Text.Json.Nodes.JsonArray { Count: 0 })
                {
                    throw new ServiceException(
                        "InvalidStageDeclarationException",
                        $"Stage '{stage["name"]}' declares {member}, which is not emulated locally"
                    );
                }
            }
        }
    }

    private static string? Repeated(IEnumerable<string> names) =>
        names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Skip(1).Any())?.Key;

    private static ServiceException Invalid(string message) => new("InvalidStructureException", message);
}
