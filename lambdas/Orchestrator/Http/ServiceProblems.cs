using Mlops.Provisioning.CodePipelines;

namespace Mlops.Orchestrator.Http;

/// <summary>What a client is told when AWS refused a call or did not answer: whose turn it is, and what to do.</summary>
internal static class ServiceProblems
{
    private const string Again = "Send the same request again: it goes on where this one stopped.";

    public static (int Status, string Message) Of(ServiceFailureException failure)
    {
        if (failure.StatusCode == 429 || failure.ErrorCode == "SlowDown" || Is(failure, "Throttl"))
        {
            return (429, $"AWS asks to slow down. {Again}");
        }

        if (failure.ErrorCode is "ConcurrentModificationException" or "ConflictException")
        {
            return (409, $"Somebody else changes the same pipeline right now. {Again}");
        }

        if (Is(failure, "LimitExceeded"))
        {
            return (
                409,
                "A quota of this AWS account is used up. Raise it in Service Quotas, or remove what is not needed."
            );
        }

        // S3 refuses a HEAD without a body, so without a code: there is only the status.
        return failure.StatusCode == 403 || Is(failure, "AccessDenied")
            ? (500, "The orchestrator lacks a permission. Its operator finds which one in the log, by the request id.")
            : (503, $"An AWS service failed. {Again}");
    }

    private static bool Is(ServiceFailureException failure, string kind) =>
        failure.ErrorCode.Contains(kind, StringComparison.Ordinal);
}
