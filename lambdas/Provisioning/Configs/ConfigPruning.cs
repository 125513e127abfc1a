using System.Globalization;
using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.Requests;
using Mlops.Provisioning.Values;

namespace Mlops.Provisioning.Configs;

/// <summary>Finds the pipelines that a source has made and that its file names no longer.</summary>
internal sealed class ConfigPruning(IPipelines pipelines, ProvisioningSettings settings, TimeProvider clock)
{
    /// <summary>How long the index of tags may need to know of a pipeline; AWS gives no figure.</summary>
    private static readonly TimeSpan Lag = TimeSpan.FromMinutes(15);

    /// <summary>Calls to CodePipeline at the same time.</summary>
    private const int AtOnce = 8;

    /// <summary>Those that are there, by name; none where the file, or nobody's file, prunes.</summary>
    public async Task<Removals> FindAsync(
        ConfigFile file,
        IReadOnlyList<JudgedRequest> requests,
        IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> there,
        string? source,
        CancellationToken cancellationToken
    )
    {
        if (!file.Prune || source is null)
        {
            return Removals.None;
        }

        var named = requests.Select(each => each.Request.Name.Text).ToHashSet(StringComparer.Ordinal);
        var listed = await ListAsync(cancellationToken);
        var ours = there
            .Where(each =>
                listed.ContainsKey(each.Key) && each.Value.GetValueOrDefault(DeploymentTags.Origin) == source
            )
            .ToList();
        var recent = listed.Where(each => !there.ContainsKey(each.Key) && IsRecent(each.Value)).ToList();
        var kept =
            ours.Count(each => named.Contains(each.Key) && !DeploymentTags.TellOfTeardown(each.Value))
            + recent.Count(each => named.Contains(each.Key));
        var found = new List<PipelineRemoval>();
        var unnamed = ours.Select(each => each.Key)
            .Concat(recent.Select(each => each.Key))
            .Where(name => !named.Contains(name));
        foreach (var some in unnamed.Order(StringComparer.Ordinal).Chunk(AtOnce))
        {
            var removals = await Task.WhenAll(some.Select(name => FindAsync(name, source, cancellationToken)));
            found.AddRange(removals.OfType<PipelineRemoval>());
        }

        return new Removals(found, kept);
    }

    /// <summary>Why a file may not be carried out for what it takes down, or null.</summary>
    public static Finding? TooMany(ConfigFile file, Removals removals)
    {
        var (count, all) = (removals.New, removals.New + removals.Kept);
        var isTooMany = file.PruneLimit is { } limit ? count > limit : count * 2 > all;
        return isTooMany
            ? file.PrunePlace!.Locate(
                new Finding(
                    FindingCodes.TooManyRemovals,
                    "",
                    file.PruneLimit is { } most ? most.ToString(CultureInfo.InvariantCulture) : "true",
                    file.PruneLimit is null
                        ? "at most half of the source's pipelines are taken down at once"
                        : "at most \"pruneLimit\" pipelines are taken down at once",
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{count} of {all} pipelines of this source are named no longer and would be taken down: {Names(removals)}."
                    ),
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Name those that are to stay; if all {count} are to go, write \"pruneLimit\": {count}."
                    )
                )
            )
            : null;
    }

    /// <summary>
    /// CodePipeline's own list, by name, and when each was updated: the index of tags learns of pipelines later, and forgets
    /// them later.
    /// </summary>
    private async Task<Dictionary<string, DateTimeOffset?>> ListAsync(CancellationToken cancellationToken)
    {
        var all = new Dictionary<string, DateTimeOffset?>(StringComparer.Ordinal);
        string? page = null;
        do
        {
            var listed = await pipelines.ListAsync(page, cancellationToken);
            foreach (var pipeline in listed.Pipelines)
            {
                if (PipelineName.IsOfARequest(pipeline.Name))
                {
                    all[pipeline.Name] = pipeline.Updated;
                }
            }

            page = listed.Next;
        } while (page is not null);

        return all;
    }

    private bool IsRecent(DateTimeOffset? updated) => !(updated < clock.GetUtcNow() - Lag);

    /// <summary>
    /// Tags of all at once may be those of a moment ago, of a pipeline that was handed over since, or that is gone. What is
    /// taken down is asked for itself.
    /// </summary>
    private async Task<PipelineRemoval?> FindAsync(string name, string source, CancellationToken cancellationToken)
    {
        if (await pipelines.FindAsync(name, cancellationToken) is null)
        {
            return null;
        }

        var tags = await pipelines.TagsAsync(settings.PipelineArn(name), cancellationToken);
        return
            tags.GetValueOrDefault(DeploymentTags.Origin) == source
            && tags.GetValueOrDefault(DeploymentTags.Deployment) == settings.Deployment.DeploymentName
            ? new PipelineRemoval(name, DeploymentTags.TellOfTeardown(tags))
            : null;
    }

    private static string Names(Removals removals)
    {
        const int most = 5;
        var names = removals.All.Where(each => !each.HasBegun).Select(each => each.Pipeline).ToList();
        return names.Count <= most
            ? string.Join(", ", names)
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{string.Join(", ", names.Take(most))} and {names.Count - most} more"
            );
    }
}

/// <summary>Pipelines that a source has made and that its file names no longer.</summary>
/// <param name="All">By name.</param>
/// <param name="Kept">How many of the source's pipelines are there and named.</param>
internal sealed record Removals(IReadOnlyList<PipelineRemoval> All, int Kept)
{
    public static Removals None { get; } = new([], 0);

    /// <summary>How many of them are not being taken down yet.</summary>
    public int New => All.Count(each => !each.HasBegun);
}
