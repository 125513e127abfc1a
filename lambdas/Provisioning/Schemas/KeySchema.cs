using System.Text.Json;
using System.Text.Json.Nodes;
using Mlops.Provisioning.Blueprints;
using Mlops.Provisioning.Values;

namespace Mlops.Provisioning.Schemas;

/// <summary>
/// JSON Schema of one value of a key. It takes at least what the API takes (numbers as text, space around a value); what a
/// pattern cannot say, the API still judges.
/// </summary>
internal static class KeySchema
{
    /// <summary>A number that is written as text.</summary>
    public const string NumberPattern = @"^\s*[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?\s*$";

    private const string NotBlank = @"\S";

    public static JsonObject Of(KeyDefinition key) =>
        key.Type switch
        {
            KeyType.TextList => List(key),
            KeyType.TextMap => Map(key),
            _ => OneValue(key),
        };

    private static JsonObject OneValue(KeyDefinition key)
    {
        var schema = key.Type switch
        {
            KeyType.Integer => Number("integer", key, @"^\s*[+-]?[0-9]+\s*$"),
            KeyType.Number => Number("number", key, NumberPattern),
            KeyType.Boolean => Typed(@"^\s*([Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee])\s*$", "boolean", "string"),
            KeyType.Json => Typed(@"^\s*[{\[]", "object", "array", "string"),
            KeyType.JsonTexts => Typed(@"^\s*\[", "array", "string"),
            KeyType.Hyperparameters
            or KeyType.HyperparameterRanges
            or KeyType.TunerArguments
            or KeyType.BiasConfig
            or KeyType.PredictedLabelConfig
            or KeyType.ShapConfig => Typed(@"^\s*\{", "object", "string"),
            KeyType.ModelScores => Typed(NotBlank, "string", "integer", "object"),
            KeyType.ModelName => Typed(Padded("-*[A-Za-z0-9][A-Za-z0-9-]*"), "string", "number"),
            KeyType.ImageTag => Typed(Padded(AwsFormats.ImageTag.ToString()), "string", "number"),
            KeyType.SageMakerName => Typed(Padded(AwsFormats.SageMakerName.ToString()), "string", "number"),
            KeyType.InstanceType => Typed(Padded(AwsFormats.InstanceType.ToString()), "string"),
            KeyType.KmsKeyArn => Typed(Padded(AwsFormats.KmsKeyArn.ToString()), "string"),
            KeyType.ImageUri => Typed(Padded(AwsFormats.ImageUri.ToString()), "string"),
            KeyType.ModelPackageArn => Typed(Padded(ModelPackageArn.Pattern), "string"),
            KeyType.S3Location => Typed(
                @"^\s*([sS]3://)?[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/.*)?\s*$",
                "string",
                "number"
            ),
            KeyType.S3Key => Typed(@"^\s*[^/\s]", "string", "number"),
            KeyType.Text => Typed(key.Pattern is null ? NotBlank : $"^(?:{key.Pattern})$", "string", "number"),
            _ => throw new ArgumentOutOfRangeException(nameof(key), key.Type, "No schema for this type."),
        };
        if (key.Allowed is { } allowed)
        {
            schema["enum"] = new JsonArray([.. allowed.SelectMany(text => Spellings(key.Type, text))]);
        }

        return Limited(schema, key.MaxLength, "maxLength");
    }

    /// <summary>An array, or its items in one text with commas between them. Space around an item is dropped.</summary>
    private static JsonObject List(KeyDefinition key)
    {
        var one = key.Allowed is { } allowed
            ? string.Join('|', allowed.Select(Literal))
            : key.Pattern ?? @"[^,\s][^,]*";
        var item = Typed($@"^\s*(?:{one})\s*$", "string", "number");
        var schema = Typed($@"^\s*(?:{one})\s*(,\s*(?:{one})\s*)*$", "array", "string", "number");
        schema["items"] = Limited(item, key.MaxLength, "maxLength");
        schema["minItems"] = 1;
        schema["uniqueItems"] = true;
        return Limited(schema, key.MaxItems, "maxItems");
    }

