using Mlops.DeploymentFlow.Jobs;

namespace Mlops.DeploymentFlow.Duties;

/// <summary>The parameter file of a target inside the package that is about to be deployed.</summary>
public interface IPackageParameters
{
    /// <summary>The <c>Parameters</c> of <paramref name="file"/> in the job's first input artifact, read with the job's own credentials.</summary>
    /// <exception cref="InvalidDataException">There is no such file, or it is not what a package holds.</exception>
    Task<IReadOnlyDictionary<string, string>> ReadAsync(JobData job, string file, CancellationToken cancellationToken);
}
