using System.Text.Json;

namespace Mlops.Provisioning.Telemetry;

/// <summary>One value of one metric.</summary>
/// <param name="Name">One of <see cref="MetricNames"/>.</param>
/// <param name="Value">A count, or milliseconds.</param>
/// <param name="Unit"><c>Count</c> or <c>Milliseconds</c> (MetricDatum).</param>
public readonly record struct Measurement(string Name, double Value, string Unit)
{
    /// <summary>1 where it happened, 0 where it did not: so an average is a rate.</summary>
    public static Measurement Count(string name, bool happened) => new(name, happened ? 1 : 0, "Count");

    /// <summary>How long something took.</summary>
    public static Measurement Of(TimeSpan time) =>
        new(MetricNames.Duration, Math.Round(time.TotalMilliseconds, 1), "Milliseconds");
}

/// <summary>
/// Metrics as members of a line of the log, from which CloudWatch takes them (its embedded metric format): no call, no agent.
/// The dimensions are fixed, so that nothing in a request can make another metric, which costs money.
/// </summary>
/// <param name="deployment"><c>mlops-dev</c>.</param>
/// <param name="function"><see cref="MetricNames.OrchestratorFunction"/> or <see cref="MetricNames.DeploymentFlowFunction"/>.</param>
public sealed class EmbeddedMetrics(string deployment, string function)
{
    /// <summary>Writes the members into the object that is the line: the directive first, then what it refers to.</summary>
    internal void Write(Utf8JsonWriter json, DateTimeOffset at, ReadOnlySpan<Measurement> measurements)
    {
        json.WriteStartObject("_aws");
        json.WriteNumber("Timestamp", at.ToUnixTimeMilliseconds());
        json.WriteStartArray("CloudWatchMetrics");
        json.WriteStartObject();
        json.WriteString("Namespace", MetricNames.Namespace);
        WriteDimensions(json);
        json.WriteStartArray("Metrics");
        foreach (var measurement in measurements)
        {
            json.WriteStartObject();
            json.WriteString("Name", measurement.Name);
            json.WriteString("Unit", measurement.Unit);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();

        json.WriteString(MetricNames.Deployment, deployment);
        json.WriteString(MetricNames.Function, function);
        foreach (var measurement in measurements)
        {
            json.WriteNumber(measurement.Name, measurement.Value);
        }
    }

    private static void WriteDimensions(Utf8JsonWriter json)
    {
        json.WriteStartArray("Dimensions");
        json.WriteStartArray();
        json.WriteStringValue(MetricNames.Deployment);
        json.WriteEndArray();
        json.WriteStartArray();
        json.WriteStringValue(MetricNames.Deployment);
        json.WriteStringValue(MetricNames.Function);
        json.WriteEndArray();
        json.WriteEndArray();
    }
}
