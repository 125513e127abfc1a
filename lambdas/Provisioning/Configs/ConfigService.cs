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

    /// <summary>Carries out a file, whatever its bytes are.</summary>
    /// <param name="json">The file.</param>
    /// <param name="revision">Which state of which file it is.</param>
    /// <param name="claim">Who this run is.</param>
    /// <param name="told">Is told of each pipeline that was written, or whose teardown was begun, when it was.</param>
    /// <param name="cancellationToken">Ends it between two pipelines or within one; the same call again goes on.</param>
    /// <exception cref="ServiceFailureException">AWS failed; the same call again goes on where this one stopped.</exception>
    public async Task<ConfigOutcome> ApplyAsync(
        ReadOnlyMemory<byte> json,
        ConfigRevision revision,
        ConfigClaim claim,
        Action<PlannedChange> told,
        CancellationToken cancellationToken
    )
    {
        if (planner.Judge(json, out var findings) is not var (file, requests))
        {
            return new ConfigRefused(findings);
        }

        // Before the first look: what another run changes after that is not ours to overlook.
        await claims.ClaimAsync(revision.Source, claim, cancellationToken);
        var difference = await planner.CompareAsync(file, requests, revision.Source, cancellationToken);
        if (difference.Refusals.Count > 0)
        {
            return new ConfigRefused(difference.Refusals);
        }

        // From here on we write. Nothing above does.
        var counts = ConfigCounts.None;
        var left = new List<Finding>();
        var isFirst = true;
        foreach (var step in Steps(file, difference, revision))
        {
            if (!isFirst)
            {
                await Task.Delay(Pace, clock, cancellationToken);
            }

            isFirst = false;
            if (await claims.HolderAsync(revision.Source, cancellationToken) is { } holder && holder.Run != claim.Run)
            {
                return new ConfigSuperseded(counts, holder);
            }

            var done = await step(cancellationToken);
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
            new TeardownOptions { Caller = revision.Author },
            cancellationToken
        ) switch
        {
            Answered<TeardownStarted> => new Step(PlannedChange.Remove) { IsNew = !removal.HasBegun },
            // It was gone when its turn came.
            Declined<TeardownStarted> { Refusal.Reason: RefusalReason.NotFound } => new Step(null),
            Declined<TeardownStarted> declined => new Step(null)
            {
                Left = [.. declined.Refusal.Findings.Select(file.PrunePlace!.Locate)],
            },
            var other => throw new NotSupportedException($"{other.GetType()} has no step."),
        };

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
