namespace Mlops.DeploymentFlow.Duties;

/// <summary>The CloudFormation stacks of a target.</summary>
public interface ITargetStacks
{
    /// <summary>Status and reason, or null when there is no such stack.</summary>
    Task<StackState?> FindAsync(string stack, CancellationToken cancellationToken);

    /// <summary>Begins to delete; the same token again is the same deletion.</summary>
    Task DeleteAsync(string stack, string requestToken, CancellationToken cancellationToken);

    /// <summary>What CloudFormation said of the first resource that failed in the latest operation, or null.</summary>
    Task<string?> FirstFailureAsync(string stack, CancellationToken cancellationToken);

    /// <summary>What the stack is made of.</summary>
    Task<IReadOnlyList<StackResource>> ResourcesAsync(string stack, CancellationToken cancellationToken);
}

/// <summary>A stack's status (CloudFormation's own word) and the reason that it gives.</summary>
public sealed record StackState(string Status, string? Reason)
{
    /// <summary>The parameters that it was deployed with last.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>What it says of itself.</summary>
    public IReadOnlyDictionary<string, string> Outputs { get; init; } = new Dictionary<string, string>();
}

/// <summary>A resource of a stack. <see cref="PhysicalId"/> is null as long as it was not created.</summary>
public sealed record StackResource(string LogicalId, string Type, string? PhysicalId)
{
    /// <summary>The name within an ARN like <c>…:endpoint/name</c>, or the physical id itself where it is a name.</summary>
    public string? Name => PhysicalId?[(PhysicalId.LastIndexOf('/') + 1)..];
}
