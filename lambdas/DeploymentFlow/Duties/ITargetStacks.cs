using Mlops.Provisioning.Evidence;

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

    /// <summary>What a change set would do, or null when there is none of this name.</summary>
    Task<ChangeSet?> FindChangeSetAsync(string stack, string name, CancellationToken cancellationToken);

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

/// <summary>What CloudFormation says of a change set.</summary>
/// <param name="Status">CloudFormation's own word.</param>
/// <param name="Reason">Its reason for the status.</param>
/// <param name="Resources">What would happen to which resource.</param>
/// <param name="Parameters">Values that the stack would have.</param>
public sealed record ChangeSet(
    string Status,
    string? Reason,
    IReadOnlyList<ResourceChange> Resources,
    IReadOnlyDictionary<string, string> Parameters
)
{
    /// <summary>Whether CloudFormation found nothing to change (its words for it are no API, but have not changed).</summary>
    public bool IsEmpty =>
        Status == "FAILED"
        && Reason is { } reason
        && (
            reason.Contains("didn't contain changes", StringComparison.Ordinal)
            || reason.Contains("No updates are to be performed", StringComparison.Ordinal)
        );
}

/// <summary>A resource of a stack. <see cref="PhysicalId"/> is null as long as it was not created.</summary>
public sealed record StackResource(string LogicalId, string Type, string? PhysicalId)
{
    /// <summary>The name within an ARN like <c>…:endpoint/name</c>, or the physical id itself where it is a name.</summary>
    public string? Name => PhysicalId?[(PhysicalId.LastIndexOf('/') + 1)..];
}
