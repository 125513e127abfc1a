using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.Requests;

namespace Mlops.Provisioning.Configs;

/// <summary>
/// Carries out a file: everything in it is judged first, then what differs from what is there is provisioned, each
/// pipeline as by the API. What is there says what is left to do, so a call that was cut off is simply made again.
/// </summary>
public sealed class ConfigService(
    RequestPlanner planner,
    PipelineService pipelines,
    IPipelineIndex index,
    IConfigClaims claims,
    IPackageStore packages,
    ProvisioningSettings settings,
    TimeProvider clock
)
{
    /// <summary>
    /// Between two pipelines that are written: CodePipeline lets CreatePipeline and UpdatePipeline through at low rates that
    /// it does not publish.
    /// </summary>
    public static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);

    /// <summary>Calls to S3 at the same time.</summary>
    private const int AtOnce = 16;

    private readonly ConfigJudge judge = new(planner);

    /// <summary>Carries out a file, whatever its bytes are.</summary>
    /// <param name="json">The file.</param>
    /// <param name="revision">Which state of which file it is.</param>
    /// <param name="claim">Who this run is.</param>
    /// <param name="told">Is told of each pipeline that was written, when it was.</param>
    /// <param name="cancellationToken">Ends it between two pipelines or within one; the same call again goes on.</param>
    /// <exception cref="ServiceFailureException">AWS failed; the same call again goes on where this one stopped.</exception>
    public async Task<ConfigOutcome> ApplyAsync(
        ReadOnlyMemory<byte> json,
        ConfigRevision revision,
        ConfigClaim claim,
        Action<Provisioned> told,
        CancellationToken cancellationToken
    )
    {
        if (!ConfigFile.TryParse(json.Span, out var file, out var findings))
        {
            return new ConfigRefused(findings);
        }

        var (requests, problems) = judge.Judge(file);
        if (problems.Count > 0)
        {
            return new ConfigRefused(problems);
        }

        // Before the first look: what another run changes after that is not ours to overlook.
        await claims.ClaimAsync(revision.Source, claim, cancellationToken);
        var there = await index.AllAsync(settings.Deployment.DeploymentName, cancellationToken);
        var (plans, refusals) = await PlanAsync(requests, there, revision, cancellationToken);
        if (refusals.Count > 0)
        {
            return new ConfigRefused(refusals);
        }

        var changes = await ChangesAsync(plans, there, cancellationToken);

        // From here on we write. Nothing above does.
        var counts = ConfigCounts.None with
        {
            Unchanged = requests.Count - changes.Count,
        };
        var options = new ProvisionOptions
        {
            Source = revision.Source,
            Revision = revision.Id,
            Caller = revision.Author,
        };
        var left = new List<Finding>();
        foreach (var (number, change) in changes.Index())
        {
            if (number > 0)
            {
                await Task.Delay(Pace, clock, cancellationToken);
            }

            if (await claims.HolderAsync(revision.Source, cancellationToken) is { } holder && holder.Run != claim.Run)
            {
                return new ConfigSuperseded(counts, holder);
            }

            switch (await pipelines.ProvisionAsync(change.Plan, options, cancellationToken))
            {
                case Provisioned done:
                    counts = counts.With(done);
                    told(done);
                    break;
                case Refused refused:
                    left.AddRange(refused.Findings.Select(change.Place.Locate));
                    break;
            }
        }

        return new ConfigApplied(counts, left);
    }

    /// <summary>Every request with its plan, and everything that keeps the file from being carried out.</summary>
    private async Task<(List<Change> Plans, List<Finding> Refusals)> PlanAsync(
        IReadOnlyList<JudgedRequest> requests,
        IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> there,
        ConfigRevision revision,
        CancellationToken cancellationToken
    )
    {
        var plans = new List<Change>();
        var refusals = new List<Finding>();
        foreach (var (place, request) in requests)
        {
            var (plan, problems) = await pipelines.PlanAsync(request, cancellationToken);
            plans.Add(new Change(place, plan));
            refusals.AddRange(problems.Select(place.Locate));
            if (
                there.GetValueOrDefault(request.Name.Text) is { } tags
                && PipelineConflicts.OtherOrigin(plan, tags, revision.Source, settings) is { } other
            )
            {
                refusals.Add(place.Locate(other));
            }
        }

        return (plans, refusals);
    }

    /// <summary>
    /// What differs from what is there. Tags tell for all at once, but may be those of a moment ago; what is in the bucket
    /// is not.
    /// </summary>
    private async Task<List<Change>> ChangesAsync(
        List<Change> plans,
        IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> there,
        CancellationToken cancellationToken
    )
    {
        var changes = new List<Change>();
        foreach (var some in plans.Chunk(AtOnce))
        {
            var differ = await Task.WhenAll(some.Select(change => DiffersAsync(change, there, cancellationToken)));
            changes.AddRange(some.Where((_, number) => differ[number]));
        }

        return changes;
    }

    private async Task<bool> DiffersAsync(
        Change change,
        IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> there,
        CancellationToken cancellationToken
    )
    {
        var name = change.Plan.Request.Name.Text;
        if (
            there.GetValueOrDefault(name) is not { } tags
            || !DeploymentTags.TellOf(change.Plan, tags, settings.Deployment)
        )
        {
            return true;
        }

        var package = await packages.FindAsync(DeploymentNames.PackageKey(name), cancellationToken);
        return package?.Sha256 != change.Plan.Package.Sha256;
    }

    private sealed record Change(ConfigRequest Place, RequestPlan Plan);
}
