using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Mlops.Local.Templates;

namespace Mlops.Local.CodePipelines.Templates;

/// <summary>
/// moto reads a state machine's DefinitionString only, and drops the Definition that is an object. So the object is
/// written as that string: parameters and conditions worked out, what is left (attributes, pseudo parameters) by Fn::Sub.
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
            var open = new JsonObject();
            var text = Resolved(definition, open)!.ToJsonString();
            properties.Remove("Definition");
            properties["DefinitionString"] = new JsonObject
            {
                ["Fn::Sub"] = new JsonArray(PlaceMarks().Replace(text, "$${${name}}"), open),
            };
        }
    }

    /// <summary>A copy without functions; those that only CloudFormation can answer are named in <paramref name="open"/>.</summary>
    private JsonNode? Resolved(JsonNode? node, JsonObject open)
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
                    if (value is null || Resolved(value, open) is not { } known)
                    {
                        if (value is null)
                        {
                            resolved[name] = null;
                        }

                        continue;
                    }

                    resolved[name] = known;
                }

                return resolved;
            default:
                return node is JsonValue text && text.TryGetValue<string>(out var literal)
                    ? literal.Replace("${", "${!", StringComparison.Ordinal)
                    : node?.DeepClone();
        }
    }

    private JsonNode? Value(string function, JsonNode? argument, JsonObject call, JsonObject open)
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
            return text.Replace("${", "${!", StringComparison.Ordinal);
        }

        var name = $"{Place}{open.Count}";
        open[name] = call.DeepClone();
        return $"<{name}>";
    }

    private static bool IsNoValue(JsonNode? node) =>
        node is JsonObject { Count: 1 } && $"{node["Ref"]}" == "AWS::NoValue";

    // Brackets are escaped in JSON text, so no value of a request can look like one of these.
    [GeneratedRegex(
        @"\\u003C(?<name>mlopsValue\d+)\\u003E",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex PlaceMarks();
}
