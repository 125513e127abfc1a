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
    ProvisioningSettings settings,
    TimeProvider clock
)
{
    /// <summary>
    /// Between two pipelines that are written: CodePipeline lets CreatePipeline and UpdatePipeline through at low rates that
    /// it does not publish.
    /// </summary>
    public static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);

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
        var (changes, refusals) = await CompareAsync(requests, there, revision, cancellationToken);
        if (refusals.Count > 0)
        {
            return new ConfigRefused(refusals);
        }

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

    /// <summary>What differs from what is there, and everything that keeps it from being carried out.</summary>
    private async Task<(List<Change> Changes, List<Finding> Refusals)> CompareAsync(
        IReadOnlyList<JudgedRequest> requests,
        IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> there,
        ConfigRevision revision,
        CancellationToken cancellationToken
    )
    {
        var changes = new List<Change>();
        var refusals = new List<Finding>();
        foreach (var (place, request) in requests)
        {
            var (plan, problems) = await pipelines.PlanAsync(request, cancellationToken);
            var tags = there.GetValueOrDefault(request.Name.Text);
            refusals.AddRange(problems.Select(place.Locate));
            if (tags is not null && PipelineConflicts.OtherOrigin(plan, tags, revision.Source, settings) is { } other)
            {
                refusals.Add(place.Locate(other));
            }

            if (tags is null || !DeploymentTags.TellOf(plan, tags, settings.Deployment))
            {
                changes.Add(new Change(place, plan));
            }
        }

        return (changes, refusals);
    }

    private sealed record Change(ConfigRequest Place, RequestPlan Plan);
}
