using System.Text.Json.Nodes;
using Mlops.Provisioning.Schemas;
using Mlops.Provisioning.Values;

namespace Mlops.Provisioning.ModelCards;

/// <summary>JSON Schema of a section, or of a field in one. It takes at least what <see cref="CardReader"/> takes.</summary>
internal static class CardFieldSchema
{
    public static JsonObject Of(CardField field)
    {
        var schema = field.Type switch
        {
            CardFieldType.Text => Text(field),
            CardFieldType.Number => Number(field),
            CardFieldType.List => List(field),
            CardFieldType.Object => Object(field),
            CardFieldType.Map => Map(field),
            // What these are depends on the type of the metric; the API judges it.
            _ => [],
        };
        schema.Insert(0, "description", field.Description);
        return schema;
    }

    private static JsonObject Text(CardField field)
    {
        var schema = new JsonObject { ["type"] = new JsonArray("string", "number") };
        if (field.MaxLength is { } most)
        {
            schema["maxLength"] = most;
        }

        if (field.Allowed is { } allowed)
        {
            schema["enum"] = new JsonArray([.. allowed.Select(text => (JsonNode?)text)]);
        }

        return schema;
    }

    private static JsonObject Number(CardField field)
    {
        var schema = new JsonObject
        {
            ["type"] = new JsonArray("number", "string"),
            ["pattern"] = KeySchema.NumberPattern,
        };
        if (field.Minimum is { } minimum)
        {
            schema["minimum"] = minimum;
        }

        return schema;
    }

    /// <summary>An array; also wrapped in an object, as in the card itself, where that has it so.</summary>
    private static JsonObject List(CardField field)
    {
        var list = new JsonObject { ["type"] = "array", ["items"] = Of(field.Items!) };
        if (field.MaxItems is { } most)
        {
            list["maxItems"] = most;
        }

        if (field.WrittenAs is not { Count: > 1 } path)
        {
            return list;
        }

        var wrapped = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject { [path[^1]] = list.DeepClone() },
            ["required"] = new JsonArray(path[^1]),
            ["additionalProperties"] = false,
        };
        return new JsonObject { ["anyOf"] = new JsonArray((JsonNode?)list, wrapped) };
    }

    /// <summary>A null says "remove", so every member may be one that is not required.</summary>
    private static JsonObject Object(CardField field)
    {
        var properties = new JsonObject();
        foreach (var member in field.Fields!)
        {
            var schema = Of(member);
            properties[member.Name] =
                member.Required || schema.Count == 1
                    ? schema
                    : new JsonObject
                    {
                        ["anyOf"] = new JsonArray((JsonNode?)schema, new JsonObject { ["type"] = "null" }),
                    };
        }

        var whole = new JsonObject { ["type"] = "object", ["properties"] = properties };
        if (field.Fields!.Any(member => member.Required))
        {
            whole["required"] = new JsonArray([
                .. field.Fields!.Where(member => member.Required).Select(member => (JsonNode?)member.Name),
            ]);
        }

        whole["additionalProperties"] = false;
        return whole;
    }

    private static JsonObject Map(CardField field)
    {
        var value = new JsonObject { ["type"] = new JsonArray("string", "number", "boolean", "null") };
        if (field.MaxLength is { } most)
        {
            value["maxLength"] = most;
        }

        return new JsonObject
        {
            ["type"] = "object",
            ["propertyNames"] = new JsonObject { ["pattern"] = KeySchema.Whole(AwsFormats.VariableName.ToString()) },
            ["additionalProperties"] = value,
        };
    }
}