    /// <summary>An object, or its JSON as text.</summary>
    private static JsonObject Map(KeyDefinition key)
    {
        var value = new JsonObject { ["type"] = new JsonArray("string", "number", "boolean") };
        if (key.Pattern is { } pattern)
        {
            value["pattern"] = $"^(?:{pattern})$";
        }

        var name = new JsonObject { ["pattern"] = Whole(AwsFormats.VariableName.ToString()) };
        var schema = Typed(@"^\s*\{", "object", "string");
        schema["propertyNames"] = Limited(name, key.MaxLength, "maxLength");
        schema["additionalProperties"] = Limited(value, key.MaxLength, "maxLength");
        schema["minProperties"] = 1;
        return Limited(schema, key.MaxItems, "maxProperties");
    }

    private static JsonObject Limited(JsonObject schema, int? limit, string keyword)
    {
        if (limit is { } most)
        {
            schema[keyword] = most;
        }

        return schema;
    }

    /// <summary>A text as a pattern that matches it alone, in .NET and in JavaScript.</summary>
    private static string Literal(string text) =>
        string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) ? $"{c}" : $"\\u{(int)c:x4}"));

    /// <summary>A value as the manifest writes it, as a client would: a number is no text.</summary>
    public static JsonNode? Written(KeyType type, string text) =>
        type switch
        {
            KeyType.Integer or KeyType.Number or KeyType.Json or KeyType.TextMap => Parsed(text),
            KeyType.JsonTexts or KeyType.Hyperparameters => Parsed(text),
            KeyType.HyperparameterRanges
            or KeyType.TunerArguments
            or KeyType.BiasConfig
            or KeyType.PredictedLabelConfig
            or KeyType.ShapConfig
            or KeyType.ModelScores => Parsed(text),
            KeyType.TextList => new JsonArray([.. text.Split(',').Select(item => (JsonNode?)item.Trim())]),
            KeyType.Boolean => bool.TryParse(text, out var flag) ? JsonValue.Create(flag) : text,
            _ => text,
        };

    private static JsonObject Number(string type, KeyDefinition key, string pattern)
    {
        var schema = Typed(pattern, type, "string");
        if (key.Minimum is { } minimum)
        {
            schema["minimum"] = minimum;
        }

        if (key.Maximum is { } maximum)
        {
            schema["maximum"] = maximum;
        }

        return schema;
    }

    private static JsonObject Typed(string pattern, params string[] types) =>
        new()
        {
            ["type"] = types is [var one] ? one : new JsonArray([.. types.Select(type => (JsonNode?)type)]),
            ["pattern"] = pattern,
        };

    /// <summary>Space around a name or an ARN is dropped before it is judged.</summary>
    private static string Padded(string pattern) => $@"^\s*{Inside(pattern)}\s*$";

    /// <summary>A pattern of ours as JavaScript writes it.</summary>
    public static string Whole(string pattern) => $"^{Inside(pattern)}$";

    /// <summary>A pattern without its anchors: JavaScript has no <c>\z</c>.</summary>
    private static string Inside(string pattern) =>
        pattern.TrimStart('^').Replace(@"\z", "", StringComparison.Ordinal).TrimEnd('$');

    /// <summary>The text, and where it is a number the number, too.</summary>
    private static IEnumerable<JsonNode?> Spellings(KeyType type, string text)
    {
        yield return text;
        if (type != KeyType.Boolean && Parsed(text) is JsonValue value && value.GetValueKind() == JsonValueKind.Number)
        {
            yield return value;
        }
        else if (type == KeyType.Boolean && bool.TryParse(text, out var flag))
        {
            yield return flag;
        }
    }

    private static JsonNode? Parsed(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return text;
        }
    }
}
