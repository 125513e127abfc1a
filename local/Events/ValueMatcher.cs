using System.Text.Json;
using System.Text.Json.Nodes;

namespace Mlops.Local.Events;

/// <summary>One element of a pattern's array: a literal, or an object with one operator.</summary>
internal sealed class ValueMatcher
{
    private readonly Func<IReadOnlyList<JsonNode?>, bool> matches;

    private ValueMatcher(Func<IReadOnlyList<JsonNode?>, bool> matches) => this.matches = matches;

    /// <summary>The values are the field's, none when it is absent; a list in the event is several values.</summary>
    public bool Matches(IReadOnlyList<JsonNode?> values) => matches(values);

    /// <exception cref="FormatException">An operator that is not known, or an operand that it does not take.</exception>
    public static ValueMatcher Read(JsonNode? element, string place)
    {
        if (element is not JsonObject operation)
        {
            return element is JsonArray
                ? throw new FormatException($"{place}: an array in an array is no matcher.")
                : Any(Literal(element));
        }

        if (operation.Count != 1)
        {
            throw new FormatException($"{place}: a matcher has one operator, not {operation.Count}.");
        }

        var (name, operand) = operation.Single();
        return name switch
        {
            "exists" => Exists(operand, place),
            "numeric" => Any(NumericRange.Read(operand, place)),
            "anything-but" => Any(AnythingBut(operand, place)),
            "prefix" or "suffix" or "equals-ignore-case" or "wildcard" => Any(Text(name, operand, place)),
            _ => throw new FormatException($"{place}: \"{name}\" is not an operator that local knows."),
        };
    }

    private static ValueMatcher Any(Func<JsonNode?, bool> one) => new(values => values.Any(one));

    private static ValueMatcher Exists(JsonNode? operand, string place) =>
        operand?.GetValueKind() switch
        {
            JsonValueKind.True => new ValueMatcher(values => values.Count > 0),
            JsonValueKind.False => new ValueMatcher(values => values.Count == 0),
            _ => throw new FormatException($"{place}: \"exists\" takes true or false."),
        };

    // Numbers are compared as they are written: EventBridge does not take 300 and 300.0 for the same.
    private static Func<JsonNode?, bool> Literal(JsonNode? literal)
    {
        var expected = Written(literal);
        return value => Written(value) == expected;
    }

    private static string Written(JsonNode? value) => value?.ToJsonString() ?? "null";

    private static Func<JsonNode?, bool> AnythingBut(JsonNode? operand, string place)
    {
        Func<JsonNode?, bool>[] excluded = operand switch
        {
            JsonObject { Count: 1 } operation => TextChoices(operation.Single(), place),
            JsonArray { Count: > 0 } literals when literals.All(IsStringOrNumber) => [.. literals.Select(Literal)],
            JsonValue when IsStringOrNumber(operand) => [Literal(operand)],
            _ => throw new FormatException(
                $"{place}: \"anything-but\" takes a string, a number, a list of them, or one operator on strings."
            ),
        };
        return value => !Array.Exists(excluded, one => one(value));
    }

    private static Func<JsonNode?, bool>[] TextChoices(KeyValuePair<string, JsonNode?> operation, string place) =>
        operation.Key is not ("prefix" or "suffix" or "equals-ignore-case" or "wildcard")
            ? throw new FormatException($"{place}: \"anything-but\" does not take \"{operation.Key}\".")
        : operation.Value is JsonArray { Count: > 0 } list
            ? [.. list.Select(choice => Text(operation.Key, choice, place))]
        : [Text(operation.Key, operation.Value, place)];

    private static Func<JsonNode?, bool> Text(string name, JsonNode? operand, string place)
    {
        var comparison = StringComparison.Ordinal;
        if (
            name is "prefix" or "suffix"
            && operand is JsonObject { Count: 1 } inner
            && inner.ContainsKey("equals-ignore-case")
        )
        {
            comparison = StringComparison.OrdinalIgnoreCase;
            operand = inner["equals-ignore-case"];
        }

        if (operand?.GetValueKind() != JsonValueKind.String)
        {
            throw new FormatException($"{place}: \"{name}\" takes a string.");
        }

        var text = operand.GetValue<string>();
        Func<string, bool> test = name switch
        {
            "prefix" => value => value.StartsWith(text, comparison),
            "suffix" => value => value.EndsWith(text, comparison),
            "wildcard" => Wildcard.Read(text, place).Matches,
            _ => value => value.Equals(text, StringComparison.OrdinalIgnoreCase),
        };
        return value => value?.GetValueKind() == JsonValueKind.String && test(value.GetValue<string>());
    }

    private static bool IsStringOrNumber(JsonNode? node) =>
        node?.GetValueKind() is JsonValueKind.String or JsonValueKind.Number;
}
