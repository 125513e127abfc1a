using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Mlops.Local.StateMachines.Language;

/// <summary>The rules of a Choice state.</summary>
internal static class ChoiceRule
{
    private static readonly Dictionary<string, Func<JsonNode?, JsonNode, bool>> Comparisons = new(
        StringComparer.Ordinal
    )
    {
        ["StringEquals"] = (found, wanted) => IsText(found) && found!.ToString() == wanted.ToString(),
        ["StringMatches"] = (found, wanted) => IsText(found) && Matches(found!.ToString(), wanted.ToString()),
        ["BooleanEquals"] = (found, wanted) => JsonNode.DeepEquals(found, wanted),
        ["NumericEquals"] = (found, wanted) => Compare(found, wanted) == 0,
        ["NumericGreaterThan"] = (found, wanted) => Compare(found, wanted) > 0,
        ["NumericGreaterThanEquals"] = (found, wanted) => Compare(found, wanted) >= 0,
        ["NumericLessThan"] = (found, wanted) => Compare(found, wanted) < 0,
        ["NumericLessThanEquals"] = (found, wanted) => Compare(found, wanted) <= 0,
        ["IsNull"] = (found, wanted) => found is null == wanted.GetValue<bool>(),
        ["IsString"] = (found, wanted) => IsText(found) == wanted.GetValue<bool>(),
    };

    /// <summary>The name of the next state when the rule holds, else null.</summary>
    public static bool Holds(JsonObject rule, Data data) =>
        rule switch
        {
            _ when rule["And"] is JsonArray all => all.All(one => Holds(one!.AsObject(), data)),
            _ when rule["Or"] is JsonArray any => any.Any(one => Holds(one!.AsObject(), data)),
            _ when rule["Not"] is JsonObject one => !Holds(one, data),
            _ => Compares(rule, data),
        };

    /// <summary>Comparisons of this rule, and those in it, that are not carried out locally.</summary>
    public static IEnumerable<string> Unknown(JsonObject rule) =>
        rule.SelectMany(member =>
            member.Key switch
            {
                "And" or "Or" => member.Value!.AsArray().SelectMany(one => Unknown(one!.AsObject())),
                "Not" => Unknown(member.Value!.AsObject()),
                "Variable" or "Next" or "IsPresent" or "Comment" => [],
                var name => Comparisons.ContainsKey(name) ? [] : [name],
            }
        );

    private static bool Compares(JsonObject rule, Data data)
    {
        var variable = $"{rule["Variable"]}";
        var found = Paths.Find(variable, data, out var isPresent);
        if (rule["IsPresent"] is { } wanted)
        {
            return wanted.GetValue<bool>() == isPresent;
        }

        if (!isPresent)
        {
            throw StateFailedException.Runtime(
                $"Invalid path '{variable}': the choice state's condition path references an invalid value."
            );
        }

        return rule.Where(member => Comparisons.ContainsKey(member.Key))
            .All(member => Comparisons[member.Key](found, member.Value!));
    }

    private static bool IsText(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String;

    private static int? Compare(JsonNode? found, JsonNode wanted) =>
        found?.GetValueKind() == JsonValueKind.Number ? Number(found).CompareTo(Number(wanted)) : null;

    private static decimal Number(JsonNode node) => decimal.Parse(node.ToString(), CultureInfo.InvariantCulture);

    private static bool Matches(string text, string pattern) =>
        Regex.IsMatch(
            text,
            $"^{Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal)}$",
            RegexOptions.Singleline | RegexOptions.ExplicitCapture,
            TimeSpan.FromSeconds(1)
        );
}
