using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Mlops.Local.Stacks;

/// <summary>
/// Values as mocks see them (strings, doubles, bools, immutable lists and maps) to and from JSON. Assets and archives
/// have no JSON: their path is internal to the SDK, so they are left out (a function is found by its hash).
/// </summary>
public static class PulumiValues
{
    /// <summary>The declared inputs of a resource.</summary>
    public static JsonObject ToJson(IEnumerable<KeyValuePair<string, object>> inputs)
    {
        var json = new JsonObject();
        foreach (var (name, value) in inputs)
        {
            if (ToJson(value) is { } node)
            {
                json[name] = node;
            }
        }

        return json;
    }

    /// <summary>The state of a resource; whole numbers are doubles, as the SDK's own.</summary>
    public static ImmutableDictionary<string, object> ToState(JsonObject json) =>
        json.Where(member => member.Value is not null)
            .ToImmutableDictionary(member => member.Key, member => ToValue(member.Value!));

    private static JsonNode? ToJson(object? value) =>
        value switch
        {
            string text => JsonValue.Create(text),
            bool flag => JsonValue.Create(flag),
            double number when double.IsInteger(number) && Math.Abs(number) <= int.MaxValue => JsonValue.Create(
                (int)number
            ),
            double number => JsonValue.Create(number),
            int number => JsonValue.Create(number),
            IEnumerable<KeyValuePair<string, object>> map => ToJson(map),
            IEnumerable<object> list => new JsonArray([.. list.Select(ToJson)]),
            _ => null,
        };

    private static object ToValue(JsonNode node) =>
        node switch
        {
            JsonObject map => ToState(map),
            JsonArray list => list.Where(item => item is not null).Select(item => ToValue(item!)).ToImmutableArray(),
            _ => node.GetValueKind() switch
            {
                JsonValueKind.True => true,
                JsonValueKind.False => false,
                JsonValueKind.Number => node.Deserialize<double>(),
                _ => node.GetValue<string>(),
            },
        };
}
