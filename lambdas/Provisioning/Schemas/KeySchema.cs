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
            KeyType.Number => Number("number", key, @"^\s*[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?\s*$"),
            KeyType.Boolean => Typed(@"^\s*([Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee])\s*$", "boolean", "string"),
            KeyType.Json => Typed(@"^\s*[{\[]", "object", "array", "string"),
            KeyType.ModelName => Typed(Padded("[A-Za-z0-9-]+"), "string", "number"),
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
            _ => Typed(key.Pattern is null ? NotBlank : $"^(?:{key.Pattern})$", "string", "number"),
        };
        if (key.Allowed is { } allowed)
        {
            schema["enum"] = new JsonArray([.. allowed.SelectMany(text => Spellings(key.Type, text))]);
        }

        if (key.MaxLength is { } limit)
        {
            schema["maxLength"] = limit;
        }

        return schema;
    }

    /// <summary>A value as the manifest writes it, as a client would: a number is no text.</summary>
    public static JsonNode? Written(KeyType type, string text) =>
        type switch
        {
            KeyType.Integer or KeyType.Number or KeyType.Json or KeyType.TextMap => Parsed(text),
            KeyType.Boolean => bool.TryParse(text, out var flag) ? JsonValue.Create(flag) : text,
            _ => text,
        };

    /// <summary>An array, or one text with commas, of which only the form of the items is judged.</summary>
    private static JsonObject List(KeyDefinition key)
    {
        var item = key.Pattern is null ? NotBlank : Padded($"(?:{key.Pattern})");
        var items = key.Pattern is null ? NotBlank : $@"^(\s*(?:{key.Pattern})\s*(,|$))+$";
        var schema = Typed(items, "array", "string", "number");
        schema["items"] = Limited(Typed(item, "string", "number"), key.MaxLength, "maxLength");
        schema["minItems"] = 1;
        return Limited(schema, key.MaxItems, "maxItems");
    }

    /// <summary>An object, or its JSON as text.</summary>
    private static JsonObject Map(KeyDefinition key)
    {
        var schema = Typed(@"^\s*\{", "object", "string");
        schema["propertyNames"] = Limited(
            new JsonObject { ["pattern"] = "^[a-zA-Z_][a-zA-Z0-9_]*$" },
            key.MaxLength,
            "maxLength"
        );
        schema["additionalProperties"] = Limited(
            new JsonObject { ["type"] = new JsonArray("string", "number", "boolean") },
            key.MaxLength,
            "maxLength"
        );
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
    private static string Padded(string pattern) => $@"^\s*{pattern.TrimStart('^').TrimEnd('$')}\s*$";

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
