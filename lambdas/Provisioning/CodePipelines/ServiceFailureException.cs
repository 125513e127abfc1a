namespace Mlops.Provisioning.CodePipelines;

/// <summary>An AWS service refused a call or could not be reached.</summary>
public sealed class ServiceFailureException : Exception
{
    /// <summary>A failed call.</summary>
    public ServiceFailureException(
        string operation,
        string errorCode,
        int? statusCode,
        string message,
        Exception? inner = null
    )
        : base($"{operation}: {message}", inner)
    {
        Operation = operation;
        ErrorCode = errorCode;
        StatusCode = statusCode;
    }

    /// <summary>Service and operation: <c>codepipeline:CreatePipeline</c>.</summary>
    public string Operation { get; }

    /// <summary>The service's own code: <c>LimitExceededException</c>.</summary>
    public string ErrorCode { get; }

    /// <summary>HTTP status of the service's answer; null when there was none.</summary>
    public int? StatusCode { get; }
}
