using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Mlops.Local.Stacks;

/// <summary>Declared against read back. What the service has beyond the declaration (defaults, attributes) is no difference.</summary>
public static class Comparison
{
    /// <summary>Stands for a value that cannot be known here: that there is one is all that is asked.</summary>
    public const string Anything = "(known after deployment)";

    /// <summary>The declared properties that did not arrive.</summary>
    public static IEnumerable<string> Missing(JsonObject declared, JsonObject found) =>
        declared.Where(property => !Arrived(property.Value, found[property.Key])).Select(property => property.Key);

    /// <summary>
    /// Whether <paramref name="found"/> says what <paramref name="declared"/> says: scalars by their text, lists in any
    /// order, a single value and a list of one are the same (policy documents), JSON text and its object are the same.
    /// </summary>
    public static bool Arrived(JsonNode? declared, JsonNode? found) =>
        declared switch
        {
            null => true,
            JsonValue value when value.TryGetValue<string>(out var text) && text == Anything => found is not null,
            JsonObject or JsonArray when AsDocument(found) is { } document => Arrived(declared, document),
            JsonObject map when map.All(member => member.Value is null) => true,
            JsonObject map => found is JsonObject other && map.All(member => Arrived(member.Value, other[member.Key])),
            JsonArray { Count: 0 } => true,
            JsonArray list => list.All(item => Items(found).Any(other => Arrived(item, other))),
            _ when found is JsonArray { Count: 1 } single => Arrived(declared, single[0]),
            _ => found is JsonValue && SameScalar(declared, found),
        };

    private static JsonArray Items(JsonNode? node) => node as JsonArray ?? [node?.DeepClone()];

    private static JsonNode? AsDocument(JsonNode? node)
    {
        if (node is not JsonValue value || value.GetValueKind() != JsonValueKind.String)
        {
            return null;
        }

        var text = value.GetValue<string>().TrimStart();
        if (!text.StartsWith('{') && !text.StartsWith('['))
        {
            return null;
        }

        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool SameScalar(JsonNode declared, JsonNode found)
    {
        var (left, right) = (Text(declared), Text(found));
        return left == right
            || (AsDocument(declared) is { } document && AsDocument(found) is { } other && Arrived(document, other));
    }

    private static string Text(JsonNode node) =>
        node.GetValueKind() switch
        {
            JsonValueKind.String => node.GetValue<string>(),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => decimal.TryParse(node.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                ? number.ToString("G29", CultureInfo.InvariantCulture)
                : node.ToJsonString(),
        };
}
