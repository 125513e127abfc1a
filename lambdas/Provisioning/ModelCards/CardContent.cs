using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Mlops.Provisioning.ModelCards;

/// <summary>Puts contents of cards together.</summary>
internal static class CardContent
{
    // Quotes and other languages stay as they are written: people read them in the console.
    private static readonly JsonWriterOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>
    /// Writes a change over a content as RFC 7396 (JSON Merge Patch) says: objects key by key, null removes, and anything
    /// else, lists included, replaces.
    /// </summary>
    public static JsonObject Merge(JsonObject content, JsonObject change)
    {
        var merged = content.DeepClone().AsObject();
        foreach (var (name, value) in change)
        {
            switch (value)
            {
                case null:
                    merged.Remove(name);
                    break;
                case JsonObject inner:
                    merged[name] = Merge(merged[name] as JsonObject ?? [], inner);
                    break;
                default:
                    merged[name] = value.DeepClone();
                    break;
            }
        }

        return merged;
    }

    /// <summary>The content as one line of JSON.</summary>
    public static string Write(JsonObject content)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, Readable))
        {
            content.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    /// <summary>The content of a card as SageMaker gave it; what is no object counts as nothing.</summary>
    public static JsonObject Parse(string? content)
    {
        try
        {
            return string.IsNullOrEmpty(content) ? [] : JsonNode.Parse(content) as JsonObject ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
