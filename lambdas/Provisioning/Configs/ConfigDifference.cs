using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.Requests;

namespace Mlops.Provisioning.Configs;

/// <summary>What is between a file and what is there.</summary>
/// <param name="Pipelines">Those that the file names, in its order.</param>
/// <param name="Removals">Those that it names no longer, by name.</param>
/// <param name="Problems">What is wrong with the data that requests name.</param>
/// <param name="Conflicts">What is there and keeps the file from being carried out.</param>
internal sealed record ConfigDifference(
    IReadOnlyList<NamedPipelineChange> Pipelines,
    IReadOnlyList<PipelineRemoval> Removals,
    IReadOnlyList<Finding> Problems,
    IReadOnlyList<Finding> Conflicts
)
{
    /// <summary>Everything that keeps the file from being carried out.</summary>
    public IReadOnlyList<Finding> Refusals => [.. Problems, .. Conflicts];
}

/// <summary>A pipeline that the file names.</summary>
/// <param name="Place">Where.</param>
/// <param name="Plan">What it is to be.</param>
/// <param name="Change">What has to be done for that.</param>
/// <param name="Reasons">Why.</param>
internal sealed record NamedPipelineChange(
    ConfigRequest Place,
    RequestPlan Plan,
    PlannedChange Change,
    IReadOnlyList<string> Reasons
)
{
    /// <summary>Whether anything has.</summary>
    public bool IsChange => Change != PlannedChange.Unchanged;

    /// <summary>Whether the package that is there would be replaced by another one.</summary>
    public bool IsOtherPackage { get; init; }
}

/// <summary>A pipeline of the same source that the file names no longer.</summary>
/// <param name="Pipeline">Its name.</param>
/// <param name="HasBegun">Whether it is being taken down already.</param>
internal sealed record PipelineRemoval(string Pipeline, bool HasBegun);
