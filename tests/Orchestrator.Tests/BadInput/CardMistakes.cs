using System.Text.Json.Nodes;
using Mlops.Provisioning.ModelCards;

namespace Mlops.Orchestrator.Tests.BadInput;

/// <summary>A value with a mistake somewhere in it.</summary>
internal sealed record CardMistake(string Kind, string What, JsonNode? Json, string Within)
{
    public string? Accepted { get; init; }
}

/// <summary>Every mistake that one can make inside a section of a model card, by what model-cards.json says of it.</summary>
internal static class CardMistakes
{
    /// <summary>Values of the field with one mistake each, at any depth.</summary>
    public static IEnumerable<CardMistake> In(CardField field) =>
        Of(field)
            .Concat(
                field.Type switch
                {
                    CardFieldType.Object => Members(field),
                    CardFieldType.List => Items(field),
                    CardFieldType.Map =>
                    [
                        new(Kinds.Nested, "a name that is none", new JsonObject { ["a-b"] = "c" }, "/a-b"),
                        new(Kinds.Nested, "a list in it", new JsonObject { ["a"] = new JsonArray("b") }, "/a"),
                        new(Kinds.TooLong, "a long text in it", new JsonObject { ["a"] = Long(field) }, "/a"),
                    ],
                    _ => [],
                }
            );

    private static IEnumerable<CardMistake> Of(CardField field)
    {
        foreach (var (what, json, fits) in Values)
        {
            if (!fits(field))
            {
                yield return new CardMistake(Kinds.WrongType, what, JsonNode.Parse(json), "");
            }
        }

        if (field.Type == CardFieldType.Text && field.MaxLength is not null)
        {
            yield return new CardMistake(Kinds.TooLong, "one character too many", Long(field), "");
        }

        if (field.Type == CardFieldType.Text && field.Allowed is { } allowed)
        {
            yield return new CardMistake(Kinds.NotAllowed, "another word", "no-such-value", "");
            yield return new CardMistake(Kinds.NotAllowed, "in lower case", $"{allowed[0]}x", "");
        }

        if (field.MaxItems is { } items)
        {
            var item = Good(field.Items!);
            var many = new JsonArray([.. Enumerable.Range(0, items + 1).Select(_ => item.DeepClone())]);
            yield return new CardMistake(Kinds.TooLong, "one item too many", many, "");
        }

        if (field.Minimum is { } minimum)
        {
            yield return new CardMistake(Kinds.Range, "too small", minimum - 1, "");
        }
    }

    /// <summary>Values by JSON's types, and which fields take them.</summary>
    private static readonly (string What, string Json, Func<CardField, bool> Fits)[] Values =
    [
        (
            "a number",
            "1.5",
            field =>
                field.Type is CardFieldType.Number or CardFieldType.MetricValue
                || (field.Type is CardFieldType.Text && field.Allowed is null)
        ),
        ("true", "true", _ => false),
        (
            "a text",
            "\"nonsense\"",
            field => (field.Type is CardFieldType.Text && field.Allowed is null) || field.Type == CardFieldType.AxisName
        ),
        (
            "a list of a text",
            "[\"nonsense\"]",
            field => field.Type == CardFieldType.List && field.Items!.Type == CardFieldType.Text
        ),
        ("a list of null", "[null]", _ => false),
        ("an object", "{\"nonsense\": \"nonsense\"}", field => field.Type == CardFieldType.Map),
    ];

    private static IEnumerable<CardMistake> Members(CardField field)
    {
        JsonObject With(string name, JsonNode? value)
        {
            var whole = Good(field).AsObject();
            whole[name] = value?.DeepClone();
            return whole;
        }

        yield return new CardMistake(Kinds.Nested, "an unknown key", With("no_such_key", 1), "/no_such_key");
        foreach (var member in field.Fields!)
        {
            foreach (var bad in In(member))
            {
                yield return bad with
                {
                    Json = With(member.Name, bad.Json),
                    Within = $"/{member.Name}{bad.Within}",
                };
            }

            var without = Good(field).AsObject();
            without.Remove(member.Name);
            foreach (
                var (kind, what, json) in (
                    ((string, string, JsonObject)[])
                        [("missing", "no key", without), (Kinds.LeftOut, "null", With(member.Name, null))]
                )
            )
            {
                yield return new CardMistake(kind, what, json, $"/{member.Name}")
                {
                    Accepted = member.Required ? null : "it is not required; null removes it from a card",
                };
            }
        }
    }

    private static IEnumerable<CardMistake> Items(CardField field) =>
        In(field.Items!)
            .Select(bad => bad with { Json = new JsonArray(bad.Json?.DeepClone()), Within = $"/0{bad.Within}" });

    /// <summary>The smallest value that is right.</summary>
    private static JsonNode Good(CardField field) =>
        field.Type switch
        {
            CardFieldType.Text => field.Allowed?[0] ?? "a",
            CardFieldType.Number => Math.Max(1, field.Minimum ?? 1),
            CardFieldType.List => new JsonArray(Good(field.Items!)),
            CardFieldType.Map => new JsonObject { ["a"] = "b" },
            CardFieldType.Object => new JsonObject(
                field
                    .Fields!.Where(member => member.Required)
                    .Select(member => KeyValuePair.Create(member.Name, (JsonNode?)Good(member)))
            ),
            CardFieldType.MetricValue => 1,
            _ => "a",
        };

    private static string Long(CardField field) => new('a', field.MaxLength!.Value + 1);
}
