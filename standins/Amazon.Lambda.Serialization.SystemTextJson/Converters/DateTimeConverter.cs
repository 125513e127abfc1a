using System.Text.Json;
using System.Text.Json.Serialization;

namespace Amazon.Lambda.Serialization.SystemTextJson.Converters;

public class DateTimeConverter : JsonConverter<DateTime>
{
    // Seconds until the year 5000; what is above must be milliseconds (Kinesis sends those).
    private const long LastYearOfSeconds = 157_753_180_800;

    public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is JsonTokenType.String && reader.TryGetDateTime(out var date))
        {
            return date;
        }

        if (reader.TokenType is JsonTokenType.Number)
        {
            return reader.TryGetInt64(out var whole) switch
            {
                true when whole > LastYearOfSeconds => DateTime.UnixEpoch.AddMilliseconds(whole),
                true => DateTime.UnixEpoch.AddSeconds(whole),
                false => DateTime.UnixEpoch.AddSeconds(reader.GetDouble()),
            };
        }

        throw new JsonSerializerException($"Unknown data type for DateTime: {reader.TokenType}");
    }

    public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value);
}
