using System.Globalization;
using System.Text.Json.Nodes;

namespace Mlops.Local.Templates;

/// <summary>The conditions of a template, under the values of its parameters (pseudo parameters among them, where they are known).</summary>
public sealed class TemplateConditions(JsonObject template, IReadOnlyDictionary<string, string> values)
{
    /// <summary>Null when it cannot be told here, because it asks for something else than parameters.</summary>
    public bool? Holds(string condition) => Truth(template["Conditions"]?[condition]);

    /// <summary>False for a resource that its condition leaves out for certain.</summary>
    public bool Keep(JsonNode? resource) =>
        resource?["Condition"] is not JsonValue condition || Holds(condition.ToString()) is not false;

    private bool? Truth(JsonNode? expression)
    {
        if (expression is not JsonObject { Count: 1 } call)
        {
            return null;
        }

        var (function, argument) = call.First();
        return function switch
        {
            "Condition" => Holds($"{argument}"),
            "Fn::Not" => !Truth((argument as JsonArray)?[0]),
            "Fn::And" => argument is JsonArray all ? All(all.Select(Truth)) : null,
            "Fn::Or" => argument is JsonArray any ? !All(any.Select(one => !Truth(one))) : null,
            "Fn::Equals" => argument is JsonArray { Count: 2 } two
            && Text(two[0]) is { } left
            && Text(two[1]) is { } right
                ? left == right
                : null,
            _ => null,
        };
    }

    /// <summary>One false is enough for false; for true all must be known.</summary>
    private static bool? All(IEnumerable<bool?> truths) =>
        truths.Aggregate((bool?)true, (all, one) => all is false || one is false ? false : all & one);

    private string? Text(JsonNode? node) =>
        node switch
        {
            JsonValue value => value.ToString(),
            JsonObject { Count: 1 } call when call.First() is var (function, argument) => function switch
            {
                "Ref" => values.GetValueOrDefault($"{argument}"),
                "Fn::Sub" => Substitution.Resolve(argument, values.GetValueOrDefault),
                "Fn::Select" when argument is JsonArray { Count: 2 } two => Item(two[0], two[1]),
                _ => null,
            },
            _ => null,
        };

    /// <summary>An item of a list that Fn::Split makes of a known text.</summary>
    private string? Item(JsonNode? index, JsonNode? list) =>
        int.TryParse($"{index}", CultureInfo.InvariantCulture, out var at)
        && list is JsonObject { Count: 1 } call
        && call.First() is { Key: "Fn::Split", Value: JsonArray { Count: 2 } split }
        && Text(split[1]) is { } text
            ? text.Split($"{split[0]}").ElementAtOrDefault(at)
            : null;
}
