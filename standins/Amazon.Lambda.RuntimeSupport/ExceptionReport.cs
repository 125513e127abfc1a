using System.Text.Encodings.Web;
using System.Text.Json;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>An exception as the runtime API takes it: errorType, errorMessage, stackTrace, cause, causes.</summary>
internal static class ExceptionReport
{
    private const int LargestPayload = 256 * 1024;

    // People read this in a log: "<" of a generic type stays what it is.
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static byte[] Of(Exception exception)
    {
        using var buffer = new MemoryStream();

        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            Write(writer, exception);
        }

        return buffer.Length <= LargestPayload
            ? buffer.ToArray()
            : """{"errorMessage": "Exception exceeded maximum payload size of 256KB."}"""u8.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, Exception exception)
    {
        writer.WriteStartObject();
        writer.WriteString("errorType", exception.GetType().Name);
        writer.WriteString("errorMessage", exception.Message);

        if (!string.IsNullOrWhiteSpace(exception.StackTrace))
        {
            writer.WriteStartArray("stackTrace");

            foreach (var frame in exception.StackTrace.Split('\n', StringSplitOptions.TrimEntries))
            {
                writer.WriteStringValue(frame);
            }

            writer.WriteEndArray();
        }

        if (exception.InnerException is not null)
        {
            writer.WritePropertyName("cause");
            Write(writer, exception.InnerException);
        }

        if (exception is AggregateException { InnerExceptions.Count: > 0 } several)
        {
            writer.WriteStartArray("causes");

            foreach (var inner in several.InnerExceptions)
            {
                Write(writer, inner);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }
}
