using System.Text.Json;
using System.Text.Json.Nodes;

namespace Mlops.Local.Events;

/// <summary>An EventBridge event pattern. What it does not understand it refuses when it is read, so that a rule never matches less or more here than on AWS.</summary>
/// <remarks>https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html</remarks>
public sealed class EventPattern
{
    private readonly ObjectPattern root;

    private EventPattern(ObjectPattern root) => this.root = root;

    /// <summary>Reads a pattern.</summary>
    /// <exception cref="FormatException">It is no pattern, or uses an operator that is not known; the message names the place as a JSON pointer.</exception>
    public static EventPattern Parse(string json)
    {
        try
        {
            return JsonNode.Parse(json) is JsonObject pattern
                ? new EventPattern(ObjectPattern.Read(pattern, ""))
                : throw new FormatException("An event pattern is a JSON object.");
        }
        catch (JsonException cause)
        {
            throw new FormatException("An event pattern is a JSON object.", cause);
        }
    }

    /// <summary>Whether every field of the pattern is satisfied by the event.</summary>
    public bool Matches(JsonObject @event) => root.Matches(@event);

    // All fields and every $or must hold. A field's pattern is an object, for what is inside it, or an array, any of which is enough.
    private sealed record ObjectPattern(
        IReadOnlyList<(string Name, ObjectPattern Pattern)> Inner,
        IReadOnlyList<(string Name, IReadOnlyList<ValueMatcher> AnyOf)> Leaves,
        IReadOnlyList<IReadOnlyList<ObjectPattern>> Alternatives
    )
    {
        private static readonly JsonObject Nothing = [];

        public static ObjectPattern Read(JsonObject pattern, string pointer)
        {
            if (pattern.Count == 0)
            {
                throw new FormatException($"{Place(pointer)}: an empty object matches nothing that could be meant.");
            }

            var inner = new List<(string, ObjectPattern)>();
            var leaves = new List<(string, IReadOnlyList<ValueMatcher>)>();
            var alternatives = new List<IReadOnlyList<ObjectPattern>>();
            foreach (var (name, value) in pattern)
            {
                var place = $"{pointer}/{name}";
                switch (value)
                {
                    case JsonObject below:
                        inner.Add((name, Read(below, place)));
                        break;
                    case JsonArray { Count: 0 }:
                        throw new FormatException($"{place}: an empty array matches nothing.");
                    case JsonArray choices when name == "$or" && choices.All(choice => choice is JsonObject):
                        alternatives.Add([.. choices.Select((choice, i) => Read((JsonObject)choice!, $"{place}/{i}"))]);
                        break;
                    case JsonArray values:
                        leaves.Add((name, [.. values.Select(matcher => ValueMatcher.Read(matcher, place))]));
                        break;
                    default:
                        throw new FormatException($"{place}: a value stands in an array or an object, not alone.");
                }
            }

            return new ObjectPattern(inner, leaves, alternatives);
        }

        public bool Matches(JsonObject @event) =>
            Leaves.All(leaf =>
                AnyMatches(leaf.AnyOf, Values(@event[leaf.Name]).ToList(), @event.ContainsKey(leaf.Name))
            )
            && Inner.All(field => Objects(@event[field.Name]).DefaultIfEmpty(Nothing).Any(field.Pattern.Matches))
            && Alternatives.All(choices => choices.Any(choice => choice.Matches(@event)));

        private static bool AnyMatches(IReadOnlyList<ValueMatcher> anyOf, List<JsonNode?> values, bool present)
        {
            // A null is a value; nothing at all, an object and an empty list are not.
            var found = present ? values : [];
            return anyOf.Any(matcher => matcher.Matches(found));
        }

        // One element of a list is enough.
        private static IEnumerable<JsonNode?> Values(JsonNode? node) =>
            node switch
            {
                JsonArray list => list.SelectMany(Values),
                JsonObject => [],
                _ => [node],
            };

        private static IEnumerable<JsonObject> Objects(JsonNode? node) =>
            node switch
            {
                JsonArray list => list.SelectMany(Objects),
                JsonObject found => [found],
                _ => [],
            };

        private static string Place(string pointer) => pointer.Length == 0 ? "/" : pointer;
    }
}
