using System.Text.Json.Nodes;
using Mlops.Provisioning.Blueprints;
using Mlops.Provisioning.Configs;
using Mlops.Provisioning.ModelCards;

namespace Mlops.Provisioning.Schemas;

/// <summary>JSON Schema of a config file that has several requests.</summary>
internal static class FileSchema
{
    private const string True = @"^\s*[Tt][Rr][Uu][Ee]\s*$";
    private const string TrueOrFalse = @"^\s*([Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee])\s*$";

    /// <summary>The file.</summary>
    /// <param name="request">Where the schema of one request is.</param>
    /// <param name="schema">The property for editors.</param>
    public static JsonObject Of(string request, JsonObject schema) =>
        new()
        {
            ["title"] = "Several requests",
            ["description"] = "What a commit, or a bucket, has carried out: the pipelines that there are to be.",
            ["type"] = "object",
            ["properties"] = new JsonObject
            {
                [ConfigFileKeys.Schema] = schema,
                [ConfigFileKeys.Pipelines] = new JsonObject
                {
                    ["description"] = "A request for each pipeline; each pipeline once.",
                    ["type"] = "array",
                    ["items"] = new JsonObject
                    {
                        ["$ref"] = request,
                        ["properties"] = new JsonObject { [RequestKeys.PipelineType] = NoCard() },
                    },
                },
                [ConfigFileKeys.Prune] = Typed(
                    "Take down what an earlier revision of this file made and this one no longer names; false without it. More than half of what there is at once is refused, unless pruneLimit allows it.",
                    "boolean",
                    TrueOrFalse
                ),
                [ConfigFileKeys.PruneLimit] = Limit(),
            },
            ["required"] = new JsonArray(ConfigFileKeys.Pipelines),
            ["additionalProperties"] = false,
            ["dependentSchemas"] = new JsonObject { [ConfigFileKeys.PruneLimit] = Prunes() },
        };

    private static JsonObject Limit()
    {
        var limit = Typed("The most that may be taken down at once.", "integer", "^[0-9]+$");
        limit["minimum"] = 0;
        limit["maximum"] = int.MaxValue;
        return limit;
    }

    /// <summary>Model cards are no pipelines.</summary>
    private static JsonObject NoCard() =>
        new()
        {
            ["not"] = new JsonObject
            {
                ["enum"] = new JsonArray([
                    .. CardRequests.PipelineTypes.Order(StringComparer.Ordinal).Select(type => (JsonNode?)type),
                ]),
            },
        };

    /// <summary>A limit limits nothing where nothing is taken down.</summary>
    private static JsonObject Prunes() =>
        new()
        {
            ["required"] = new JsonArray(ConfigFileKeys.Prune),
            ["properties"] = new JsonObject
            {
                [ConfigFileKeys.Prune] = new JsonObject
                {
                    ["not"] = new JsonObject { ["const"] = false },
                    ["pattern"] = True,
                },
            },
        };

    private static JsonObject Typed(string description, string type, string pattern) =>
        new()
        {
            ["description"] = description,
            ["type"] = new JsonArray(type, "string"),
            ["pattern"] = pattern,
        };
}
