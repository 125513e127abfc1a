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

    /// <summary>What was written, or null where it is something else.</summary>
    internal static StackConfiguration? Read(ReadOnlyMemory<byte> file)
    {
        try
        {
            using var json = JsonDocument.Parse(file);
            return new StackConfiguration(Read(json.RootElement, "Parameters"), Read(json.RootElement, "Tags"));
        }
        // Also for another kind of value, half of a character, or a member that is not there.
        catch (Exception foreign) when (foreign is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }

    private static OrderedDictionary<string, string> Read(JsonElement json, string name)
    {
        var values = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in json.GetProperty(name).EnumerateObject())
        {
            values[member.Name] = member.Value.GetString() ?? throw new JsonException($"{member.Name} has no value.");
        }

        return values;
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

/// <summary>What one stack is given.</summary>
/// <param name="Parameters">By name, in the order of the file.</param>
/// <param name="Tags">By key.</param>
internal sealed record StackConfiguration(
    OrderedDictionary<string, string> Parameters,
    OrderedDictionary<string, string> Tags
);
