using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Mlops.Provisioning.Api;

namespace Mlops.Infra.Api;

/// <summary>
/// What API Gateway is told of the API: the OpenAPI document, and where calls go. The gateway checks who calls and
/// that a body is a JSON object; everything else is the Orchestrator's.
/// </summary>
public static class OpenApiBody
{
    private const string ProblemType = "application/problem+json";
    private const string Validator = "body";

    /// <summary>Writes the document.</summary>
    /// <param name="title">Name of the API.</param>
    /// <param name="routes">Its operations.</param>
    /// <param name="invocationUri">Where API Gateway sends every call.</param>
    public static JsonObject Of(string title, IEnumerable<ApiRoute> routes, string invocationUri)
    {
        var document = OpenApiDocument.Of(title, routes);
        document["x-amazon-apigateway-request-validators"] = new JsonObject
        {
            [Validator] = new JsonObject { ["validateRequestBody"] = true, ["validateRequestParameters"] = false },
        };
        document["x-amazon-apigateway-gateway-responses"] = GatewayProblems.All(ProblemType);
        foreach (var (_, operation) in document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()))
        {
            operation!["x-amazon-apigateway-request-validator"] = Validator;
            operation["x-amazon-apigateway-integration"] = Integration(invocationUri);
        }

        return document;
    }

    /// <summary>Changes when anything changes that a deployment has to take up; eight hexadecimal digits.</summary>
    public static string Fingerprint(JsonObject body)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(body.ToJsonString()));
        return Convert.ToHexStringLower(hash)[..8];
    }

    private static JsonObject Integration(string invocationUri) =>
        new()
        {
            ["type"] = "aws_proxy",
            ["httpMethod"] = "POST",
            ["uri"] = invocationUri,
            ["passthroughBehavior"] = "when_no_match",
        };
}
