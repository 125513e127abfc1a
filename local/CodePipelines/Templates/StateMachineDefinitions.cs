using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Mlops.Local.Templates;

namespace Mlops.Local.CodePipelines.Templates;

/// <summary>
/// moto reads a state machine's DefinitionString only, and drops the Definition that is an object. So the object is
/// written as that string: parameters and conditions worked out, what is left (attributes, pseudo parameters) by Fn::Join.
/// </summary>
internal sealed partial class StateMachineDefinitions(
    TemplateConditions conditions,
    IReadOnlyDictionary<string, string> parameters
)
{
    private const string Type = "AWS::StepFunctions::StateMachine";
    private const string Place = "mlopsValue";

    /// <summary>Changes the resource where it stands.</summary>
    public void Rewrite(JsonNode resource)
    {
        if ($"{resource["Type"]}" != Type || resource["Properties"] is not JsonObject { } properties)
        {
            return;
        }

        if (properties["Definition"] is JsonObject definition)
        {
            var open = new List<JsonNode>();
            var text = Resolved(definition, open)!.ToJsonString();
            properties.Remove("Definition");
            JsonNode pieces = new JsonArray([.. Pieces(text, open)]);
            properties["DefinitionString"] = new JsonObject { ["Fn::Join"] = new JsonArray([(JsonNode)"", pieces]) };
        }
    }

    /// <summary>A copy without functions; those that only CloudFormation can answer are added to <paramref name="open"/>.</summary>
    private JsonNode? Resolved(JsonNode? node, List<JsonNode> open)
    {
        switch (node)
        {
            case JsonArray list:
                return new JsonArray([
                    .. list.Where(item => !IsNoValue(item))
                        .Select(item => Resolved(item, open))
                        .Where(item => item is not null),
                ]);
            case JsonObject { Count: 1 } call
                when call.First() is var (function, argument)
                    && (function == "Ref" || function.StartsWith("Fn::", StringComparison.Ordinal)):
                return Value(function, argument, call, open);
            case JsonObject map:
                var resolved = new JsonObject();
                foreach (var (name, value) in map)
                {
                    // A null that is written as such stays (ResultPath); one that Fn::If leaves out does not.
                    if (value is null)
                    {
                        resolved[name] = null;
                    }
                    else if (Resolved(value, open) is { } known)
                    {
                        resolved[name] = known;
                    }
                }

                return resolved;
            default:
                return node?.DeepClone();
        }
    }

    private JsonNode? Value(string function, JsonNode? argument, JsonObject call, List<JsonNode> open)
    {
        if (IsNoValue(call))
        {
            return null;
        }

        if (function == "Fn::If" && argument is JsonArray branches && conditions.Holds($"{branches[0]}") is { } holds)
        {
            return Resolved(branches[holds ? 1 : 2], open);
        }

        var text = function switch
        {
            "Ref" => parameters.GetValueOrDefault($"{argument}"),
            "Fn::Sub" => Substitution.Resolve(argument, parameters.GetValueOrDefault),
            _ => null,
        };
        if (text is not null)
        {
            return text;
        }

        open.Add(call.DeepClone());
        return $"<{Place}{open.Count - 1}>";
    }

    /// <summary>The text, cut where the functions are. Fn::Join, for moto's Fn::Sub makes one dollar sign of two.</summary>
    private static IEnumerable<JsonNode?> Pieces(string text, List<JsonNode> open)
    {
        var end = 0;
        foreach (Match mark in PlaceMarks().Matches(text))
        {
            yield return text[end..mark.Index];
            yield return open[int.Parse(mark.Groups["index"].Value, CultureInfo.InvariantCulture)];
            end = mark.Index + mark.Length;
        }

        yield return text[end..];
    }

    private static bool IsNoValue(JsonNode? node) =>
        node is JsonObject { Count: 1 } && $"{node["Ref"]}" == "AWS::NoValue";

    // Brackets are escaped in JSON text, so no value of a request can look like one of these.
    [GeneratedRegex(
        @"\\u003CmlopsValue(?<index>\d+)\\u003E",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex PlaceMarks();
}
