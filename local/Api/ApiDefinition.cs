using System.Text.Json;
using System.Text.Json.Nodes;
using Mlops.Local.Processes;

namespace Mlops.Local.Api;

/// <summary>What a declared OpenAPI body says, as far as it is carried out locally. What is not is an error, so that nothing is left out in silence.</summary>
internal sealed class ApiDefinition
{
    private const string AnyMethod = "x-amazon-apigateway-any-method";

    private static readonly string[] Methods = ["get", "put", "post", "delete", "options", "head", "patch", AnyMethod];

    private ApiDefinition(
        IReadOnlyList<ApiRoute> routes,
        GatewayResponses responses,
        IReadOnlySet<string> binaryMediaTypes
    ) => (Routes, Responses, BinaryMediaTypes) = (routes, responses, binaryMediaTypes);

    public IReadOnlyList<ApiRoute> Routes { get; }

    public GatewayResponses Responses { get; }

    public IReadOnlySet<string> BinaryMediaTypes { get; }

    /// <exception cref="StartFailedException">The body is no OpenAPI document, or has something that is not carried out locally.</exception>
    public static ApiDefinition Parse(string body)
    {
        try
        {
            var root = JsonNode.Parse(body)!.AsObject();
            var routes = new List<ApiRoute>();
            foreach (var (path, item) in root["paths"]!.AsObject())
            {
                foreach (var (method, operation) in item!.AsObject().Where(member => Methods.Contains(member.Key)))
                {
                    routes.Add(Route(root, path, method, operation!.AsObject()));
                }
            }

            return new ApiDefinition(
                routes,
                GatewayResponses.Parse(root["x-amazon-apigateway-gateway-responses"] as JsonObject),
                (root["x-amazon-apigateway-binary-media-types"] as JsonArray ?? [])
                    .Select(type => (string)type!)
                    .ToHashSet(StringComparer.OrdinalIgnoreCase)
            );
        }
        catch (Exception cause) when (cause is JsonException or InvalidOperationException or NullReferenceException)
        {
            throw new StartFailedException("The declared RestApi Body is not an OpenAPI document in JSON.", cause);
        }
    }

    private static ApiRoute Route(JsonObject root, string path, string method, JsonObject operation)
    {
        var integration = operation["x-amazon-apigateway-integration"] as JsonObject;
        var type = (string?)integration?["type"];
        if (!string.Equals(type, "aws_proxy", StringComparison.OrdinalIgnoreCase))
        {
            throw new StartFailedException(
                $"{method.ToUpperInvariant()} {path} has an integration of type {type ?? "none"}; local carries out aws_proxy."
            );
        }

        var bodyTypes = ValidatesBody(root, operation) ? ObjectBodies(root, path, method, operation) : [];
        return new ApiRoute(path, method == AnyMethod ? null : method.ToUpperInvariant(), bodyTypes);
    }

    private static bool ValidatesBody(JsonObject root, JsonObject operation)
    {
        const string Key = "x-amazon-apigateway-request-validator";
        var name = (string?)(operation[Key] ?? root[Key]);
        var validator = name is null ? null : root["x-amazon-apigateway-request-validators"]?[name];
        if (name is not null && validator is null)
        {
            throw new StartFailedException(
                $"The declared RestApi Body names request validator {name}, which it does not define."
            );
        }

        if ((bool?)validator?["validateRequestParameters"] == true && HasRequiredParameter(operation))
        {
            throw new StartFailedException(
                $"Request validator {name} checks required parameters, which local does not carry out."
            );
        }

        return (bool?)validator?["validateRequestBody"] == true;
    }

    // A parameter of the path is always there.
    private static bool HasRequiredParameter(JsonObject operation) =>
        (operation["parameters"] as JsonArray ?? []).Any(parameter =>
            (bool?)parameter!["required"] == true && (string?)parameter["in"] != "path"
        );

    private static List<string> ObjectBodies(JsonObject root, string path, string method, JsonObject operation)
    {
        var types = new List<string>();
        foreach (var (mediaType, media) in operation["requestBody"]?["content"] as JsonObject ?? [])
        {
            var schema = Resolve(root, media!["schema"] as JsonObject ?? []);
            foreach (var (keyword, value) in schema)
            {
                var carriedOut = keyword switch
                {
                    "type" => (string?)value == "object",
                    "additionalProperties" => value is JsonValue flag && (bool)flag,
                    "title" or "description" or "example" or "$schema" or "$id" => true,
                    _ => false,
                };
                if (!carriedOut)
                {
                    throw new StartFailedException(
                        $"{method.ToUpperInvariant()} {path}: local checks that a body is an object, not \"{keyword}\" of its schema."
                    );
                }
            }

            if (schema.ContainsKey("type"))
            {
                types.Add(mediaType);
            }
        }

        return types;
    }

    private static JsonObject Resolve(JsonObject root, JsonObject schema)
    {
        while ((string?)schema["$ref"] is { } reference)
        {
            JsonNode? node = root;
            foreach (var segment in reference.TrimStart('#', '/').Split('/'))
            {
                node = node?[segment];
            }

            schema =
                node as JsonObject
                ?? throw new StartFailedException(
                    $"The declared RestApi Body refers to {reference}, which it does not define."
                );
        }

        return schema;
    }
}

/// <summary>One declared operation. A null method is any method; <c>ObjectBodies</c> are the content types whose body must be a JSON object.</summary>
internal sealed record ApiRoute(string Path, string? Method, IReadOnlyList<string> ObjectBodies);
