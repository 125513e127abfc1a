using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Mlops.Provisioning.Blueprints;
using Mlops.Provisioning.Requests;

namespace Mlops.Cli.Conformance;

/// <summary>
/// Holds a manifest to blueprints/blueprint.schema.json, in words of ours and with lines: the same as a JSON Schema
/// validator would, as far as that schema goes. What the schema says else would be an error here, which a test looks for.
/// </summary>
internal sealed class ManifestSchema
{
    private const string Rule = "manifest";
    private readonly JsonObject schema;
    private readonly List<ConformanceProblem> problems = [];

    private ManifestSchema(JsonObject schema) => this.schema = schema;

    /// <summary>The schema, as it is embedded.</summary>
    public static JsonObject Read()
    {
        using var text = typeof(ManifestSchema).Assembly.GetManifestResourceStream("blueprint.schema.json")!;
        return JsonNode.Parse(text)!.AsObject();
    }

    /// <summary>All that is wrong with a manifest by itself.</summary>
    public static IReadOnlyList<ConformanceProblem> Problems(string file)
    {
        byte[] json;
        try
        {
            json = File.ReadAllBytes(file);
            using var _ = JsonDocument.Parse(json);
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            return
            [
                Problem("It is missing: a blueprint is a folder with a manifest (mlops blueprint new writes one)."),
            ];
        }
        catch (JsonException broken)
        {
            // .NET appends the place in words of its own.
            var reason = broken.Message.Split(" Path:")[0].Split(" LineNumber:")[0].ReplaceLineEndings(" ");
            return [Problem($"It is not JSON: {reason}", (int?)broken.LineNumber + 1)];
        }

        if (!PipelineRequest.TryParse(json, out var manifest, out var findings))
        {
            return [.. findings.Select(finding => Problem($"{Place(finding.Pointer)}{finding.Message}", finding.Line))];
        }

        var check = new ManifestSchema(Read());
        check.Object(check.schema, manifest.Keys, "", 1);
        return check.problems;
    }

    private void Value(JsonObject rule, RequestValue value, string pointer)
    {
        if ((string?)rule["$ref"] is { } reference)
        {
            Value(schema["$defs"]![reference.Split('/')[^1]]!.AsObject(), value, pointer);
            return;
        }

        if ((string?)rule["type"] is { } type && !Is(type, value))
        {
            Add(value, pointer, $"{Shown(value)} is not {Named(type)}. {rule["description"]}");
            return;
        }

        switch (value.Kind)
        {
            case RequestValueKind.Object:
                Object(rule, value.Members, pointer, value.Line);
                break;
            case RequestValueKind.Array:
                Array(rule, value, pointer);
                break;
            default:
                One(rule, value, pointer);
                break;
        }
    }

    private void Object(JsonObject rule, IReadOnlyDictionary<string, RequestValue> members, string pointer, int line)
    {
        var known = rule["properties"] as JsonObject ?? [];
        foreach (var (name, value) in members)
        {
            if (known[name] is JsonObject member)
            {
                Value(member, value, $"{pointer}/{name}");
            }
            else
            {
                var meant = Nearest.To(name, known.Select(other => other.Key));
                var remedy = meant is null ? "" : $" Did you mean \"{meant}\"?";
                var all = string.Join(", ", known.Select(other => other.Key).Where(other => other != "$schema"));
                Add(value, pointer, $"\"{name}\" means nothing here.{remedy} There are {all}.");
            }
        }

        foreach (var name in Texts(rule["required"]).Where(name => !members.ContainsKey(name)))
        {
            Add(line, pointer, $"\"{name}\" is missing. {known[name]?["description"]}");
        }

        if (
            rule["not"] is JsonObject not
            && Texts(not["required"]).ToList() is var both
            && both.All(members.ContainsKey)
        )
        {
            Add(line, pointer, $"{string.Join(" and ", both)} exclude each other: leave one out.");
        }

        if (rule["oneOf"] is JsonArray choices)
        {
            var names = choices.SelectMany(choice => Texts(choice?["required"])).ToList();
            var given = names.Where(members.ContainsKey).ToList();
            if (given.Count != 1)
            {
                var found = given.Count == 0 ? "none" : string.Join(" and ", given);
                Add(line, pointer, $"It has exactly one of {string.Join(", ", names)}, and here is {found}.");
            }
        }

        if (Number(rule, "minProperties") > members.Count)
        {
            Add(line, pointer, "It is empty: leave it out, or say something.");
        }
    }

