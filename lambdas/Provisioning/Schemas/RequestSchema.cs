using System.Text.Json.Nodes;
using Mlops.Provisioning.Blueprints;
using Mlops.Provisioning.Configs;
using Mlops.Provisioning.ModelCards;

namespace Mlops.Provisioning.Schemas;

/// <summary>
/// JSON Schema (draft 2020-12) of requests and of config files, made of the blueprints' manifests: for editors, and for whoever writes requests
/// by program. It takes every request that the API takes, in the usual spelling of <c>pipeline_type</c>; the API judges
/// some things that a schema cannot, such as whether AWS has an image of a framework's version.
/// </summary>
public static class RequestSchema
{
    private const string Draft = "https://json-schema.org/draft/2020-12/schema";
    private const string SchemaKey = "$schema";
    private const string DefinitionsKey = "$defs";
    private const string ReferenceKey = "$ref";

    /// <summary>No pipeline type and no key has a hyphen in its name.</summary>
    private const string RequestName = "one-request";

    private const string FileName = "several-requests";

    /// <summary>A request of any pipeline type, or a config file with several.</summary>
    /// <exception cref="BlueprintException">A blueprint is broken.</exception>
    public static JsonObject OfAll(BlueprintCatalog catalog, SchemaScope scope)
    {
        var types = catalog
            .All()
            .Select(blueprint => blueprint.Manifest)
            .Append(CardManifest.Default)
            .SelectMany(manifest => manifest.PipelineTypes.Select(type => (Manifest: manifest, type)))
            .OrderBy(pair => pair.type.Type, StringComparer.Ordinal)
            .ToList();
        var definitions = new JsonObject { [TypeSchema.Nothing] = TypeSchema.NothingSchema };
        var branches = new JsonArray();
        foreach (var (manifest, type) in types)
        {
            var schema = new TypeSchema(manifest, type, scope);
            Define(definitions, schema);
            definitions[type.Type] = schema.Request();
            branches.Add((JsonNode?)Branch(type.Type));
        }

        definitions[RequestName] = Request(types.Select(pair => pair.type.Type), branches, scope);
        definitions[FileName] = FileSchema.Of(Reference(RequestName), SchemaProperty());
        return new JsonObject
        {
            [SchemaKey] = Draft,
            ["title"] = "mlops-config.json, or a request to MLOps pipelines",
            ["description"] =
                "One request, as POST /provisionpipeline takes it; or, in a config file, several: {\"pipelines\": [request, …]}.",
            ["type"] = "object",
            ["if"] = new JsonObject { ["required"] = new JsonArray(ConfigFileKeys.Pipelines) },
            ["then"] = new JsonObject { [ReferenceKey] = Reference(FileName) },
            ["else"] = new JsonObject { [ReferenceKey] = Reference(RequestName) },
            [DefinitionsKey] = definitions,
        };
    }

    private static JsonObject Request(IEnumerable<string> types, JsonArray branches, SchemaScope scope)
    {
        var request = new JsonObject
        {
            ["title"] = "A request",
            ["description"] = "Which pipeline type, and that type's keys.",
            ["type"] = "object",
            ["properties"] = new JsonObject
            {
                [SchemaKey] = SchemaProperty(),
                [RequestKeys.PipelineType] = new JsonObject
                {
                    ["description"] = "Which kind of pipeline; everything else depends on it.",
                    ["enum"] = new JsonArray([.. types.Select(type => (JsonNode?)type)]),
                },
            },
            ["required"] = new JsonArray(RequestKeys.PipelineType),
            ["allOf"] = branches,
        };
        return Closed(request, scope);
    }

    /// <summary>The requests of one pipeline type.</summary>
    public static JsonObject Of(Blueprint blueprint, PipelineTypeDefinition type, SchemaScope scope) =>
        Of(blueprint.Manifest, type, scope);

    /// <summary>The requests of one operation on model cards; null where it is none.</summary>
    public static JsonObject? OfCards(string type, SchemaScope scope) =>
        CardManifest.Find(type) is { } found ? Of(CardManifest.Default, found, scope) : null;

    private static JsonObject Of(BlueprintManifest manifest, PipelineTypeDefinition type, SchemaScope scope)
    {
        var schema = new TypeSchema(manifest, type, scope);
        var definitions = new JsonObject { [TypeSchema.Nothing] = TypeSchema.NothingSchema };
        Define(definitions, schema);
        var request = schema.Request();
        request["properties"]!.AsObject().Insert(0, SchemaKey, SchemaProperty());
        request.Insert(0, SchemaKey, Draft);
        Closed(request, scope)[DefinitionsKey] = definitions;
        return request;
    }

    private static void Define(JsonObject definitions, TypeSchema schema)
    {
        foreach (var (name, definition) in schema.Definitions)
        {
            definitions.TryAdd(name, definition);
        }
    }

    private static JsonObject SchemaProperty() =>
        new() { ["description"] = "Where this schema is, for editors; the API passes over it." };

    private static JsonObject Branch(string type) =>
        new()
        {
            ["if"] = new JsonObject
            {
                ["properties"] = new JsonObject { [RequestKeys.PipelineType] = new JsonObject { ["const"] = type } },
                ["required"] = new JsonArray(RequestKeys.PipelineType),
            },
            ["then"] = new JsonObject { [ReferenceKey] = Reference(type) },
        };

    private static string Reference(string name) => $"#/{DefinitionsKey}/{name}";

    private static JsonObject Closed(JsonObject request, SchemaScope scope)
    {
        if (scope.Strict)
        {
            request["unevaluatedProperties"] = false;
        }

        return request;
    }
}
