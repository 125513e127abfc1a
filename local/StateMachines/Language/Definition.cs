using System.Text.Json;
using System.Text.Json.Nodes;

namespace Mlops.Local.StateMachines.Language;

/// <summary>A state machine's definition, of which everything can be carried out locally.</summary>
public sealed class Definition
{
    private static readonly string[] Shared = ["Type", "Comment", "Next", "End", "InputPath", "OutputPath"];

    private static readonly Dictionary<string, string[]> Fields = new(StringComparer.Ordinal)
    {
        ["Pass"] = ["Parameters", "Result", "ResultPath"],
        ["Task"] =
        [
            "Resource",
            "Parameters",
            "ResultSelector",
            "ResultPath",
            "Retry",
            "Catch",
            "TimeoutSeconds",
            "HeartbeatSeconds",
        ],
        ["Choice"] = ["Choices", "Default"],
        ["Wait"] = ["Seconds", "SecondsPath"],
        ["Succeed"] = [],
        ["Fail"] = ["Error", "Cause", "ErrorPath", "CausePath"],
    };

    private readonly JsonObject states;

    private Definition(string first, JsonObject states) => (First, this.states) = (first, states);

    /// <summary>Name of the state that it starts at.</summary>
    public string First { get; }

    /// <summary>A state by its name.</summary>
    /// <exception cref="StateFailedException">There is none.</exception>
    public JsonObject State(string name) =>
        states[name] as JsonObject ?? throw StateFailedException.Runtime($"There is no state '{name}'");

    /// <summary>Reads a definition.</summary>
    /// <exception cref="StateFailedException">It is no definition, or holds something that is not carried out locally; all of it is named.</exception>
    public static Definition Parse(string json)
    {
        JsonObject? root;
        try
        {
            root = JsonNode.Parse(json) as JsonObject;
        }
        catch (JsonException problem)
        {
            throw StateFailedException.Runtime($"The definition is not JSON: {problem.Message}");
        }

        if (root?["States"] is not JsonObject states || root["StartAt"] is not JsonValue start)
        {
            throw StateFailedException.Runtime("The definition has no States, or no StartAt");
        }

        var problems = states.SelectMany(state => Problems(state.Key, state.Value as JsonObject ?? [])).ToList();
        if (root["QueryLanguage"]?.ToString() is { } language and not "JSONPath")
        {
            problems.Add($"the query language {language}");
        }

        return problems.Count == 0
            ? new Definition(start.ToString(), states)
            : throw StateFailedException.Runtime($"Not carried out locally: {string.Join("; ", problems)}");
    }

    private static IEnumerable<string> Problems(string name, JsonObject state)
    {
        var type = state["Type"]?.ToString() ?? "";
        if (!Fields.TryGetValue(type, out var fields))
        {
            return [$"the type {type} of state '{name}'"];
        }

        var unknown = state
            .Select(member => member.Key)
            .Except(Shared)
            .Except(fields)
            .Select(field => $"{field} of state '{name}'");
        var comparisons = (state["Choices"] as JsonArray ?? [])
            .SelectMany(rule => ChoiceRule.Unknown(rule!.AsObject()))
            .Select(comparison => $"{comparison} of state '{name}'");
        return unknown.Concat(comparisons);
    }
}
