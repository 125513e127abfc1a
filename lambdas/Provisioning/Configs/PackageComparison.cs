using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.Packaging;

namespace Mlops.Provisioning.Configs;

/// <summary>Reads the packages that would be replaced and tells what differs: for who looks, not for who carries a file out.</summary>
/// <param name="packages">Where they are.</param>
/// <param name="withValues">Whether values are told, or names of parameters alone.</param>
internal sealed class PackageComparison(IPackageStore packages, bool withValues)
{
    /// <summary>Of one pipeline; more are counted.</summary>
    private const int ToldOfOne = 20;

    /// <summary>Of all pipelines: each has some hundred bytes, and a function's answer 6 MB at most (Lambda's quotas).</summary>
    private const int ToldOfAll = 1_000;

    /// <summary>Calls to S3 at the same time.</summary>
    private const int AtOnce = 16;

    /// <summary>The pipelines with what would be done to each, in the same order.</summary>
    /// <exception cref="ServiceFailureException">AWS failed.</exception>
    public async Task<IReadOnlyList<PlannedPipeline>> TellAsync(
        IReadOnlyList<NamedPipelineChange> changes,
        CancellationToken cancellationToken
    )
    {
        var planned = new List<PlannedPipeline>();
        var room = ToldOfAll;
        foreach (var some in changes.Chunk(AtOnce))
        {
            var compared = await Task.WhenAll(some.Select(each => CompareAsync(each, cancellationToken)));
            foreach (var (change, difference) in some.Zip(compared))
            {
                var told = difference.Parameters.Take(Math.Min(ToldOfOne, room)).ToList();
                room -= told.Count;
                planned.Add(
                    new PlannedPipeline(
                        change.Plan.Request.Name.Text,
                        change.Change,
                        [.. change.Reasons.Take(1), .. difference.Reasons, .. change.Reasons.Skip(1)]
                    )
                    {
                        Differences = told.Count > 0 ? told : null,
                        MoreDifferences = difference.Parameters.Count - told.Count,
                    }
                );
            }
        }

        return planned;
    }

    private async Task<PackageDifference> CompareAsync(NamedPipelineChange change, CancellationToken cancellationToken)
    {
        if (!change.IsOtherPackage)
        {
            return PackageDifference.None;
        }

        var key = DeploymentNames.PackageKey(change.Plan.Request.Name.Text);
        try
        {
            return await packages.ReadStartAsync(key, PackageReader.Limit + 1, cancellationToken) is { } package
                ? PackageDifference.Of(change.Plan, package, withValues)
                : PackageDifference.None;
        }
        // Somebody else put it there, encrypted with a key of theirs: the plan is the same without.
        catch (ServiceFailureException refusal) when (refusal is { StatusCode: >= 400 and < 500, IsThrottle: false })
        {
            return PackageDifference.None;
        }
    }
}
