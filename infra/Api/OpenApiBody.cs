using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Mlops.Provisioning.Api;

namespace Mlops.Infra.Api;

/// <summary>
/// What API Gateway is told of the API: an OpenAPI document made from the route table. The gateway checks who calls and
/// that a body is a JSON object; everything else is the Orchestrator's.
/// </summary>
public static class OpenApiBody
{
    private const string JsonType = "application/json";
    private const string ProblemType = "application/problem+json";
    private const string SecurityScheme = "sigv4";
    private const string Validator = "body";

    /// <summary>Writes the document.</summary>
    /// <param name="title">Name of the API.</param>
    /// <param name="routes">Its operations.</param>
    /// <param name="invocationUri">Where API Gateway sends every call.</param>
    public static JsonObject Of(string title, IEnumerable<ApiRoute> routes, string invocationUri) =>
        new()
        {
            ["openapi"] = "3.0.1",
            ["info"] = new JsonObject { ["title"] = title, ["version"] = "1" },
            ["x-amazon-apigateway-request-validators"] = new JsonObject
            {
                [Validator] = new JsonObject { ["validateRequestBody"] = true, ["validateRequestParameters"] = false },
            },
            ["x-amazon-apigateway-gateway-responses"] = GatewayProblems.All(ProblemType),
            ["paths"] = Paths(routes, invocationUri),
            ["components"] = new JsonObject
            {
                ["securitySchemes"] = new JsonObject { [SecurityScheme] = Signed() },
                ["schemas"] = new JsonObject { ["Request"] = new JsonObject { ["type"] = "object" } },
            },
        };

    /// <summary>Changes when anything changes that a deployment has to take up; eight hexadecimal digits.</summary>
    public static string Fingerprint(JsonObject body)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(body.ToJsonString()));
        return Convert.ToHexStringLower(hash)[..8];
    }

    private static JsonObject Paths(IEnumerable<ApiRoute> routes, string invocationUri)
    {
        var paths = new JsonObject();
        foreach (var path in routes.GroupBy(route => route.Path))
        {
            var operations = new JsonObject();
            foreach (var route in path)
            {
                operations[route.Method.ToLowerInvariant()] = Operation(route, invocationUri);
            }

            paths[path.Key] = operations;
        }

        return paths;
    }

    private static JsonObject Operation(ApiRoute route, string invocationUri)
    {
        var operation = new JsonObject
        {
            ["operationId"] = route.OperationId,
            ["summary"] = route.Summary,
            ["security"] = new JsonArray(new JsonObject { [SecurityScheme] = new JsonArray() }),
            ["x-amazon-apigateway-request-validator"] = Validator,
            ["x-amazon-apigateway-integration"] = Integration(invocationUri),
            ["responses"] = new JsonObject
            {
                ["200"] = Response("What was asked for"),
                ["400"] = Response("What is wrong with the request, as problem details"),
            },
        };
        if (Parameters(route) is { Count: > 0 } parameters)
        {
            operation["parameters"] = parameters;
        }

        if (route.Method is "POST" or "PUT" or "PATCH")
        {
            operation["requestBody"] = Body();
        }

        return operation;
    }

    private static JsonObject Integration(string invocationUri) =>
        new()
        {
            ["type"] = "aws_proxy",
            ["httpMethod"] = "POST",
            ["uri"] = invocationUri,
            ["passthroughBehavior"] = "when_no_match",
        };

    private static JsonObject Signed() =>
        new()
        {
            ["type"] = "apiKey",
            ["name"] = "Authorization",
            ["in"] = "header",
            ["x-amazon-apigateway-authtype"] = "awsSigv4",
        };

    private static JsonObject Body() =>
        new()
        {
            ["required"] = true,
            ["content"] = new JsonObject
            {
                [JsonType] = new JsonObject
                {
                    ["schema"] = new JsonObject { ["$ref"] = "#/components/schemas/Request" },
                },
            },
        };

    private static JsonArray Parameters(ApiRoute route) =>
        new([
            .. route
                .Path.Split('/')
                .Where(segment => segment.StartsWith('{'))
                .Select(segment =>
                    (JsonNode)
                        new JsonObject
                        {
                            ["name"] = segment.Trim('{', '}'),
                            ["in"] = "path",
                            ["required"] = true,
                            ["schema"] = new JsonObject { ["type"] = "string" },
                        }
                ),
            .. route.Flags.Select(flag =>
                (JsonNode)
                    new JsonObject
                    {
                        ["name"] = flag.Name,
                        ["in"] = "query",
                        ["description"] = flag.Description,
                        ["required"] = false,
                        ["schema"] = new JsonObject { ["type"] = "boolean" },
                    }
            ),
        ]);

    private static JsonObject Response(string description) => new() { ["description"] = description };
}
