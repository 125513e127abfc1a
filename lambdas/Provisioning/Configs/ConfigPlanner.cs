using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.Requests;

namespace Mlops.Provisioning.Configs;

/// <summary>Compares a file with what is there. Changes nothing.</summary>
public sealed class ConfigPlanner(
    RequestPlanner planner,
    PipelineService service,
    IPipelines pipelines,
    IPipelineIndex index,
    IPackageStore packages,
    ProvisioningSettings settings,
    TimeProvider clock
)
{
    /// <summary>Calls to S3 at the same time.</summary>
    private const int AtOnce = 16;

    private const string OtherPackage = "the package differs";
    private const string TakenDown = "is being taken down; it is made again when that has ended";

    private readonly ConfigJudge judge = new(planner.Read);
    private readonly ConfigPruning pruning = new(pipelines, settings, clock);
    private readonly PackageComparison comparison = new(packages, settings.DetailedErrors);

    /// <summary>What carrying out a file would do, whatever its bytes are; or everything that would keep it from that.</summary>
    /// <param name="json">The file.</param>
    /// <param name="source">
    /// Where it would come from, as <see cref="DeploymentTags.Origin"/> has it; null for the API, which changes pipelines
    /// of any origin and takes none down.
    /// </param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ServiceFailureException">AWS failed.</exception>
    public async Task<PipelineOutcome<ConfigPlan>> PlanAsync(
        ReadOnlyMemory<byte> json,
        string? source,
        CancellationToken cancellationToken
    )
    {
        if (Judge(json, out var findings) is not var (file, requests))
        {
            return new Declined<ConfigPlan>(Refusal.Of(findings));
        }

        var difference = await CompareAsync(file, requests, source, cancellationToken);
        if (difference.Refusals.Count > 0)
        {
            var reason = difference.Problems.Count > 0 ? RefusalReason.Invalid : RefusalReason.Conflict;
            return new Declined<ConfigPlan>(new Refusal(reason, difference.Refusals));
        }

        IReadOnlyList<PlannedPipeline> planned =
        [
            .. await comparison.TellAsync(difference.Pipelines, cancellationToken),
            .. difference.Removals.Select(each => new PlannedPipeline(
                each.Pipeline,
                PlannedChange.Remove,
                [each.HasBegun ? "is being taken down already" : "the file names it no longer"]
            )),
        ];
        return new Answered<ConfigPlan>(
            new ConfigPlan(
                source,
                PlanCounts.Of(planned),
                planned,
                file.Prune && source is null
                    ? ["\"prune\" takes nothing down here: this deployment has no config source."]
                    : []
            )
        );
    }

    /// <summary>The file, if everything in it is right; or null and everything that is not. Asks nobody.</summary>
    internal (ConfigFile File, IReadOnlyList<JudgedRequest> Requests)? Judge(
        ReadOnlyMemory<byte> json,
        out IReadOnlyList<Finding> findings
    )
    {
        if (!ConfigFile.TryParse(json.Span, out var file, out findings))
        {
            return null;
        }

        (var requests, findings) = judge.Judge(file);
        return findings.Count == 0 ? (file, requests) : null;
    }

    /// <summary>What is between the file and what is there.</summary>
    internal async Task<ConfigDifference> CompareAsync(
        ConfigFile file,
        IReadOnlyList<JudgedRequest> requests,
        string? source,
        CancellationToken cancellationToken
    )
    {
        var there = new Dictionary<string, IReadOnlyDictionary<string, string>>(
            await index.AllAsync(settings.Deployment.DeploymentName, cancellationToken),
            StringComparer.Ordinal
        );
        var (plans, problems) = await PlansAsync(requests, cancellationToken);
        var conflicts = new List<Finding>();
        foreach (var (place, plan) in plans)
        {
            conflicts.AddRange(await ConflictsAsync(place, plan, there, source, cancellationToken));
        }

        var removals = await pruning.FindAsync(file, requests, there, source, cancellationToken);
        if (ConfigPruning.TooMany(file, removals) is { } tooMany)
        {
            conflicts.Add(tooMany);
        }

        return problems.Count + conflicts.Count > 0
            ? new ConfigDifference([], [], problems, conflicts)
            : new ConfigDifference(await ChangesAsync(plans, there, cancellationToken), removals.All, [], []);
    }

    private async Task<(List<(ConfigRequest Place, RequestPlan Plan)> Plans, List<Finding> Problems)> PlansAsync(
        IReadOnlyList<JudgedRequest> requests,
        CancellationToken cancellationToken
    )
    {
        var plans = new List<(ConfigRequest Place, RequestPlan Plan)>();
        var problems = new List<Finding>();
        foreach (var some in requests.Chunk(AtOnce))
        {
            var made = await Task.WhenAll(some.Select(each => service.PlanAsync(each.Request, cancellationToken)));
            foreach (var ((place, _), (plan, wrong)) in some.Zip(made))
            {
                plans.Add((place, plan));
                problems.AddRange(wrong.Select(place.Locate));
            }
        }

        return (plans, problems);
    }

    /// <summary>
    /// What the index tells may be of a moment ago: a pipeline that was handed over since, or that is gone. So a conflict is
    /// one only when the pipeline itself says so.
    /// </summary>
    private async Task<IEnumerable<Finding>> ConflictsAsync(
        ConfigRequest place,
        RequestPlan plan,
        Dictionary<string, IReadOnlyDictionary<string, string>> there,
        string? source,
        CancellationToken cancellationToken
    )
    {
        var name = plan.Request.Name.Text;
        if (there.GetValueOrDefault(name) is not { } known || Conflict(plan, known, source) is null)
        {
            return [];
        }

        if (await pipelines.FindAsync(name, cancellationToken) is null)
        {
            there.Remove(name);
            return [];
        }

        there[name] = await pipelines.TagsAsync(settings.PipelineArn(name), cancellationToken);
        return Conflict(plan, there[name], source) is { } found ? [place.Locate(found)] : [];
    }

    private Finding? Conflict(RequestPlan plan, IReadOnlyDictionary<string, string> tags, string? source) =>
        PipelineConflicts.OtherOrigin(plan, tags, source, settings)
        ?? PipelineConflicts.OtherModel(plan, tags.GetValueOrDefault(DeploymentTags.ModelName));

    /// <summary>
    /// Tags tell for all at once, but may be those of a moment ago; what is in the bucket is not.
    /// </summary>
    private async Task<List<NamedPipelineChange>> ChangesAsync(
        List<(ConfigRequest Place, RequestPlan Plan)> plans,
        IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> there,
        CancellationToken cancellationToken
    )
    {
        var changes = new List<NamedPipelineChange>();
        foreach (var some in plans.Chunk(AtOnce))
        {
            changes.AddRange(
                await Task.WhenAll(some.Select(each => ChangeAsync(each.Place, each.Plan, there, cancellationToken)))
            );
        }

        return changes;
    }

    private async Task<NamedPipelineChange> ChangeAsync(
        ConfigRequest place,
        RequestPlan plan,
        IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> there,
        CancellationToken cancellationToken
    )
    {
        var name = plan.Request.Name.Text;
        if (there.GetValueOrDefault(name) is not { } tags)
        {
            return new NamedPipelineChange(place, plan, PlannedChange.Create, ["there is none of this name"]);
        }

        if (DeploymentTags.TellOfTeardown(tags))
        {
            return new NamedPipelineChange(place, plan, PlannedChange.Create, [TakenDown]);
        }

        var reasons = new List<string>();
        var why = await WhyPackageAsync(plan, tags, cancellationToken);
        if (why is not null)
        {
            reasons.Add(why);
        }

        if (!DeploymentTags.TellOfDefinition(plan, tags, settings.Deployment))
        {
            reasons.Add("the definition differs");
        }

        var change = reasons.Count == 0 ? PlannedChange.Unchanged : PlannedChange.Update;
        return new NamedPipelineChange(place, plan, change, reasons) { IsOtherPackage = why == OtherPackage };
    }

    private async Task<string?> WhyPackageAsync(
        RequestPlan plan,
        IReadOnlyDictionary<string, string> tags,
        CancellationToken cancellationToken
    )
    {
        var key = DeploymentNames.PackageKey(plan.Request.Name.Text);
        var stored =
            tags.GetValueOrDefault(DeploymentTags.Package) == plan.Package.Sha256
                ? await packages.FindAsync(key, cancellationToken)
                : null;
        return stored?.Sha256 != plan.Package.Sha256 ? OtherPackage
            : !DeploymentTags.TellOfPackage(plan, stored.VersionId, tags)
                ? "nobody has noted that its package was started"
            : null;
    }
}
