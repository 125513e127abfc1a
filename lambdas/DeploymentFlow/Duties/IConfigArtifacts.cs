using Mlops.DeploymentFlow.Jobs;

namespace Mlops.DeploymentFlow.Duties;

/// <summary>The commit that a job is about.</summary>
public interface IConfigArtifacts
{
    /// <summary>A file of the job's first input artifact; null when it is not there. Of one over the limit one byte more than that, which is enough to refuse it.</summary>
    Task<ReadOnlyMemory<byte>?> ReadAsync(JobData job, string path, CancellationToken cancellationToken);
}
