using System.Text;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>
/// Where log lines go: standard output, in the format of AWS_LAMBDA_HANDLER_LOG_FORMAT or AWS_LAMBDA_LOG_FORMAT
/// (Default, Unformatted, Json), from the level of AWS_LAMBDA_HANDLER_LOG_LEVEL or AWS_LAMBDA_LOG_LEVEL (Information).
/// Console.WriteLine comes here too, so that every line carries its request's id.
/// </summary>
internal sealed class LogWriter : ILambdaLogger
{
    private readonly Lock _oneAtATime = new();
    private readonly TextWriter _output;
    private readonly LogFormat _format;
    private readonly LogLevel _minimum;

    private LogWriter(TextWriter output)
    {
        _output = output;
        _format = LogFormat.Named(Variable("FORMAT"));
        _minimum = Level(Variable("LEVEL")) ?? LogLevel.Information;
    }

    /// <summary>The call that is being handled; null before the first.</summary>
    public ILambdaContext Current { get; set; }

    public static LogWriter OverConsole()
    {
        var output = Console.Out is Lines lines ? lines.Inner : Console.Out;
        var error = Console.Error is Lines errorLines ? errorLines.Inner : Console.Error;
        var log = new LogWriter(output);

        Console.SetOut(new Lines(output, line => log.Write(nameof(LogLevel.Information), null, line, [])));
        Console.SetError(
            new Lines(
                error,
                line => new LogWriter(error) { Current = log.Current }.Write(nameof(LogLevel.Error), null, line, [])
            )
        );
        LambdaLogger.Writer = log.Write;
        return log;
    }

    public void Log(string message) => _output.Write(message);

    public void LogLine(string message) => Write(nameof(LogLevel.Information), null, message, []);

    public void Log(string level, string message) => Write(level, null, message, []);

    public void Log(string level, string message, params object[] args) => Write(level, null, message, args);

    public void Log(string level, Exception exception, string message, params object[] args) =>
        Write(level, exception, message, args);

    public void Write(string level, Exception exception, string message, object[] args)
    {
        var parsed = Level(level);

        if (parsed < _minimum)
        {
            return;
        }

        var line = _format.Line(
            parsed ?? LogLevel.Information,
            exception,
            message ?? string.Empty,
            args ?? [],
            Current
        );

        lock (_oneAtATime)
        {
            _output.WriteLine(line);
            _output.Flush();
        }
    }

    private static string Variable(string what) =>
        Environment.GetEnvironmentVariable($"AWS_LAMBDA_HANDLER_LOG_{what}") is { Length: > 0 } own
            ? own
            : Environment.GetEnvironmentVariable($"AWS_LAMBDA_LOG_{what}");

    private static LogLevel? Level(string name) =>
        name?.ToUpperInvariant() switch
        {
            "FATAL" => LogLevel.Critical,
            "WARN" => LogLevel.Warning,
            "INFO" => LogLevel.Information,
            _ => Enum.TryParse<LogLevel>(name, ignoreCase: true, out var level) ? level : null,
        };

    /// <summary>A console whose lines are log lines; what is written without an end of line passes as it is.</summary>
    private sealed class Lines(TextWriter inner, Action<string> line) : TextWriter
    {
        public TextWriter Inner => inner;

        public override Encoding Encoding => inner.Encoding;

        public override void Write(char value) => inner.Write(value);

        public override void Write(string value) => inner.Write(value);

        public override void WriteLine() => line(string.Empty);

        public override void WriteLine(string value) => line(value ?? string.Empty);

        public override void WriteLine(object value) => line(value?.ToString() ?? string.Empty);

        public override void WriteLine(ReadOnlySpan<char> buffer) => line(new string(buffer));

        public override Task WriteLineAsync(string value)
        {
            line(value ?? string.Empty);
            return Task.CompletedTask;
        }

        public override void Flush() => inner.Flush();
    }
}
