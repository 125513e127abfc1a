using Mlops.Provisioning.Blueprints;
using Mlops.Provisioning.RequestFiles;

namespace Mlops.Provisioning.Packaging;

/// <summary>What one target gets.</summary>
/// <param name="Target">Which.</param>
/// <param name="Parts">One per part of the blueprint, in order.</param>
public sealed record MappedTarget(Target Target, IReadOnlyList<MappedPart> Parts);

/// <summary>What one stack gets.</summary>
/// <param name="Part">Which part of the blueprint.</param>
/// <param name="StackName">Name of the stack.</param>
/// <param name="Parameters">Every parameter of the template, in the manifest's order.</param>
public sealed record MappedPart(
    PartDefinition Part,
    string StackName,
    IReadOnlyList<KeyValuePair<string, string>> Parameters
)
{
    /// <summary>Values that no parameter can hold; the parameter is the file's key.</summary>
    public IReadOnlyList<RequestFile> Files { get; init; } = [];
}
