namespace Mlops.DeploymentFlow.Duties;

/// <summary>The commits that the config pipeline carries.</summary>
public interface ICommits
{
    /// <summary>What is known of the commit of an execution.</summary>
    /// <exception cref="Provisioning.CodePipelines.ServiceFailureException">AWS failed.</exception>
    Task<Commit> FindAsync(string execution, CancellationToken cancellationToken);
}

/// <summary>A commit.</summary>
/// <param name="IsAnswered">Whether the action that applies it has ended: a job that comes now comes too late, or twice.</param>
/// <param name="Author">Name and address; null where nobody tells.</param>
public sealed record Commit(bool IsAnswered, string? Author)
{
    /// <summary>Nothing is known.</summary>
    public static Commit Unknown { get; } = new(IsAnswered: false, Author: null);
}
