using Amazon.SageMaker;

namespace Mlops.DeploymentFlow.Aws;

/// <summary>SageMaker has no "not found" for its Describe operations: it answers ValidationException with "Could not find …"
/// (newer operations: ResourceNotFound).</summary>
internal static class SageMakerErrors
{
    public static bool IsNotFound(AmazonSageMakerException exception) =>
        exception.ErrorCode is "ResourceNotFound" or "ResourceNotFoundException"
        || (
            exception.ErrorCode == "ValidationException"
            && (
                exception.Message.Contains("Could not find", StringComparison.OrdinalIgnoreCase)
                || exception.Message.Contains("does not exist", StringComparison.OrdinalIgnoreCase)
            )
        );
}
