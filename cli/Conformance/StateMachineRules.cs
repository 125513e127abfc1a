using System.Text.Json.Nodes;
using Mlops.Provisioning.Blueprints;

namespace Mlops.Cli.Conformance;

/// <summary>State machines are standard ones, and that of a job is found by the pipeline.</summary>
internal static class StateMachineRules
{
    private const string Machine = "AWS::StepFunctions::StateMachine";

    public static IEnumerable<ConformanceProblem> Problems(PartDefinition part, Template template)
    {
        var machines = template.Declared.Where(resource => resource.Type == Machine).ToList();
        foreach (var (id, _, machine, whole) in machines)
        {
            if (machine["StateMachineType"] is { } type && (type is not JsonValue || (string?)type != "STANDARD"))
            {
                yield return Problem(
                    $"{id}: StateMachineType is STANDARD, not {type}; CodePipeline cannot wait for an express one, and it ends after five minutes.",
                    type,
                    whole
                );
            }

            foreach (var (at, message) in OfDefinition(machine["Definition"] as JsonObject))
            {
                yield return Problem($"{id}: {message}", at, machine["Definition"], whole);
            }
        }

        if (part.Job is not null && machines.Count(machine => IsNamedAfterTheStack(machine.Properties)) != 1)
        {
            yield return Problem(
                "The part has a job: one state machine has the name of the stack, StateMachineName: !Ref AWS::StackName.",
                [.. machines.Select(machine => machine.Properties["StateMachineName"] ?? machine.Whole)]
            );
        }

        ConformanceProblem Problem(string message, params JsonNode?[] at) =>
            template.Problem("state-machines", message, at);
    }

    private static bool IsNamedAfterTheStack(JsonObject machine) =>
        machine["StateMachineName"] is JsonObject { Count: 1 } name && (string?)name["Ref"] == "AWS::StackName";

    /// <summary>That every state is there and leads somewhere (Amazon States Language, "State machine structure").</summary>
    private static IEnumerable<(JsonNode? At, string Message)> OfDefinition(JsonObject? definition)
    {
        if (definition?["States"] is not JsonObject { Count: > 0 } states)
        {
            yield return (null, "its Definition is an object with States.");
            yield break;
        }

        var names = states.Select(state => state.Key).ToList();
        if ((string?)definition["StartAt"] is not { } start || !names.Contains(start))
        {
            yield return (definition["StartAt"], $"StartAt names no state; there are {string.Join(", ", names)}.");
        }

        foreach (var (name, state) in states)
        {
            foreach (var next in Nexts(state).Where(next => !names.Contains((string)next!)))
            {
                yield return (
                    next,
                    $"the state {name} leads to {next}, which is not there; there are {string.Join(", ", names)}."
                );
            }

            if (
                (string?)state?["Type"] is not ("Succeed" or "Fail" or "Choice")
                && state is JsonObject ordinary
                && ordinary.ContainsKey("Next") == ordinary.ContainsKey("End")
            )
            {
                yield return (state, $"the state {name} has either Next or End.");
            }
        }
    }

    private static IEnumerable<JsonValue> Nexts(JsonNode? state) =>
        state is not JsonObject map
            ? []
            : new[] { map["Next"], map["Default"] }
                .Concat((map["Catch"] as JsonArray ?? []).Select(one => one?["Next"]))
                .Concat((map["Choices"] as JsonArray ?? []).Select(one => one?["Next"]))
                .OfType<JsonValue>();
}
