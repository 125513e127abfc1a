using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Mlops.Provisioning.Telemetry;

namespace Mlops.Provisioning.Logging;

/// <summary>One JSON object per line, as CloudWatch Logs Insights reads them. Fields are names and codes, never values of a request.</summary>
/// <param name="write">Gets each finished line, without its line break.</param>
/// <param name="clock">Gives each line its time.</param>
public sealed class StructuredLog(Action<string> write, TimeProvider clock)
{
    // Lines are read by people too: an arrow or a quote need not be six characters.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Something happened that somebody may want to know later.</summary>
    public void Information(string message, params ReadOnlySpan<(string Name, string? Value)> fields) =>
        Write("information", message, fields);

    /// <summary>Something did not go as asked, and the caller was told.</summary>
    public void Warning(string message, params ReadOnlySpan<(string Name, string? Value)> fields) =>
        Write("warning", message, fields);

    /// <summary>Something is broken on our side.</summary>
    public void Error(string message, params ReadOnlySpan<(string Name, string? Value)> fields) =>
        Write("error", message, fields);

    /// <summary>Something happened, and CloudWatch counts it: the line carries metrics besides its fields.</summary>
    public void Measured(
        string message,
        EmbeddedMetrics metrics,
        ReadOnlySpan<Measurement> measurements,
        params ReadOnlySpan<(string Name, string? Value)> fields
    ) => Write("information", message, fields, metrics, measurements);

    private void Write(
        string level,
        string message,
        ReadOnlySpan<(string Name, string? Value)> fields,
        EmbeddedMetrics? metrics = null,
        ReadOnlySpan<Measurement> measurements = default
    )
    {
        var now = clock.GetUtcNow();
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("timestamp", now);
            json.WriteString("level", level);
            json.WriteString("message", message);
            foreach (var (name, value) in fields)
            {
                json.WriteString(name, value);
            }

            metrics?.Write(json, now, measurements);
            json.WriteEndObject();
        }

        write(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }
}
