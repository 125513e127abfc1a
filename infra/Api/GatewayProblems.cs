using System.Text.Json.Nodes;

namespace Mlops.Infra.Api;

/// <summary>
/// API Gateway's own refusals in the shape of ours: problem details (RFC 9457) with the predecessor's <c>message</c> and
/// <c>detailedMessage</c>.
/// </summary>
internal static class GatewayProblems
{
    /// <summary>The gateway's reason, as a JSON string with its quotes.</summary>
    private const string Reason = "$context.error.messageString";

    private const string ValidationReason = "\"$context.error.validationErrorString\"";

    /// <summary>For every kind of refusal that has not a shape of its own.</summary>
    public static JsonObject All(string contentType) =>
        new()
        {
            ["DEFAULT_4XX"] = Refusal(contentType, null, "The request was refused", Reason),
            ["DEFAULT_5XX"] = Refusal(contentType, null, "The request could not be answered. Try again", Reason),
            ["BAD_REQUEST_BODY"] = Refusal(contentType, "400", "The body is not a JSON object", ValidationReason),
            ["UNSUPPORTED_MEDIA_TYPE"] = Refusal(contentType, "415", "The body is not application/json", Reason),
            ["REQUEST_TOO_LARGE"] = Refusal(contentType, "413", "The body is too large", Reason),
            ["MISSING_AUTHENTICATION_TOKEN"] = Refusal(
                contentType,
                "403",
                "No such route, or the request is not signed (AWS Signature Version 4)",
                Reason
            ),
            ["ACCESS_DENIED"] = Refusal(contentType, "403", "IAM does not allow the caller to use this route", Reason),
            ["THROTTLED"] = Refusal(contentType, "429", "Too many requests. Try again", Reason),
        };

    /// <summary>Written by hand because the reason is a variable of the gateway, which stands for JSON already.</summary>
    private static JsonObject Refusal(string contentType, string? status, string message, string reason)
    {
        var statusMember = status is null ? "" : $"\"status\":{status},";
        var template =
            $"{{\"type\":\"about:blank\",\"title\":\"{message}\",{statusMember}\"message\":\"{message}\",\"detailedMessage\":{reason},\"errors\":[]}}";
        var refusal = new JsonObject
        {
            ["responseParameters"] = new JsonObject { ["gatewayresponse.header.Content-Type"] = $"'{contentType}'" },
            ["responseTemplates"] = new JsonObject { ["application/json"] = template },
        };
        if (status is not null)
        {
            refusal["statusCode"] = status;
        }

        return refusal;
    }
}
