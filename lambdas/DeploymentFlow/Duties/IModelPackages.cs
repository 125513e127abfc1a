namespace Mlops.DeploymentFlow.Duties;

/// <summary>The model registry.</summary>
public interface IModelPackages
{
    /// <summary>Approved, Rejected, PendingManualApproval; null when the package does not exist or cannot be read.</summary>
    Task<string?> ApprovalAsync(string modelPackageArn, CancellationToken cancellationToken);
}
