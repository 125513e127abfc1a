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

    /// <summary>Whether it was one call too many at once: the same call a little later goes through.</summary>
    public bool IsThrottle =>
        StatusCode == TooManyRequests
        || ErrorCode.Contains("Throttl", StringComparison.Ordinal)
        || ErrorCode is "TooManyRequestsException" or "RequestLimitExceeded" or "SlowDown";

    private const int TooManyRequests = 429;
}
