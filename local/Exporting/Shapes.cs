using System.Text.Json.Nodes;

namespace Mlops.Local.Exporting;

/// <summary>
/// Turns a value of Pulumi's AWS package into the CloudFormation one. Every member is written down: one that is not is an
/// error, for what is left out in silence would be missing in a review.
/// </summary>
/// <param name="where">What a message names it by.</param>
/// <param name="value">In Pulumi's spelling.</param>
internal delegate JsonNode? Shape(string where, JsonNode? value);

/// <summary>The shapes that others are made of.</summary>
internal static class Shapes
{
    /// <summary>As it is: text, numbers, flags, and maps whose keys are the user's.</summary>
    public static JsonNode? Same(string where, JsonNode? value) => value?.DeepClone();

    /// <summary>A document that is text here and an object there.</summary>
    public static JsonNode? Parsed(string where, JsonNode? value) =>
        value is null ? null : JsonNode.Parse((string)value!);

    /// <summary>An object with one member.</summary>
    public static Shape In(string name, Shape inner) =>
        (where, value) => new JsonObject { [name] = inner(where, value) };

    /// <summary>What the one member has; there is no other.</summary>
    public static Shape Only(string name, Shape inner) =>
        (where, value) => Members((name, name, inner))(where, value)!.AsObject()[name]?.DeepClone();

    /// <summary>A list with one element.</summary>
    public static Shape One(Shape inner) => (where, value) => new JsonArray(inner(where, value));

    /// <summary>A list of such values.</summary>
    public static Shape Each(Shape inner) =>
        (where, value) => new JsonArray([.. value!.AsArray().Select(element => inner(where, element))]);

    /// <summary>An object of these members, and no other. An inner shape of null is a member without a counterpart.</summary>
    public static Shape Members(params (string From, string To, Shape? Inner)[] members) =>
        (where, value) =>
        {
            var to = new JsonObject();
            foreach (var (name, content) in value!.AsObject())
            {
                var member = members.FirstOrDefault(known => known.From == name);
                if (member.From is null)
                {
                    throw new NotSupportedException(
                        $"{where} has \"{name}\", and nothing says what that is in CloudFormation: add it to local/Exporting."
                    );
                }

                if (member.Inner is { } inner)
                {
                    to[member.To] = inner($"{where}/{name}", content);
                }
            }

            return to;
        };
}
