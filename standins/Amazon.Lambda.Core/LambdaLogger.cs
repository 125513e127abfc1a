namespace Amazon.Lambda.Core;

public static class LambdaLogger
{
    // RuntimeSupport puts its own writer here, once, when a bootstrap is made.
    internal static Action<string, Exception, string, object[]> Writer { get; set; } = WriteToConsole;

    public static void Log(string message) => Writer(null, null, message, []);

    public static void Log(string level, string message, params object[] args) => Writer(level, null, message, args);

    public static void Log(LogLevel level, string message, params object[] args) =>
        Writer(level.ToString(), null, message, args);

    public static void Log(string level, Exception exception, string message, params object[] args) =>
        Writer(level, exception, message, args);

    public static void Log(LogLevel level, Exception exception, string message, params object[] args) =>
        Writer(level.ToString(), exception, message, args);

    private static void WriteToConsole(string level, Exception exception, string message, object[] args)
    {
        var prefix = level is null ? string.Empty : $"{level}: ";
        var suffix = args is { Length: > 0 }
            ? " Arguments: " + string.Join(' ', args.Select(a => $"\"{a}\""))
            : string.Empty;
        Console.WriteLine(prefix + message + suffix);

        if (exception is not null)
        {
            Console.WriteLine(exception);
        }
    }
}
