using System.Text.Json;

namespace Amazon.StandIns;

/// <summary>The pieces of JSON that requests are written with and answers are read with.</summary>
internal static class JsonWire
{
    // An empty collection is sent, unless the caller had every collection made for it.
    public static bool IsSet<T>(ICollection<T> collection) =>
        collection is not null && (collection.Count > 0 || !AWSConfigs.InitializeCollections);

    public static void WriteList<T>(Utf8JsonWriter writer, List<T> items, Action<Utf8JsonWriter, T> write)
    {
        writer.WriteStartArray();

        foreach (var item in items)
        {
            write(writer, item);
        }

        writer.WriteEndArray();
    }

    public static void WriteMap<T>(Utf8JsonWriter writer, Dictionary<string, T> items, Action<Utf8JsonWriter, T> write)
    {
        writer.WriteStartObject();

        foreach (var (key, value) in items)
        {
            writer.WritePropertyName(key);
            write(writer, value);
        }

        writer.WriteEndObject();
    }

    /// <summary>Seconds since 1970, as a number.</summary>
    public static void WriteTime(Utf8JsonWriter writer, DateTime time) =>
        writer.WriteNumberValue((time.ToUniversalTime() - DateTime.UnixEpoch).TotalSeconds);

    /// <summary>The members that have a value; none for an empty body.</summary>
    public static IEnumerable<JsonProperty> Properties(JsonElement json) =>
        json.ValueKind is JsonValueKind.Object
            ? json.EnumerateObject().Where(p => p.Value.ValueKind is not JsonValueKind.Null)
            : [];

    public static List<T> ReadList<T>(JsonElement json, Func<JsonElement, T> read) =>
        json.EnumerateArray().Select(read).ToList();

    public static Dictionary<string, T> ReadMap<T>(JsonElement json, Func<JsonElement, T> read) =>
        json.EnumerateObject().ToDictionary(p => p.Name, p => read(p.Value));

    public static DateTime ReadTime(JsonElement json) =>
        json.ValueKind is JsonValueKind.Number
            ? DateTime.UnixEpoch.AddSeconds(json.GetDouble())
            : json.GetDateTimeOffset().UtcDateTime;
}
