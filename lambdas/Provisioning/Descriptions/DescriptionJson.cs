using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mlops.Provisioning.Descriptions;

/// <summary>Descriptions as JSON, on one line.</summary>
public static class DescriptionText
{
    // Quotes and other languages stay readable; nothing of it is ever part of a page.
    private static readonly DescriptionJson Readable = new(
        new JsonSerializerOptions(DescriptionJson.Default.Options)
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        }
    );

    /// <summary>Of one blueprint.</summary>
    public static string Of(BlueprintDescription blueprint) =>
        JsonSerializer.Serialize(blueprint, Readable.BlueprintDescription);

    /// <summary>Of one pipeline type.</summary>
    public static string Of(TypeDescription type) => JsonSerializer.Serialize(type, Readable.TypeDescription);

    /// <summary>Of all blueprints.</summary>
    public static string Of(BlueprintList list) => JsonSerializer.Serialize(list, Readable.BlueprintList);
}

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(BlueprintDescription))]
[JsonSerializable(typeof(TypeDescription))]
[JsonSerializable(typeof(BlueprintList))]
internal sealed partial class DescriptionJson : JsonSerializerContext;