    private void Array(JsonObject rule, RequestValue value, string pointer)
    {
        if (Number(rule, "minItems") > value.Items.Count)
        {
            Add(value, pointer, $"It has {value.Items.Count} items; give {rule["minItems"]} or more.");
        }

        if (rule.ContainsKey("uniqueItems"))
        {
            foreach (var twice in value.Items.GroupBy(item => item.Text).Where(same => same.Count() > 1))
            {
                Add(twice.Last(), pointer, $"{Shown(twice.Last())} is there twice.");
            }
        }

        for (var i = 0; i < value.Items.Count && rule["items"] is JsonObject item; i++)
        {
            Value(item, value.Items[i], $"{pointer}/{i}");
        }
    }

    private void One(JsonObject rule, RequestValue value, string pointer)
    {
        if (rule["enum"] is JsonArray && Texts(rule["enum"]).ToList() is var allowed && !allowed.Contains(value.Text))
        {
            var meant = Nearest.To(value.Text, allowed) is { } near ? $" Did you mean \"{near}\"?" : "";
            Add(value, pointer, $"{Shown(value)} is none of {string.Join(", ", allowed)}.{meant}");
        }

        if ((string?)rule["pattern"] is { } pattern && !Regex.IsMatch(value.Text, pattern, RegexOptions.None, Limit))
        {
            Add(value, pointer, $"{Shown(value)} does not match {pattern}. {rule["description"]}");
        }

        if (Number(rule, "minLength") > value.Text.Length || Number(rule, "maxLength") < value.Text.Length)
        {
            Add(value, pointer, $"{Shown(value)} has {value.Text.Length} characters; {Range(rule, "Length")}.");
        }

        if (
            value.Kind == RequestValueKind.Number
            && double.Parse(value.Text, CultureInfo.InvariantCulture) is var number
            && (Number(rule, "minimum") > number || Number(rule, "maximum") < number)
        )
        {
            Add(value, pointer, $"{Shown(value)} is out of range; {Range(rule, "imum")}.");
        }
    }

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    private static string Range(JsonObject rule, string what) =>
        (rule[$"min{what}"], rule[$"max{what}"]) switch
        {
            ({ } least, { } most) => $"give {least} to {most}",
            (null, { } most) => $"give {most} at most",
            (var least, _) => $"give {least} or more",
        };

    private static bool Is(string type, RequestValue value) =>
        type switch
        {
            "object" => value.Kind == RequestValueKind.Object,
            "array" => value.Kind == RequestValueKind.Array,
            "boolean" => value.Kind == RequestValueKind.Boolean,
            "integer" => value.Kind == RequestValueKind.Number
                && long.TryParse(value.Text, CultureInfo.InvariantCulture, out _),
            "string" => value.Kind == RequestValueKind.Text,
            _ => throw new InvalidOperationException($"The schema has the type {type}, which is not known here."),
        };

    private static string Named(string type) =>
        type switch
        {
            "object" => "an object",
            "array" => "an array",
            "boolean" => "true or false",
            "integer" => "a whole number",
            _ => "a text",
        };

    private static string Shown(RequestValue value)
    {
        const int Longest = 60;
        var text = value.Text.Length > Longest ? $"{value.Text[..Longest]}…" : value.Text;
        return value.Kind == RequestValueKind.Text ? $"\"{text}\"" : text;
    }

    private static double? Number(JsonObject rule, string name) => (double?)rule[name];

    private static IEnumerable<string> Texts(JsonNode? list) => (list as JsonArray ?? []).Select(one => (string)one!);

    private void Add(RequestValue value, string pointer, string message) => Add(value.Line, pointer, message);

    private void Add(int line, string pointer, string message) =>
        problems.Add(Problem($"{Place(pointer)}{message.TrimEnd()}", line));

    private static string Place(string pointer) => pointer.Length == 0 ? "" : $"{pointer}: ";

    private static ConformanceProblem Problem(string message, int? line = null) =>
        new(Blueprint.ManifestFile, Rule, message, line);
}
