using System.Text.Json.Nodes;
using Mlops.Provisioning.Blueprints;
using Mlops.Provisioning.ModelCards;

namespace Mlops.Orchestrator.Tests.BadInput;

/// <summary>A request for an operation on model cards with one mistake.</summary>
/// <param name="Kind">What kind of mistake.</param>
/// <param name="What">What it is.</param>
/// <param name="Body">The request.</param>
/// <param name="Place">The pointer of the finding.</param>
internal sealed record BadCard(string Kind, string What, JsonObject Body, string Place)
{
    /// <summary>Why it is accepted; null when it is to be refused.</summary>
    public string? Accepted { get; init; }

    /// <summary>All cases of an operation.</summary>
    public static IEnumerable<BadCard> Of(CardOperationDefinition operation) =>
        Keys(operation)
            .Concat(
                operation.Operation is CardOperation.Create or CardOperation.Update
                    ? CardSchema.Default.Sections.SelectMany(section => Sections(operation, section))
                    : []
            );

    /// <summary>The smallest request.</summary>
    public static JsonObject Good(CardOperationDefinition operation)
    {
        var body = new JsonObject { ["pipeline_type"] = operation.Type };
        if (operation.Operation != CardOperation.List)
        {
            body["name"] = "my-card";
        }

        return body;
    }

    public override string ToString() => $"{Place}, {What}";

    /// <summary>Keys that are declared as those of blueprints are.</summary>
    private static IEnumerable<BadCard> Keys(CardOperationDefinition operation) =>
        from key in CardSchema.Default.Keys.Where(key => key.BelongsTo(operation.Type))
        from value in BadValues.Of(key, key.Example!)
        let body = With(operation, key.Name, value)
        select new BadCard(value.Kind, value.What, body, $"/{key.Name}{value.Within}")
        {
            Accepted = AcceptedValues.For(key, value)?.Because,
        };

    private static JsonObject With(CardOperationDefinition operation, string name, BadValue value)
    {
        var body = Good(operation);
        body[name] = value.Json?.DeepClone();
        if (value.IsAbsent)
        {
            body.Remove(name);
        }

        return body;
    }

    private static IEnumerable<BadCard> Sections(CardOperationDefinition operation, CardField section)
    {
        JsonObject Request(JsonNode? value)
        {
            var body = Good(operation);
            body[section.Name] = value?.DeepClone();
            return body;
        }

        foreach (var accepted in (JsonNode?[])[null, "", "  "])
        {
            yield return new BadCard(Kinds.LeftOut, $"'{accepted}'", Request(accepted), $"/{section.Name}")
            {
                Accepted = "a section may be left out by any of these",
            };
        }

        foreach (var bad in CardMistakes.In(section))
        {
            yield return new BadCard(bad.Kind, bad.What, Request(bad.Json), $"/{section.Name}{bad.Within}")
            {
                Accepted = bad.Accepted,
            };
        }
    }
}
