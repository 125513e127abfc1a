using Microsoft.AspNetCore.Http;

namespace Mlops.Local.Gateway;

/// <summary>Which AWS service a request is for, as the request itself says it; host names say nothing when all share one endpoint.</summary>
public static class RequestedService
{
    /// <summary>
    /// The service in the SigV4 credential scope (header, then presigned query), else the part of <c>X-Amz-Target</c> before
    /// its version; lower case; null when nothing tells, as for an anonymous S3 request.
    /// </summary>
    public static string? Of(HttpRequest request) =>
        FromScope(Credential(request)) ?? FromTarget(request.Headers["X-Amz-Target"].ToString());

    /// <summary>The access key that signed the request; null for an unsigned one.</summary>
    public static string? AccessKey(HttpRequest request)
    {
        var credential = Credential(request);
        var end = credential.IndexOf('/', StringComparison.Ordinal);
        return end > 0 ? credential[..end] : null;
    }

    private static string Credential(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        const string Name = "Credential=";
        var start = header.IndexOf(Name, StringComparison.Ordinal);
        if (header.StartsWith("AWS4-", StringComparison.Ordinal) && start >= 0)
        {
            var rest = header.AsSpan(start + Name.Length);
            var end = rest.IndexOfAny(',', ' ');
            return (end < 0 ? rest : rest[..end]).ToString();
        }

        return request.Query["X-Amz-Credential"].ToString();
    }

    // <key>/<date>/<region>/<service>/aws4_request; asymmetric signatures (SigV4a) have no region.
    private static string? FromScope(string credential)
    {
        var parts = credential.Split('/');
        return parts.Length >= 4 && parts[^1] == "aws4_request" && parts[^2].Length > 0
            ? parts[^2].ToLowerInvariant()
            : null;
    }

    private static string? FromTarget(string target)
    {
        var end = target.AsSpan().IndexOfAny('_', '.');
        return end > 0 ? target[..end].ToLowerInvariant() : null;
    }
}
