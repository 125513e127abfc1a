namespace Mlops.Provisioning.Configs;

/// <summary>Which state of which file is carried out.</summary>
/// <param name="Source">The source, as the tag <see cref="DeploymentTags.Origin"/> has it: <c>codecommit:repository@branch:path</c>.</param>
/// <param name="Id">Id of the commit, or of the version of the object.</param>
/// <param name="Author">Who made it; null where nobody knows.</param>
public sealed record ConfigRevision(string Source, string Id, string? Author);
