using Mlops.Provisioning.Requests;

namespace Mlops.Provisioning.CodePipelines;

/// <summary>A failed stage was started again.</summary>
/// <param name="Message">What was done, in one sentence for people.</param>
/// <param name="Pipeline">Name of the pipeline.</param>
/// <param name="Stage">Name of the stage.</param>
/// <param name="Execution">Id of the execution that goes on.</param>
/// <param name="Mode"><c>ALL_ACTIONS</c> or <c>FAILED_ACTIONS</c>, as CodePipeline writes it.</param>
public sealed record RetryDone(string Message, string Pipeline, string Stage, string Execution, string Mode);

/// <summary>
/// Starts a failed stage again. What failed before the deployment is asked anew from the beginning, with a new change set,
/// new evidence and a new approval: an approval is good for one change set only. What failed after it goes on from there.
/// </summary>
public sealed class StageRetry(ProvisioningSettings settings, IPipelines pipelines)
{
    private static readonly string[] Failures = ["Failed", "Stopped"];

    private readonly PipelineLookup lookup = new(settings, pipelines);
    private readonly StageNames stages = new(settings);

    /// <summary>Starts it again.</summary>
    /// <param name="pipeline">What the client calls the pipeline.</param>
    /// <param name="stage">What the client calls the stage: its name, or its target's.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ServiceFailureException">AWS failed.</exception>
    public async Task<PipelineOutcome<RetryDone>> StartAsync(
        string pipeline,
        string stage,
        CancellationToken cancellationToken
    )
    {
        var there = await lookup.FindRetryableAsync(pipeline, cancellationToken);
        if (!there.IsFound)
        {
            return new Declined<RetryDone>(there.Refusal);
        }

        var name = there.State.PipelineName;
        if (stages.Find(there.State, stage) is not { } found)
        {
            return new Declined<RetryDone>(Refusal.NotFound(stages.NotFound(there.State, stage, "")));
        }

        if (found.LatestExecution is not { } execution || !Failures.Contains(execution.Status))
        {
            return new Declined<RetryDone>(NotRetryable(name, found, "has not failed", Look(name)));
        }

        var definition = await pipelines.FindAsync(name, cancellationToken);
        var onlyFailed = IsDeployed(found, definition?.Definition);
        var retry = new RetryStart(name, found.StageName, execution.PipelineExecutionId, onlyFailed);
        return await pipelines.RetryAsync(retry, cancellationToken) is { } reason
            ? new Declined<RetryDone>(
                NotRetryable(
                    name,
                    found,
                    $"cannot be started again: {reason.TrimEnd('.')}",
                    // The request would bring back what is being taken down.
                    definition is not null
                    && TeardownShape.Is(definition.Definition)
                        ? $"Delete it again: mlops delete {name}"
                        : "Send the request again: mlops provision FILE"
                )
            )
            : new Answered<RetryDone>(
                new RetryDone(
                    $"success: {found.StageName} of {name} runs again, "
                        + (onlyFailed ? "from where it failed" : "from its beginning"),
                    name,
                    found.StageName,
                    execution.PipelineExecutionId,
                    retry.Mode
                )
            );
    }

    /// <summary>Whether what failed is no deployment and comes after one.</summary>
    private static bool IsDeployed(StageState stage, PipelineDefinition? definition)
    {
        var actions = definition?.Stages.FirstOrDefault(each => each.Name == stage.StageName)?.Actions ?? [];
        var failed = stage
            .ActionStates.Where(action => action.LatestExecution is { Status: "Failed" or "Abandoned" })
            .Select(action => actions.FirstOrDefault(each => each.Name == action.ActionName))
            .ToList();
        var deployed = actions.Where(Deploys).Select(action => action.RunOrder).DefaultIfEmpty(int.MaxValue).Min();
        return failed.Count > 0
            && failed.All(action => action is not null && !Deploys(action) && action.RunOrder > deployed);
    }

    private static bool Deploys(ActionDefinition action) =>
        action.Configuration.GetValueOrDefault("ActionMode") is "CHANGE_SET_EXECUTE" or "CREATE_UPDATE";

    private static string Look(string pipeline) => $"Look at what it does: mlops status {pipeline}";

    private Refusal NotRetryable(string pipeline, StageState stage, string why, string remedy) =>
        Refusal.Conflict(
            new Finding(
                FindingCodes.NotRetryable,
                "",
                stage.StageName,
                "a stage that has failed, of the newest definition and not passed by a newer execution",
                $"The stage {stage.StageName} ({stages.ShortName(stage.StageName)}) of {pipeline} {why}.",
                remedy
            )
        );
}
