using System.Globalization;
using System.Text.Json.Nodes;
using Mlops.Provisioning.Blueprints;

namespace Mlops.Provisioning.Schemas;

/// <summary>
/// What keys ask of each other, as far as a schema can say it: not comparisons of two keys, and not where a value differs
/// by target. Those the API judges.
/// </summary>
internal static class RuleSchema
{
    /// <summary><c>if</c> and <c>then</c>, or null where there is nothing that a schema could ask.</summary>
    public static JsonObject? Of(KeyRule rule, IEnumerable<KeyDefinition> keys)
    {
        var known = keys.ToDictionary(key => key.Name, StringComparer.Ordinal);
        if (
            !known.TryGetValue(rule.Then.Key, out var needed)
            || rule.When.Any(when => !known.ContainsKey(when.Key))
            || Then(rule.Then, needed) is not { Count: > 0 } then
        )
        {
            return null;
        }

        return new JsonObject
        {
            ["$comment"] = rule.Because,
            ["if"] = new JsonObject
            {
                ["required"] = new JsonArray([
                    .. rule.When.Where(when => !IsByDefault(when, known[when.Key])).Select(when => (JsonNode?)when.Key),
                ]),
                ["properties"] = new JsonObject(
                    rule.When.Select(when => KeyValuePair.Create(when.Key, (JsonNode?)When(when)))
                ),
            },
            ["then"] = then,
        };
    }

    private static bool IsByDefault(GivenKey when, KeyDefinition key) =>
        when.OrDefault && key.Default is { } value && when.Values?.Contains(value) != false;

    /// <summary>One value for all targets, so that the rule holds for each of them. Other spellings than the manifest's are left to the API.</summary>
    private static JsonObject When(GivenKey when) =>
        when.Values is { } values
            ? new JsonObject { ["enum"] = new JsonArray([.. values.Select(value => (JsonNode?)value)]) }
            : new JsonObject { ["type"] = new JsonArray("string", "number", "boolean", "array"), ["pattern"] = @"\S" };

    private static JsonObject Then(NeededKey needed, KeyDefinition key)
    {
        var asked = new JsonArray();
        if (IsMissingWithout(needed, key))
        {
            var own = TypeSchema.Given(key.Name);
            asked.Add(
                (JsonNode?)(
                    key.DefaultFrom is { } other
                        ? new JsonObject { ["anyOf"] = new JsonArray(own, TypeSchema.Given(other)) }
                        : own
                )
            );
        }

        if (Value(needed, key) is { } value)
        {
            asked.Add((JsonNode?)new JsonObject { ["properties"] = new JsonObject { [key.Name] = value } });
        }

        return asked.Count == 0 ? [] : new JsonObject { ["allOf"] = asked };
    }

    /// <summary>
    /// Whether a request without the key, and without the one that it gets its value from, breaks the rule: there is no
    /// default, or one that is not what is asked for.
    /// </summary>
    private static bool IsMissingWithout(NeededKey needed, KeyDefinition key) =>
        needed.AtMost is null
        && needed.MaxItems is null
        && needed.Not is null
        && (
            key.Default is null
            || needed.Values?.Contains(key.Default) == false
            || needed.Minimum is { } minimum
                && long.TryParse(
                    key.Default,
                    NumberStyles.AllowLeadingSign,
                    CultureInfo.InvariantCulture,
                    out var number
                )
                && number < minimum
        );

    /// <summary>What is asked of the value itself; each word is about its own JSON type, so an object by target passes.</summary>
    private static JsonObject? Value(NeededKey needed, KeyDefinition key)
    {
        if (needed.Values is { } values && key.Type == KeyType.Text)
        {
            return new JsonObject
            {
                ["anyOf"] = new JsonArray(
                    new JsonObject { ["type"] = new JsonArray("object", "number", "null") },
                    new JsonObject { ["type"] = "string", ["pattern"] = @"^\s*$" },
                    new JsonObject { ["enum"] = new JsonArray([.. values.Select(value => (JsonNode?)value)]) }
                ),
            };
        }

        return needed switch
        {
            { Minimum: { } minimum } => new JsonObject { ["minimum"] = minimum },
            { MaxItems: { } limit } => new JsonObject { ["maxItems"] = limit },
            { Not: { } pattern } => new JsonObject
            {
                ["not"] = new JsonObject { ["type"] = "string", ["pattern"] = $"^(?:{pattern})$" },
            },
            _ => null,
        };
    }
}
