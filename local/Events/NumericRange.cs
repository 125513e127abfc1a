using System.Text.Json;
using System.Text.Json.Nodes;

namespace Mlops.Local.Events;

/// <summary>The operand of <c>numeric</c>: one or two comparisons, as in <c>["&gt;", 0, "&lt;=", 5]</c>.</summary>
internal static class NumericRange
{
    public static Func<JsonNode?, bool> Read(JsonNode? operand, string place)
    {
        if (operand is not JsonArray { Count: 2 or 4 } parts)
        {
            throw Wrong(place);
        }

        var tests = parts.Chunk(2).Select(pair => Comparison(pair[0], pair[1], place)).ToArray();
        return value =>
            value?.GetValueKind() == JsonValueKind.Number && Array.TrueForAll(tests, test => test(Number(value)));
    }

    private static Func<double, bool> Comparison(JsonNode? sign, JsonNode? bound, string place)
    {
        if (sign?.GetValueKind() != JsonValueKind.String || bound?.GetValueKind() != JsonValueKind.Number)
        {
            throw Wrong(place);
        }

        var limit = Number(bound);
        return sign.GetValue<string>() switch
        {
            "=" => value => value.Equals(limit),
            "<" => value => value < limit,
            "<=" => value => value <= limit,
            ">" => value => value > limit,
            ">=" => value => value >= limit,
            _ => throw Wrong(place),
        };
    }

    // A node made by a program holds the type that it was made of.
    private static double Number(JsonNode node) => JsonSerializer.Deserialize<double>(node.ToJsonString());

    private static FormatException Wrong(string place) =>
        new($"{place}: \"numeric\" takes one or two comparisons, for example [\">\", 0, \"<=\", 5].");
}
