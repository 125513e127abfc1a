namespace Mlops.Provisioning.CodePipelines;

/// <summary>Where a pipeline came from, and what it was last given.</summary>
/// <param name="Origin"><c>api</c>, or the source that its request was committed to.</param>
/// <param name="Revision">Id of the commit that it was last given; null where that came by the API.</param>
/// <param name="RequestedBy">Who asked for what it was last given; null where nobody knows.</param>
/// <param name="Package">SHA-256 of the package that it was last given.</param>
/// <param name="Version">The version of this software that provisioned it last.</param>
public sealed record PipelineProvenance(
    string? Origin,
    string? Revision,
    string? RequestedBy,
    string? Package,
    string? Version
)
{
    /// <summary>As the pipeline's tags say it.</summary>
    public static PipelineProvenance Of(IReadOnlyDictionary<string, string> tags) =>
        new(
            DeploymentTags.Find(tags, DeploymentTags.Origin),
            DeploymentTags.Find(tags, DeploymentTags.Revision),
            DeploymentTags.Find(tags, DeploymentTags.RequestedBy),
            DeploymentTags.Find(tags, DeploymentTags.Package),
            DeploymentTags.Find(tags, DeploymentTags.Version)
        );

    /// <summary><c>being taken down</c>; null where the pipeline is not.</summary>
    public static string? StateOf(IReadOnlyDictionary<string, string> tags) =>
        DeploymentTags.TellOfTeardown(tags) ? "being taken down" : null;
}
