using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.Requests;

namespace Mlops.Provisioning.Configs;

/// <summary>
/// Carries out a file: everything in it is judged first, then what differs from what is there is provisioned, each
/// pipeline as by the API, and at last what it names no longer is taken down. What is there says what is left to do, so a
/// call that was cut off is simply made again.
/// </summary>
public sealed class ConfigService(
    ConfigPlanner planner,
    PipelineService pipelines,
    PipelineTeardown teardown,
    IConfigClaims claims,
    TimeProvider clock
)
{
    /// <summary>
    /// Between two pipelines that are written: CodePipeline lets CreatePipeline and UpdatePipeline through at low rates that
    /// it does not publish.
    /// </summary>
    public static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);

    /// <summary>What another run that was replaced may need to end the one pipeline that it was writing.</summary>
    public static readonly TimeSpan Settling = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    /// <summary>Carries out a file, whatever its bytes are.</summary>
    /// <param name="json">The file.</param>
    /// <param name="revision">Which state of which file it is.</param>
    /// <param name="claim">Who this run is.</param>
    /// <param name="told">Is told of each pipeline that was written, or whose teardown was begun, when it was.</param>
    /// <param name="isStill">
    /// Whether the file is still what was read; asked once nobody else can be before this run, so that the last one to ask
    /// carries out the newest file. Null where a revision is what it is.
    /// </param>
    /// <param name="cancellationToken">Ends it between two pipelines or within one; the same call again goes on.</param>
    /// <exception cref="ServiceFailureException">AWS failed; the same call again goes on where this one stopped.</exception>
    public async Task<ConfigOutcome> ApplyAsync(
        ReadOnlyMemory<byte> json,
        ConfigRevision revision,
        ConfigClaim claim,
        Action<PlannedChange> told,
        Func<CancellationToken, Task<bool>>? isStill,
        CancellationToken cancellationToken
    )
    {
        if (planner.Judge(json, out var findings) is not var (file, requests))
        {
            return new ConfigRefused(findings);
        }

        // Before the first look: what another run changes after that is not ours to overlook.
        var isAnotherWriting = await claims.ClaimAsync(revision.Source, claim, cancellationToken);
        if (isStill is not null && !await isStill(cancellationToken))
        {
            return new ConfigOutdated();
        }

        var outcome = await CarryOutAsync(file, requests, revision, claim, told, cancellationToken);
        if (isAnotherWriting && outcome is ConfigApplied first)
        {
            // What it was writing may have come after our look.
            await Task.Delay(Settling, clock, cancellationToken);
            outcome = await CarryOutAsync(file, requests, revision, claim, told, cancellationToken) switch
            {
                ConfigApplied second => second with { Counts = first.Counts.And(second.Counts) },
                ConfigRefused refused => first with { Left = refused.Findings },
                var other => other,
            };
        }

        if (outcome is ConfigApplied or ConfigRefused)
        {
            await claims.EndAsync(revision.Source, claim, cancellationToken);
        }

        return outcome;
    }

    private async Task<ConfigOutcome> CarryOutAsync(
        ConfigFile file,
        IReadOnlyList<JudgedRequest> requests,
        ConfigRevision revision,
        ConfigClaim claim,
        Action<PlannedChange> told,
        CancellationToken cancellationToken
    )
    {
        var difference = await planner.CompareAsync(file, requests, revision.Source, cancellationToken);
        if (difference.Refusals.Count > 0)
        {
            return new ConfigRefused(difference.Refusals);
        }

        // From here on we write. Nothing above does.
        var counts = ConfigCounts.None;
        var left = new List<Finding>();
        var hasWritten = false;
        foreach (var step in Steps(file, difference, revision))
        {
            if (hasWritten)
            {
                await Task.Delay(Pace, clock, cancellationToken);
            }

            if (await claims.HolderAsync(revision.Source, cancellationToken) is { } holder && holder.Run != claim.Run)
            {
                return new ConfigSuperseded(counts, holder);
            }

            var done = await PatientlyAsync(step, cancellationToken);
            hasWritten = done.Change is not (null or PlannedChange.Unchanged);
            left.AddRange(done.Left);
            if (done.Change is { } change)
            {
                counts = counts.With(change);
                if (done.IsNew)
                {
                    told(change);
                }
            }
        }

        return new ConfigApplied(
            counts with
            {
                Unchanged = counts.Unchanged + difference.Pipelines.Count(each => !each.IsChange),
            },
            left
        );
    }

    /// <summary>
    /// One pipeline, however busy CodePipeline is: a step that was refused for that is the same step a little later.
    /// </summary>
    private async Task<Step> PatientlyAsync(
        Func<CancellationToken, Task<Step>> step,
        CancellationToken cancellationToken
    )
    {
        for (var wait = FirstWait; ; wait = wait * 2 < LongestWait ? wait * 2 : LongestWait)
        {
            try
            {
                return await step(cancellationToken);
            }
            catch (ServiceFailureException failure) when (failure.IsThrottle)
            {
                await Task.Delay(wait, clock, cancellationToken);
            }
        }
    }

    private IEnumerable<Func<CancellationToken, Task<Step>>> Steps(
        ConfigFile file,
        ConfigDifference difference,
        ConfigRevision revision
    )
    {
        var options = new ProvisionOptions
        {
            Source = revision.Source,
            Revision = revision.Id,
            Caller = revision.Author,
        };
        foreach (var change in difference.Pipelines.Where(each => each.IsChange))
        {
            yield return cancellationToken => ProvisionAsync(change, options, cancellationToken);
        }

        foreach (var removal in difference.Removals)
        {
            yield return cancellationToken => RemoveAsync(removal, file, revision, cancellationToken);
        }
    }

    private async Task<Step> ProvisionAsync(
        NamedPipelineChange change,
        ProvisionOptions options,
        CancellationToken cancellationToken
    ) =>
        await pipelines.ProvisionAsync(change.Plan, options, cancellationToken) switch
        {
            Provisioned { Change: PipelineChange.Created } => new Step(PlannedChange.Create),
            Provisioned { ExecutionStarted: true } => new Step(PlannedChange.Update),
            Provisioned => new Step(PlannedChange.Unchanged),
            Refused refused => new Step(null) { Left = [.. refused.Findings.Select(change.Place.Locate)] },
            var other => throw new NotSupportedException($"{other.GetType()} has no step."),
        };

    private async Task<Step> RemoveAsync(
        PipelineRemoval removal,
        ConfigFile file,
        ConfigRevision revision,
        CancellationToken cancellationToken
    ) =>
        await teardown.StartAsync(
            removal.Pipeline,
            new TeardownOptions { Caller = revision.Author, Source = revision.Source },
            cancellationToken
        ) switch
        {
            Answered<TeardownStarted> => new Step(PlannedChange.Remove) { IsNew = !removal.HasBegun },
            // It was gone when its turn came, or handed over.
            Declined<TeardownStarted> { Refusal: var refusal } when IsNoLongerOurs(refusal) => new Step(null),
            Declined<TeardownStarted> declined => new Step(null)
            {
                Left = [.. declined.Refusal.Findings.Select(file.PrunePlace!.Locate)],
            },
            var other => throw new NotSupportedException($"{other.GetType()} has no step."),
        };

    private static bool IsNoLongerOurs(Refusal refusal) =>
        refusal.Reason == RefusalReason.NotFound
        || refusal.Findings.Any(found => found.Code == FindingCodes.OtherOrigin);

    /// <summary>What became of one pipeline.</summary>
    /// <param name="Change">What was done; null for nothing.</param>
    private sealed record Step(PlannedChange? Change)
    {
        /// <summary>Whether no earlier run had done it.</summary>
        public bool IsNew { get; init; } = true;

        /// <summary>Why nothing was.</summary>
        public IReadOnlyList<Finding> Left { get; init; } = [];
    }
}
