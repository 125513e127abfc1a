using System.Net;
using Mlops.Cli.Api;
using Mlops.Cli.Display;
using Mlops.Provisioning.Api;
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

    /// <summary>What to say should it stay although it was asked for once more; null as long as it was not.</summary>
    private DeleteFailure? askedAgain;

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

        // A state can be a moment behind, and so can the event that removes: what is not certain has to be seen twice.
        var seen = new Seen(newest, Delivers(state) ? null : PipelineProgress.Of(state));
        var isSeenTwice = seen == before;
        before = seen;
        return seen.Phase switch
        {
            null when isSeenTwice => TeardownLook.Ended(DeliversAgain()),
            PipelinePhase.Failed when isSeenTwice || newest == execution => TeardownLook.Ended(Failure(reached)),
            PipelinePhase.Succeeded when isSeenTwice => await AskAgainAsync(cancellation),
            _ => TeardownLook.GoesOn,
        };
    }

    /// <summary>Whether it is no teardown's any more, which nobody may take down unasked.</summary>
    private static bool Delivers(PipelineState state) =>
        state.StageStates.Skip(1).Any(stage => TeardownShape.StageName(stage.StageName) != stage.StageName);

    /// <summary>
    /// The event that removes the pipeline was lost. Without force: should it have been made anew since, it runs, and is
    /// refused.
    /// </summary>
    private async Task<TeardownLook> AskAgainAsync(CancellationToken cancellation)
    {
        if (askedAgain is not null)
        {
            return TeardownLook.Ended(askedAgain);
        }

        before = null;
        try
        {
            var sent = await api.CallAsync(ApiRoutes.Teardown, [(ApiRoutes.PipelineName, pipeline)], [], cancellation);
            using var answer = ApiAnswer.Parse(sent);
            askedAgain = new DeleteFailure(
                pipeline,
                "All of its stages have succeeded, and it is still there.",
                $"Delete it again: mlops delete {pipeline}"
            );
            return answer.RootElement.TryGetProperty("execution", out _) ? TeardownLook.GoesOn : TeardownLook.Gone;
        }
        catch (ExpectedFailureException refusal)
        {
            // It may have been removed in this very moment, which the next look tells.
            askedAgain = DeleteFailure.Of(pipeline, refusal);
            return TeardownLook.GoesOn;
        }
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

    private DeleteFailure DeliversAgain() =>
        new(
            pipeline,
            "A request or a commit has made it deliver again.",
            $"Leave it out of the file that names it, then: mlops delete {pipeline}"
        );

    /// <summary>What a look has seen; without a phase where it was no teardown.</summary>
    private sealed record Seen(string? Execution, PipelinePhase? Phase);
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
