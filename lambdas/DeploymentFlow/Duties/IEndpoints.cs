namespace Mlops.DeploymentFlow.Duties;

/// <summary>SageMaker's endpoints, as they are now.</summary>
public interface IEndpoints
{
    /// <summary>What the endpoint runs, or null when there is none of that name.</summary>
    Task<RunningEndpoint?> FindAsync(string endpoint, CancellationToken cancellationToken);

    /// <summary>What an endpoint configuration asks for.</summary>
    Task<IReadOnlyList<WantedVariant>> WantedAsync(string configuration, CancellationToken cancellationToken);
}

/// <summary>What an endpoint runs. <paramref name="Status"/> is SageMaker's own word.</summary>
public sealed record RunningEndpoint(
    string Name,
    string Status,
    string? FailureReason,
    string Configuration,
    IReadOnlyList<RunningVariant> Variants
);

/// <summary>A variant that runs; counts are null for serverless ones.</summary>
public sealed record RunningVariant(string Name, int? CurrentInstances, int? DesiredInstances);

/// <summary>A variant that is asked for.</summary>
public sealed record WantedVariant(string Name, string? Model);
