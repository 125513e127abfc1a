using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Spectre.Console;

namespace Mlops.Cli.Display;

/// <summary>Standard output and standard error. Results go to the first, everything else to the second.</summary>
public sealed class CliConsole(IAnsiConsole output, IAnsiConsole error)
{
    // A pipe has no width; text that is wrapped for one cannot be searched.
    private const int PipeWidth = 10_000;

    /// <summary>Results.</summary>
    public IAnsiConsole Output { get; } = output;

    /// <summary>Complaints and progress.</summary>
    public IAnsiConsole Error { get; } = error;

    /// <summary>The console of this process.</summary>
    public static CliConsole OfProcess() =>
        new(Over(Console.Out, Console.IsOutputRedirected), Over(Console.Error, Console.IsErrorRedirected));

    /// <summary>Writes the one object of <see cref="OutputFormat.Json"/>, on one line.</summary>
    public void WriteJson<T>(T value, JsonTypeInfo<T> type) => WriteLine(Output, JsonSerializer.Serialize(value, type));

    /// <summary>A line as it is: never wrapped, never read as markup.</summary>
    public static void WriteLine(IAnsiConsole console, string text) => console.Profile.Out.Writer.WriteLine(text);

    private static IAnsiConsole Over(TextWriter writer, bool redirected)
    {
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Out = new AnsiConsoleOutput(writer),
                Ansi = redirected ? AnsiSupport.No : AnsiSupport.Detect,
                ColorSystem = redirected ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
                Interactive = redirected ? InteractionSupport.No : InteractionSupport.Detect,
            }
        );
        if (redirected)
        {
            console.Profile.Width = PipeWidth;
        }

        return console;
    }
}
