namespace Mlops.Infra.Operations;

/// <summary>When somebody is to be told, and what they are to do. Every rule is a sum or a maximum that must stay low.</summary>
public sealed record AlarmRule
{
    /// <summary>After the deployment's prefix: <c>orchestrator-errors</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Namespace of the metric, <c>AWS/Lambda</c>.</summary>
    public required string Namespace { get; init; }

    /// <summary>Name of the metric.</summary>
    public required string Metric { get; init; }

    /// <summary>All of the metric's dimensions: with one too few the metric is another.</summary>
    public required IReadOnlyList<(string Name, string Value)> Dimensions { get; init; }

    /// <summary><c>Sum</c> of counts, <c>Maximum</c> of levels.</summary>
    public string Statistic { get; init; } = "Sum";

    /// <summary>What one data point covers.</summary>
    public TimeSpan Period { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The alarm goes off at this value, and above.</summary>
    public required int Threshold { get; init; }

    /// <summary>How many of the latest <see cref="Periods"/> must be that high.</summary>
    public int PeriodsToAlarm { get; init; } = 1;

    /// <summary>How many data points are looked at.</summary>
    public int Periods { get; init; } = 1;

    /// <summary>What happened, and the command to begin with; 1,024 characters at most (PutMetricAlarm).</summary>
    public required string Description { get; init; }
}
