using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Mlops.Local.StateMachines.Language;

/// <summary>Intrinsic functions, those that our blueprints use: an unknown one is an error that names it.</summary>
internal static class Intrinsics
{
    private static readonly Dictionary<string, Func<List<JsonNode?>, JsonNode?>> Known = new(StringComparer.Ordinal)
    {
        ["States.Array"] = arguments => new JsonArray([.. arguments]),
        ["States.ArrayGetItem"] = arguments => List(arguments[0])[Number(arguments[1])]?.DeepClone(),
        ["States.ArrayLength"] = arguments => List(arguments[0]).Count,
        ["States.Format"] = Format,
        ["States.JsonMerge"] = arguments => Merge(Map(arguments[0]), Map(arguments[1])),
        ["States.JsonToString"] = arguments => arguments[0]?.ToJsonString() ?? "null",
        ["States.MathAdd"] = arguments => Number(arguments[0]) + Number(arguments[1]),
        ["States.StringSplit"] = arguments => new JsonArray([
            .. Text(arguments[0])
                .Split(Text(arguments[1]).ToCharArray(), StringSplitOptions.RemoveEmptyEntries)
                .Select(part => JsonValue.Create(part)),
        ]),
        ["States.StringToJson"] = arguments => Parse(Text(arguments[0])),
    };

    public static IReadOnlyCollection<string> Names => Known.Keys;

    /// <exception cref="StateFailedException">The call is malformed, unknown, or cannot be carried out.</exception>
    public static JsonNode? Call(string text, Data data)
    {
        var reader = new Reader(text, data);
        try
        {
            return reader.Value();
        }
        catch (Exception problem)
            when (problem is ArgumentOutOfRangeException or InvalidOperationException or FormatException)
        {
            throw new StateFailedException(
                "States.IntrinsicFailure",
                $"'{text}' cannot be carried out: {problem.Message}"
            );
        }
    }

    private static JsonNode Format(List<JsonNode?> arguments)
    {
        var parts = Text(arguments[0]).Split("{}");
        if (parts.Length != arguments.Count)
        {
            throw new FormatException($"{parts.Length - 1} places and {arguments.Count - 1} values");
        }

        var text = new StringBuilder(parts[0]);
        for (var index = 1; index < parts.Length; index++)
        {
            text.Append(
                arguments[index] switch
                {
                    JsonValue value => value.ToString(),
                    var other => other?.ToJsonString() ?? "null",
                }
            );
            text.Append(parts[index]);
        }

        return text.ToString();
    }

    private static JsonObject Merge(JsonObject first, JsonObject second)
    {
        var merged = first.DeepClone().AsObject();
        foreach (var (name, value) in second)
        {
            merged[name] = value?.DeepClone();
        }

        return merged;
    }

    private static JsonNode? Parse(string json)
    {
        try
        {
            return JsonNode.Parse(json);
        }
        catch (JsonException problem)
        {
            throw new FormatException(problem.Message, problem);
        }
    }

    private static JsonArray List(JsonNode? node) => node as JsonArray ?? throw new FormatException("not an array");

    private static JsonObject Map(JsonNode? node) => node as JsonObject ?? throw new FormatException("not an object");

    private static int Number(JsonNode? node) =>
        int.Parse(node?.ToString() ?? "", NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    private static string Text(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.String
            ? value.GetValue<string>()
            : throw new FormatException("not a string");

    /// <summary>Reads one value: a call, a path, a quoted text, a number, true, false or null.</summary>
    private sealed class Reader(string text, Data data)
    {
        private int at;

        public JsonNode? Value()
        {
            Skip();
            if (text[at] == '\'')
            {
                return Quoted();
            }

            var start = at;
            while (at < text.Length && text[at] is not (',' or '(' or ')'))
            {
                at++;
            }

            var word = text[start..at].Trim();
            if (at < text.Length && text[at] == '(')
            {
                return Call(word);
            }

            return word.StartsWith('$') ? Paths.Read(word, data)
                : word is "true" or "false" or "null" || char.IsAsciiDigit(word[^1]) ? Parse(word)
                : throw new FormatException($"'{word}' is no value");
        }

        private JsonNode? Call(string name)
        {
            var arguments = new List<JsonNode?>();
            do
            {
                at++;
                Skip();
                if (text[at] == ')')
                {
                    break;
                }

                arguments.Add(Value());
                Skip();
            } while (at < text.Length && text[at] == ',');

            if (at >= text.Length || text[at] != ')')
            {
                throw new FormatException("a closing bracket is missing");
            }

            at++;
            return Known.TryGetValue(name, out var function)
                ? function(arguments)
                : throw new StateFailedException(
                    "States.IntrinsicFailure",
                    $"{name} is not carried out locally; known are {string.Join(", ", Known.Keys)}"
                );
        }

        private JsonNode Quoted()
        {
            var quoted = new StringBuilder();
            for (at++; text[at] != '\''; at++)
            {
                if (text[at] == '\\')
                {
                    at++;
                }

                quoted.Append(text[at]);
            }

            at++;
            return quoted.ToString();
        }

        private void Skip()
        {
            while (at < text.Length && text[at] == ' ')
            {
                at++;
            }
        }
    }
}
