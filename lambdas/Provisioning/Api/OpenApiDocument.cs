using System.Text.Json.Nodes;

namespace Mlops.Provisioning.Api;

/// <summary>
/// The API as an OpenAPI document (3.0.1, the newest that API Gateway takes), made of the route table. infra adds what API
/// Gateway has to know besides.
/// </summary>
public static class OpenApiDocument
{
    /// <summary>Name of the security scheme: AWS Signature Version 4.</summary>
    public const string SecurityScheme = "sigv4";

    private const string JsonType = "application/json";
    private const string ProblemType = "application/problem+json";

    /// <summary>What is in it for everybody.</summary>
    /// <param name="title">Name of the API.</param>
    /// <param name="routes">Its operations.</param>
    public static JsonObject Of(string title, IEnumerable<ApiRoute> routes) =>
        new()
        {
            ["openapi"] = "3.0.1",
            ["info"] = new JsonObject { ["title"] = title, ["version"] = "1" },
            ["paths"] = Paths(routes),
            ["components"] = new JsonObject
            {
                ["securitySchemes"] = new JsonObject { [SecurityScheme] = Signed() },
                ["schemas"] = new JsonObject { ["Request"] = new JsonObject { ["type"] = "object" } },
            },
        };

    /// <summary>The same, with what the answers look like.</summary>
    /// <param name="title">Name of the API.</param>
    /// <param name="routes">Its operations.</param>
    public static JsonObject ForClients(string title, IEnumerable<ApiRoute> routes)
    {
        var document = Of(title, routes);
        document["components"]!["schemas"]!["Request"]!["description"] =
            $"GET {ApiRoutes.Schema.Path} answers its JSON Schema.";
        document["components"]!["schemas"]!["Problem"] = Problem();
        foreach (var operation in document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()))
        {
            var responses = operation.Value!["responses"]!;
            foreach (var done in responses.AsObject().Where(response => response.Key[0] == '2'))
            {
                done.Value!["content"] = Content(JsonType, new JsonObject { ["type"] = "object" });
            }

            responses["400"]!["content"] = Content(ProblemType, Reference("Problem"));
        }

        return document;
    }

    private static JsonObject Paths(IEnumerable<ApiRoute> routes)
    {
        var paths = new JsonObject();
        foreach (var path in routes.GroupBy(route => route.Path))
        {
            paths[path.Key] = new JsonObject(
                path.Select(route => KeyValuePair.Create(route.Method.ToLowerInvariant(), (JsonNode?)Operation(route)))
            );
        }

        return paths;
    }

    private static JsonObject Operation(ApiRoute route)
    {
        var operation = new JsonObject
        {
            ["operationId"] = route.OperationId,
            ["summary"] = route.Summary,
            ["security"] = new JsonArray(new JsonObject { [SecurityScheme] = new JsonArray() }),
            ["responses"] = new JsonObject
            {
                ["200"] = new JsonObject { ["description"] = "What was asked for" },
                ["400"] = new JsonObject { ["description"] = "What is wrong with the request, as problem details" },
            },
        };
        if (route.GoesOn)
        {
            operation["responses"]!["202"] = new JsonObject { ["description"] = "It has begun, and goes on" };
        }

        if (Parameters(route) is { Count: > 0 } parameters)
        {
            operation["parameters"] = parameters;
        }

        if (route.HasBody)
        {
            operation["requestBody"] = new JsonObject
            {
                ["required"] = true,
                ["content"] = Content(JsonType, Reference("Request")),
            };
        }

        return operation;
    }

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
            .. route.IsPaged
                ? new JsonNode[]
                {
                    new JsonObject
                    {
                        ["name"] = ApiRoutes.Page,
                        ["in"] = "query",
                        ["description"] = "\"next\" of the page before",
                        ["required"] = false,
                        ["schema"] = new JsonObject { ["type"] = "string" },
                    },
                }
                : [],
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

    private static JsonObject Signed() =>
        new()
        {
            ["type"] = "apiKey",
            ["name"] = "Authorization",
            ["in"] = "header",
            ["x-amazon-apigateway-authtype"] = "awsSigv4",
        };

    /// <summary>RFC 9457, with the predecessor's members and our findings.</summary>
    private static JsonObject Problem()
    {
        static JsonObject Text() => new() { ["type"] = "string" };

        var finding = new JsonObject();
        foreach (var member in (string[])["code", "pointer", "value", "rule", "message", "remedy"])
        {
            finding[member] = Text();
        }

        foreach (var member in (string[])["line", "column"])
        {
            finding[member] = new JsonObject { ["type"] = "integer" };
        }

        return new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject
            {
                ["type"] = Text(),
                ["title"] = Text(),
                ["status"] = new JsonObject { ["type"] = "integer" },
                ["message"] = Text(),
                ["detailedMessage"] = Text(),
                ["requestId"] = Text(),
                ["errors"] = new JsonObject
                {
                    ["type"] = "array",
                    ["items"] = new JsonObject { ["type"] = "object", ["properties"] = finding },
                },
            },
        };
    }

    private static JsonObject Content(string type, JsonObject schema) =>
        new() { [type] = new JsonObject { ["schema"] = schema } };

    private static JsonObject Reference(string schema) => new() { ["$ref"] = $"#/components/schemas/{schema}" };
}
