using System.Globalization;
using System.Text.Json.Nodes;
using Mlops.Local.CodePipelines.Executions;
using Mlops.Local.CodePipelines.Protocol;

namespace Mlops.Local.CodePipelines.Operations;

/// <summary>
/// Pipelines by their tags, as the Resource Groups Tagging API finds them (JSON 1.1, 2017-01-26): the part of it that asks
/// for pipelines, which moto does not know.
/// </summary>
internal sealed class TaggedResources(PipelineStore store)
{
    private const string Target = "ResourceGroupsTaggingAPI_20170126.GetResources";
    private const string Service = "codepipeline";
    private const int LargestPage = 100;

    public IEnumerable<KeyValuePair<string, Operation>> All =>
        [new(Target, Operation.Of(RequestShapes.GetResources, Get))];

    /// <summary>Whether all that is asked for are pipelines.</summary>
    public static bool Is(string? target, JsonNode? input) =>
        target == Target
        && input is JsonObject
        && (
            input["ResourceTypeFilters"] is JsonArray { Count: > 0 } types
                ? types.All(type => $"{type}" == Service)
                : input["ResourceARNList"] is JsonArray { Count: > 0 } arns
                    && arns.All(arn => $"{arn}".Split(':') is [_, _, Service, ..])
        );

    private JsonObject Get(Caller caller, JsonObject input)
    {
        var filters = (input["TagFilters"]?.AsArray() ?? []).Select(filter => filter!.AsObject()).ToList();
        var size = input["ResourcesPerPage"]?.GetValue<int>() ?? LargestPage;
        var start = int.TryParse(
            input["PaginationToken"]?.GetValue<string>(),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var token
        )
            ? token
            : 0;
        var arns = input["ResourceARNList"]?.AsArray().Select(arn => $"{arn}").ToHashSet(StringComparer.Ordinal);
        var found = store
            .Of(caller)
            .Where(pipeline => arns is null || arns.Contains(pipeline.Arn))
            .Select(Mapping)
            .Where(one => filters.TrueForAll(one.Fits))
            .ToList();
        return new JsonObject
        {
            ["PaginationToken"] =
                start + size < found.Count ? (start + size).ToString(CultureInfo.InvariantCulture) : "",
            ["ResourceTagMappingList"] = new JsonArray([.. found.Skip(start).Take(size).Select(one => one.ToJson())]),
        };
    }

    private static Tagged Mapping(Pipeline pipeline)
    {
        lock (pipeline.Gate)
        {
            return new Tagged(pipeline.Arn, new Dictionary<string, string>(pipeline.Tags));
        }
    }

    private sealed record Tagged(string Arn, Dictionary<string, string> Tags)
    {
        /// <summary>A filter without values asks for the key alone.</summary>
        public bool Fits(JsonObject filter) =>
            Tags.TryGetValue(filter.Text("Key"), out var value)
            && (filter["Values"] is not JsonArray { Count: > 0 } values || values.Any(one => $"{one}" == value));

        public JsonObject ToJson() =>
            new JsonObject
            {
                ["ResourceARN"] = Arn,
                [nameof(Tags)] = new JsonArray([
                    .. Tags.Select(tag => (JsonNode)new JsonObject { ["Key"] = tag.Key, ["Value"] = tag.Value }),
                ]),
            };
    }
}
