using System.Globalization;

namespace Mlops.DeploymentFlow.Duties;

/// <summary>
/// The range in which scaling chooses an endpoint's count of instances. A template tells it by the outputs
/// <see cref="LeastOutput"/> and <see cref="MostOutput"/>; without them the count is that of the endpoint configuration.
/// </summary>
internal sealed record InstanceRange(int Least, int Most)
{
    /// <summary>Name of the stack's output with the fewest instances.</summary>
    public const string LeastOutput = "ScalingMinInstances";

    /// <summary>Name of the stack's output with the most instances.</summary>
    public const string MostOutput = "ScalingMaxInstances";

    /// <summary>The range that a stack's outputs tell, or null.</summary>
    public static InstanceRange? Of(IReadOnlyDictionary<string, string> outputs) =>
        outputs.TryGetValue(LeastOutput, out var least)
        && outputs.TryGetValue(MostOutput, out var most)
        && int.TryParse(least, NumberStyles.None, CultureInfo.InvariantCulture, out var from)
        && int.TryParse(most, NumberStyles.None, CultureInfo.InvariantCulture, out var to)
            ? new InstanceRange(from, to)
            : null;

    /// <summary>Which variant is outside, as scaling is about to mend; null for none.</summary>
    public string? Outside(RunningEndpoint endpoint) =>
        endpoint.Variants.FirstOrDefault(variant => variant.CurrentInstances < Least || variant.CurrentInstances > Most)
            is { } outside
            ? $"the variant {outside.Name} of {endpoint.Name} runs {outside.CurrentInstances}, and scaling has not "
                + $"brought it to {Least} to {Most} instances yet"
            : null;
}
