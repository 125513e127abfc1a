using System.Buffers;
using System.Text.Json;

namespace Mlops.Provisioning.Packaging;

/// <summary>CloudFormation's template configuration file: parameters and tags of one stack.</summary>
public static class TemplateConfiguration
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n" };

    /// <summary>The file's bytes; the same for the same values.</summary>
    public static ReadOnlyMemory<byte> Write(
        IReadOnlyList<KeyValuePair<string, string>> parameters,
        IReadOnlyDictionary<string, string> tags
    )
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            Write(json, "Parameters", parameters);
            Write(json, "Tags", tags.OrderBy(tag => tag.Key, StringComparer.Ordinal));
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter json, string name, IEnumerable<KeyValuePair<string, string>> values)
    {
        json.WriteStartObject(name);
        foreach (var (key, value) in values)
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }
}
