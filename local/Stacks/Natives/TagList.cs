using System.Text.Json.Nodes;

namespace Mlops.Local.Stacks.Natives;

/// <summary>CloudFormation's list of Key and Value, from the maps that several services answer with.</summary>
internal static class TagList
{
    public static JsonArray FromMap(JsonNode? map) =>
        new([
            .. (map as JsonObject ?? []).Select(tag => new JsonObject
            {
                ["Key"] = tag.Key,
                ["Value"] = tag.Value?.DeepClone(),
            }),
        ]);

    public static JsonObject ToMap(JsonNode? list)
    {
        var map = new JsonObject();
        foreach (var tag in list as JsonArray ?? [])
        {
            map[(string)tag!["Key"]!] = tag["Value"]?.DeepClone();
        }

        return map;
    }
}
