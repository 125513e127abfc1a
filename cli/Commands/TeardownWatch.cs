using System.Net;
using Mlops.Cli.Api;
using Mlops.Cli.Display;
using Mlops.Provisioning.CodePipelines;

namespace Mlops.Cli.Commands;

/// <summary>Looks at a pipeline that is being taken down: only what its newest execution did counts.</summary>
/// <param name="api">Whom to ask.</param>
/// <param name="pipeline">Its name.</param>
/// <param name="execution">What deletes its stacks, as the API told it.</param>
/// <param name="log">Where progress is written; null where nobody reads it.</param>
internal sealed class TeardownWatch(PipelineApi api, string pipeline, string execution, StatusLog? log)
{
    private Seen? before;

    /// <summary>One look.</summary>
    /// <exception cref="ExpectedFailureException">No answer.</exception>
    public async Task<TeardownLook> LookAsync(CancellationToken cancellation)
    {
        if (await StateAsync(cancellation) is not { } state)
        {
            return TeardownLook.Gone;
        }

        // Stages that it has not reached still show the execution before.
        var newest = state.StageStates is [{ LatestExecution: { } first }, ..] ? first.PipelineExecutionId : null;
        var reached = state with
        {
            StageStates = [.. state.StageStates.Where(stage => stage.LatestExecution?.PipelineExecutionId == newest)],
        };
        log?.Write(reached);

        // A state can be a moment behind the call: what another execution did has to be seen twice.
        var seen = new Seen(newest, PipelineProgress.Of(state));
        var isCertain = newest == execution || seen == before;
        before = seen;
        return seen.Phase == PipelinePhase.Failed && isCertain
            ? TeardownLook.Ended(Failure(reached))
            : TeardownLook.GoesOn;
    }

    private async Task<PipelineState?> StateAsync(CancellationToken cancellation)
    {
        try
        {
            return await StatusCommand.LookAsync(api, pipeline, cancellation);
        }
        catch (ExpectedFailureException gone) when (gone.Status == (int)HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>An execution that is stopped between two actions has none that failed.</summary>
    private DeleteFailure Failure(PipelineState state)
    {
        var last = state.StageStates[^1];
        return new DeleteFailure(
            pipeline,
            PipelineProgress.Failure(state) is var (stage, action)
                ? $"{stage.StageName}/{action.ActionName}: {PipelineProgress.Reason(action)}"
                : $"{last.StageName}: {last.LatestExecution?.Status}",
            "Mend the cause and delete it again: it goes on from there."
        );
    }

    private sealed record Seen(string? Execution, PipelinePhase Phase);
}

/// <summary>What a look at a pipeline that is being taken down came to.</summary>
/// <param name="IsOver">There is nothing more to look at.</param>
/// <param name="Failure">Why it stays; null where it is gone, or nobody knows yet.</param>
internal sealed record TeardownLook(bool IsOver, DeleteFailure? Failure)
{
    public static TeardownLook GoesOn { get; } = new(false, null);

    public static TeardownLook Gone { get; } = new(true, null);

    public static TeardownLook Ended(DeleteFailure failure) => new(true, failure);
}
