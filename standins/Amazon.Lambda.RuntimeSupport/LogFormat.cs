using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

internal abstract partial class LogFormat
{
    public static LogFormat Named(string name) =>
        name?.ToUpperInvariant() switch
        {
            "JSON" => new Json(),
            "UNFORMATTED" => new Text(prefix: false),
            _ => new Text(prefix: true),
        };

    public abstract string Line(
        LogLevel level,
        Exception exception,
        string template,
        object[] args,
        ILambdaContext context
    );

    private static string Now() => DateTime.UtcNow.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    // "{0}" is the first argument, "{name}" the next one that no earlier name took; the rest stays as it is written.
    private static IEnumerable<(string Hole, string Name, object Value)> Bound(string template, object[] args)
    {
        if (args.Length == 0)
        {
            yield break;
        }

        var holes = Hole().Matches(template);
        var positional = holes.All(h => int.TryParse(h.Groups[1].Value, CultureInfo.InvariantCulture, out _));

        for (var i = 0; i < holes.Count; i++)
        {
            var name = holes[i].Groups[1].Value;
            var index = positional ? int.Parse(name, CultureInfo.InvariantCulture) : i;

            if (index < args.Length)
            {
                yield return (holes[i].Value, name, args[index]);
            }
        }
    }

    private static string Message(string template, object[] args)
    {
        var message = new StringBuilder(template);
        var from = 0;

        foreach (var (hole, _, value) in Bound(template, args))
        {
            var at = message.ToString().IndexOf(hole, from, StringComparison.Ordinal);
            var text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? hole;
            message.Remove(at, hole.Length).Insert(at, text);
            from = at + text.Length;
        }

        return message.ToString();
    }

    [GeneratedRegex(@"(?<!\{)\{@?([^{}:]+)(?::[^{}]*)?\}")]
    private static partial Regex Hole();

    private sealed class Text(bool prefix) : LogFormat
    {
        public override string Line(
            LogLevel level,
            Exception exception,
            string template,
            object[] args,
            ILambdaContext context
        )
        {
            var line = prefix ? $"{Now()}\t{context?.AwsRequestId}\t{Label(level)}\t" : string.Empty;
            var message = Message(template, args);
            var separator = exception is null || message.Length == 0 ? string.Empty : "\n";
            return line + message + separator + exception;
        }

        private static string Label(LogLevel level) =>
            level switch
            {
                LogLevel.Trace => "trce",
                LogLevel.Debug => "dbug",
                LogLevel.Information => "info",
                LogLevel.Warning => "warn",
                LogLevel.Error => "fail",
                _ => "crit",
            };
    }

    private sealed class Json : LogFormat
    {
        public override string Line(
            LogLevel level,
            Exception exception,
            string template,
            object[] args,
            ILambdaContext context
        )
        {
            using var buffer = new MemoryStream();

            using (var writer = new Utf8JsonWriter(buffer))
            {
                writer.WriteStartObject();
                writer.WriteString("timestamp", Now());
                writer.WriteString("level", level.ToString());
                WriteIfAny(writer, "requestId", context?.AwsRequestId);
                WriteIfAny(writer, "tenantId", context?.TenantId);
                WriteIfAny(writer, "traceId", context?.TraceId);
                writer.WriteString("message", Message(template, args));

                foreach (var (_, name, value) in Bound(template, args).Where(b => b.Value is not null))
                {
                    WriteValue(writer, name, value);
                }

                if (exception is not null)
                {
                    writer.WriteString("errorType", exception.GetType().FullName);
                    writer.WriteString("errorMessage", exception.Message);
                    writer.WriteStartArray("stackTrace");

                    foreach (var frame in exception.ToString().Split('\n', StringSplitOptions.TrimEntries))
                    {
                        writer.WriteStringValue(frame);
                    }

                    writer.WriteEndArray();
                }

                writer.WriteEndObject();
            }

            return Encoding.UTF8.GetString(buffer.ToArray());
        }

        private static void WriteIfAny(Utf8JsonWriter writer, string name, string value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                writer.WriteString(name, value);
            }
        }

        private static void WriteValue(Utf8JsonWriter writer, string name, object value)
        {
            switch (value)
            {
                case bool flag:
                    writer.WriteBoolean(name, flag);
                    break;
                case sbyte or short or int or long:
                    writer.WriteNumber(name, Convert.ToInt64(value, CultureInfo.InvariantCulture));
                    break;
                case byte or ushort or uint or ulong:
                    writer.WriteNumber(name, Convert.ToUInt64(value, CultureInfo.InvariantCulture));
                    break;
                case decimal number:
                    writer.WriteNumber(name, number);
                    break;
                case double or float when double.IsFinite(Convert.ToDouble(value, CultureInfo.InvariantCulture)):
                    writer.WriteNumber(name, Convert.ToDouble(value, CultureInfo.InvariantCulture));
                    break;
                default:
                    writer.WriteString(name, Convert.ToString(value, CultureInfo.InvariantCulture));
                    break;
            }
        }
    }
}
