using System.Text.Json.Nodes;
using Mlops.Provisioning.Blueprints;

namespace Mlops.Cli.Conformance;

/// <summary>State machines are standard ones, and that of a job is found by the pipeline.</summary>
internal static class StateMachineRules
{
    private const string Machine = "AWS::StepFunctions::StateMachine";

    public static IEnumerable<ConformanceProblem> Problems(PartDefinition part, JsonObject template)
    {
        var machines = TemplateFile.Resources(template).Where(resource => resource.Type == Machine).ToList();
        foreach (var (id, _, machine) in machines)
        {
            if (machine["StateMachineType"] is { } type && (type is not JsonValue || (string?)type != "STANDARD"))
            {
                yield return Problem(
                    $"{id}: StateMachineType is STANDARD; CodePipeline cannot wait for an express one, and it ends after five minutes."
                );
            }

            foreach (var message in OfDefinition(machine["Definition"] as JsonObject))
            {
                yield return Problem($"{id}: {message}");
            }
        }

        if (part.Job is not null && machines.Count(machine => IsNamedAfterTheStack(machine.Properties)) != 1)
        {
            yield return Problem(
                "The part has a job: one state machine has the name of the stack, StateMachineName: !Ref AWS::StackName."
            );
        }

        ConformanceProblem Problem(string message) => new(part.Template, "state-machines", message);
    }

    private static bool IsNamedAfterTheStack(JsonObject machine) =>
        machine["StateMachineName"] is JsonObject { Count: 1 } name && (string?)name["Ref"] == "AWS::StackName";

    /// <summary>That every state is there and leads somewhere (Amazon States Language, "State machine structure").</summary>
    private static IEnumerable<string> OfDefinition(JsonObject? definition)
    {
        if (definition?["States"] is not JsonObject { Count: > 0 } states)
        {
            return ["its Definition is an object with States."];
        }

        return Problems(definition, states);
    }

    private static IEnumerable<string> Problems(JsonObject definition, JsonObject states)
    {
        if ((string?)definition["StartAt"] is not { } start || !states.ContainsKey(start))
        {
            yield return "StartAt names no state.";
        }

        foreach (var (name, state) in states)
        {
            foreach (var next in Nexts(state).Where(next => !states.ContainsKey(next)))
            {
                yield return $"the state {name} leads to {next}, which is not there.";
            }

            if (
                (string?)state?["Type"] is not ("Succeed" or "Fail" or "Choice")
                && state is JsonObject ordinary
                && ordinary.ContainsKey("Next") == ordinary.ContainsKey("End")
            )
            {
                yield return $"the state {name} has either Next or End.";
            }
        }
    }

    private static IEnumerable<string> Nexts(JsonNode? state) =>
        state is not JsonObject map
            ? []
            : new[] { map["Next"], map["Default"] }
                .Concat((map["Catch"] as JsonArray ?? []).Select(one => one?["Next"]))
                .Concat((map["Choices"] as JsonArray ?? []).Select(one => one?["Next"]))
                .OfType<JsonValue>()
                .Select(next => (string)next!);
}
