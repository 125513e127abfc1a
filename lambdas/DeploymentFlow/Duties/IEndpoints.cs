namespace Mlops.DeploymentFlow.Duties;

/// <summary>SageMaker's endpoints, as they are now.</summary>
public interface IEndpoints
{
    /// <summary>What the endpoint runs, or null when there is none of that name.</summary>
    Task<RunningEndpoint?> FindAsync(string endpoint, CancellationToken cancellationToken);

    /// <summary>What an endpoint configuration asks for.</summary>
    Task<WantedEndpoint> WantedAsync(string configuration, CancellationToken cancellationToken);
}

/// <summary>What an endpoint runs. <paramref name="Status"/> is SageMaker's own word.</summary>
public sealed record RunningEndpoint(
    string Name,
    string Status,
    string? FailureReason,
    string Configuration,
    IReadOnlyList<RunningVariant> Variants
)
{
    /// <summary>What is captured of its calls; null where nothing ever was.</summary>
    public DataCapture? Capture { get; init; }

    /// <summary>The alarms that guarded its latest deployment.</summary>
    public IReadOnlyList<string> RollbackAlarms { get; init; } = [];
}

/// <summary>A variant that runs; counts are null for serverless ones.</summary>
public sealed record RunningVariant(string Name, int? CurrentInstances, int? DesiredInstances);

/// <summary>What an endpoint configuration asks for.</summary>
public sealed record WantedEndpoint(IReadOnlyList<WantedVariant> Variants, DataCapture? Capture = null);

/// <summary>A variant that is asked for; <paramref name="Instances"/> is null for serverless ones.</summary>
public sealed record WantedVariant(string Name, string? Model, int? Instances = null);

/// <summary>What is captured of an endpoint's calls; null is not told.</summary>
public sealed record DataCapture(bool Enabled, int? Percentage, string? Destination);
