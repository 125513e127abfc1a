using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Spectre.Console;

namespace Mlops.Cli.Display;

/// <summary>Standard output and standard error. Results go to the first, everything else to the second.</summary>
public sealed class CliConsole(IAnsiConsole output, IAnsiConsole error)
{
    // A pipe has no width; text that is wrapped for one cannot be searched.
    private const int PipeWidth = 10_000;

    // Only what HTML would misread is escaped by default; nobody reads this as HTML.
    private static readonly JsonWriterOptions ForTerminals = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Results.</summary>
    public IAnsiConsole Output { get; } = output;

    /// <summary>Complaints and progress.</summary>
    public IAnsiConsole Error { get; } = error;

    /// <summary>The console of this process.</summary>
    public static CliConsole OfProcess() =>
        new(Over(Console.Out, Console.IsOutputRedirected), Over(Console.Error, Console.IsErrorRedirected));

    /// <summary>Writes the one object of <see cref="OutputFormat.Json"/>, on one line.</summary>
    public void WriteJson<T>(T value, JsonTypeInfo<T> type)
    {
        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text, ForTerminals))
        {
            JsonSerializer.Serialize(writer, value, type);
        }

        WriteLine(Output, Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length));
    }

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
