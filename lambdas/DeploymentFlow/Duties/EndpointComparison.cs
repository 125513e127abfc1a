namespace Mlops.DeploymentFlow.Duties;

/// <summary>Whether an endpoint in service runs what its configuration asks for.</summary>
internal static class EndpointComparison
{
    /// <summary>What is wrong for good, or null.</summary>
    /// <param name="running">What runs.</param>
    /// <param name="wanted">What its configuration asks for.</param>
    /// <param name="models">Models of the stack; empty for any.</param>
    /// <param name="range">With scaling, which chooses the count of instances; else null.</param>
    public static string? Difference(
        RunningEndpoint running,
        WantedEndpoint wanted,
        HashSet<string> models,
        InstanceRange? range
    ) =>
        wanted
            .Variants.Select(variant => Difference(running, variant, models, range))
            .FirstOrDefault(one => one is not null)
        ?? Difference(running, wanted.Capture);

    private static string? Difference(
        RunningEndpoint endpoint,
        WantedVariant wanted,
        HashSet<string> models,
        InstanceRange? range
    )
    {
        if (models.Count > 0 && wanted.Model is not null && !models.Contains(wanted.Model))
        {
            return $"The variant {wanted.Name} of {endpoint.Name} runs the model {wanted.Model}, but "
                + $"{string.Join(" or ", models)} was asked for.";
        }

        var running = endpoint.Variants.FirstOrDefault(variant => variant.Name == wanted.Name);
        if (running is null)
        {
            return $"The variant {wanted.Name} was asked for, but {endpoint.Name} does not run it.";
        }

        if (running.CurrentInstances < running.DesiredInstances)
        {
            return $"The variant {wanted.Name} of {endpoint.Name} runs {running.CurrentInstances} of "
                + $"{running.DesiredInstances} instances although the endpoint is InService.";
        }

        return range is null && wanted.Instances is { } asked && running.CurrentInstances is { } count && count != asked
            ? $"The variant {wanted.Name} of {endpoint.Name} runs {count} instead of {asked} instances. Somebody "
                + "changed the count, or a scalable target that is not of this stack did."
            : null;
    }

    private static string? Difference(RunningEndpoint endpoint, DataCapture? wanted)
    {
        var running = endpoint.Capture;
        var asked = wanted is { Enabled: true };
        if (asked != running is { Enabled: true })
        {
            return $"Data capture of {endpoint.Name} is {(asked ? "off" : "on")}, but {(asked ? "on" : "off")} was asked for.";
        }

        if (!asked)
        {
            return null;
        }

        if (running!.Percentage is { } share && wanted!.Percentage is { } askedShare && share != askedShare)
        {
            return $"{endpoint.Name} captures {share} % of its calls, but {askedShare} % was asked for.";
        }

        return
            running.Destination is { } place && wanted!.Destination is { } askedPlace && Bare(place) != Bare(askedPlace)
            ? $"{endpoint.Name} captures to {place}, but {askedPlace} was asked for."
            : null;
    }

    private static string Bare(string place) => place.TrimEnd('/');
}
