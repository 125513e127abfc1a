using System.Text.Json.Nodes;
using Mlops.Local.CodePipelines.Executions;
using Mlops.Local.CodePipelines.Protocol;

namespace Mlops.Local.CodePipelines.Operations;

/// <summary>Tags of pipelines.</summary>
internal sealed class TagOperations(PipelineStore store)
{
    /// <summary>Quotas: "pipeline tags".</summary>
    private const int MaximumTags = 50;

    public IEnumerable<KeyValuePair<string, Operation>> All =>
        [
            new("TagResource", Operation.Of(RequestShapes.TagResource, Tag)),
            new("UntagResource", Operation.Of(RequestShapes.UntagResource, Untag)),
            new("ListTagsForResource", Operation.Of(RequestShapes.ListTagsForResource, List)),
        ];

    /// <exception cref="ServiceException">InvalidTagsException or TooManyTagsException; nothing is added then.</exception>
    public static void Add(Pipeline pipeline, JsonArray tags)
    {
        var added = tags.Select(tag => (Key: tag!.AsObject().Text("key"), Value: tag.AsObject().Text("value")))
            .ToList();
        if (added.Find(tag => tag.Key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase)) is { Key: { } reserved })
        {
            throw new ServiceException(
                "InvalidTagsException",
                $"The tag key '{reserved}' is reserved: it starts with aws:"
            );
        }

        if (added.Select(tag => tag.Key).Distinct(StringComparer.Ordinal).Count() != added.Count)
        {
            throw new ServiceException("InvalidTagsException", "A tag key is given more than once");
        }

        if (added.Select(tag => tag.Key).Union(pipeline.Tags.Keys).Count() > MaximumTags)
        {
            throw new ServiceException("TooManyTagsException", $"Tag limit exceeded for resource [{pipeline.Arn}].");
        }

        foreach (var (key, value) in added)
        {
            pipeline.Tags[key] = value;
        }
    }

    public static JsonArray Write(Pipeline pipeline) =>
        Wire.Array(pipeline.Tags.Select(tag => new JsonObject { ["key"] = tag.Key, ["value"] = tag.Value }));

    private JsonObject Tag(Caller caller, JsonObject input)
    {
        var pipeline = Find(caller, input);
        lock (pipeline.Gate)
        {
            Add(pipeline, input["tags"]!.AsArray());
        }

        return [];
    }

    private JsonObject Untag(Caller caller, JsonObject input)
    {
        var pipeline = Find(caller, input);
        lock (pipeline.Gate)
        {
            foreach (var key in input["tagKeys"]!.AsArray())
            {
                pipeline.Tags.Remove(key!.GetValue<string>());
            }
        }

        return [];
    }

    private JsonObject List(Caller caller, JsonObject input)
    {
        var pipeline = Find(caller, input);
        lock (pipeline.Gate)
        {
            return Wire.Page(
                input,
                "tags",
                [.. pipeline.Tags],
                100,
                tag => new JsonObject { ["key"] = tag.Key, ["value"] = tag.Value }
            );
        }
    }

    private Pipeline Find(Caller caller, JsonObject input)
    {
        var arn = input.Text("resourceArn");
        var name = arn[(arn.LastIndexOf(':') + 1)..];
        var pipeline = store.Find(caller, name);
        return pipeline is not null && pipeline.Arn == arn
            ? pipeline
            : throw new ServiceException("ResourceNotFoundException", $"The resource '{arn}' does not exist");
    }
}
