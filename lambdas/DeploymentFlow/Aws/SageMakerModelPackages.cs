using Amazon.SageMaker;
using Amazon.SageMaker.Model;
using Mlops.DeploymentFlow.Duties;

namespace Mlops.DeploymentFlow.Aws;

/// <summary>The model registry by SageMaker's API.</summary>
public sealed class SageMakerModelPackages(IAmazonSageMaker sageMaker) : IModelPackages
{
    /// <inheritdoc />
    public async Task<string?> ApprovalAsync(string modelPackageArn, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await sageMaker.DescribeModelPackageAsync(
                new DescribeModelPackageRequest { ModelPackageName = modelPackageArn },
                cancellationToken
            );
            return answer.ModelApprovalStatus?.Value ?? "not approved";
        }
        catch (AmazonSageMakerException exception)
            when (SageMakerErrors.IsNotFound(exception) || exception.ErrorCode == "AccessDeniedException")
        {
            return null;
        }
    }
}
