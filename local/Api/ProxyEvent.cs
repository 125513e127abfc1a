using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Mlops.Local.Api;

/// <summary>Writes a request as the event that a Lambda proxy integration hands to its function (format 1.0).</summary>
/// <remarks>https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html</remarks>
internal sealed class ProxyEvent(ApiFrontOptions api, TimeProvider clock)
{
    public JsonObject Of(
        HttpRequest request,
        ApiRoute route,
        string path,
        Dictionary<string, string>? pathParameters,
        string requestId,
        Caller caller,
        byte[] body,
        bool isBinary
    )
    {
        var query = QueryHelpers.ParseQuery(request.QueryString.Value);
        return new JsonObject
        {
            ["resource"] = route.Path,
            ["path"] = path,
            ["httpMethod"] = request.Method,
            ["headers"] = Single(request.Headers),
            ["multiValueHeaders"] = Multiple(request.Headers),
            ["queryStringParameters"] = Single(query),
            ["multiValueQueryStringParameters"] = Multiple(query),
            ["pathParameters"] = pathParameters is null
                ? null
                : new JsonObject(
                    pathParameters.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value))
                ),
            ["stageVariables"] = null,
            ["requestContext"] = Context(request, route, path, requestId, caller),
            ["body"] =
                body.Length == 0 ? null
                : isBinary ? Convert.ToBase64String(body)
                : Encoding.UTF8.GetString(body),
            ["isBase64Encoded"] = isBinary && body.Length > 0,
        };
    }

    private JsonObject Context(HttpRequest request, ApiRoute route, string path, string requestId, Caller caller)
    {
        var now = clock.GetUtcNow();
        return new JsonObject
        {
            ["resourceId"] = "local",
            ["resourcePath"] = route.Path,
            ["httpMethod"] = request.Method,
            ["extendedRequestId"] = requestId,
            ["requestTime"] = now.ToString("dd/MMM/yyyy:HH:mm:ss +0000", CultureInfo.InvariantCulture),
            ["requestTimeEpoch"] = now.ToUnixTimeMilliseconds(),
            ["path"] = $"/{api.Stage}{path}",
            ["accountId"] = api.AccountId,
            ["protocol"] = request.Protocol,
            ["stage"] = api.Stage,
            ["domainPrefix"] = api.ApiId,
            ["domainName"] = request.Host.Value,
            ["apiId"] = api.ApiId,
            ["requestId"] = requestId,
            ["identity"] = new JsonObject
            {
                ["accountId"] = caller.AccountId,
                ["accessKey"] = caller.AccessKey,
                ["caller"] = caller.UserId,
                ["user"] = caller.UserId,
                ["userArn"] = caller.Arn,
                ["userAgent"] = request.Headers.UserAgent.Count == 0 ? null : request.Headers.UserAgent.ToString(),
                ["sourceIp"] = request.HttpContext.Connection.RemoteIpAddress?.ToString() ?? "127.0.0.1",
                ["apiKey"] = null,
                ["cognitoAuthenticationProvider"] = null,
                ["cognitoAuthenticationType"] = null,
                ["cognitoIdentityId"] = null,
                ["cognitoIdentityPoolId"] = null,
                ["principalOrgId"] = null,
            },
        };
    }

    // The last value wins, as in API Gateway; null, not an empty object, when there is none.
    private static JsonObject? Single(
        IEnumerable<KeyValuePair<string, Microsoft.Extensions.Primitives.StringValues>> values
    ) => OrNull(values.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value[^1])));

    private static JsonObject? Multiple(
        IEnumerable<KeyValuePair<string, Microsoft.Extensions.Primitives.StringValues>> values
    ) =>
        OrNull(
            values.Select(entry =>
                KeyValuePair.Create(
                    entry.Key,
                    (JsonNode?)new JsonArray([.. entry.Value.Select(value => (JsonNode?)value)])
                )
            )
        );

    private static JsonObject? OrNull(IEnumerable<KeyValuePair<string, JsonNode?>> members)
    {
        var result = new JsonObject(members);
        return result.Count == 0 ? null : result;
    }
}
