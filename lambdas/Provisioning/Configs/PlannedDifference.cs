using Mlops.Provisioning.Evidence;

namespace Mlops.Provisioning.Configs;

/// <summary>A parameter of a pipeline's stacks that would have another value.</summary>
/// <param name="Targets">Names of the targets where it is from the one value to the other, in the order of delivery.</param>
/// <param name="Parts">Of which of a target's stacks; null for all of them, as where there is only one.</param>
/// <param name="Parameter">Its name.</param>
/// <param name="From">Its value in the package that is there; null where it has none, or values are not told.</param>
/// <param name="To">Its value in the package that would be; null where it would have none, or values are not told.</param>
public sealed record PlannedDifference(
    IReadOnlyList<string> Targets,
    IReadOnlyList<string>? Parts,
    string Parameter,
    string? From,
    string? To
)
{
    /// <summary><c>InferenceInstance: ml.m5.large → ml.m5.xlarge (dev, prod)</c>, as people read it.</summary>
    public override string ToString()
    {
        var name = Parts is null ? Parameter : $"{string.Join(',', Parts)}/{Parameter}";
        var what = From is null && To is null ? $"{name} differs" : ChangeText.Line(name, From, To);
        // Of an account alone everybody knows which it is.
        return Targets is [DeploymentNames.SingleTarget] ? what : $"{what} ({string.Join(", ", Targets)})";
    }
}
