using System.Globalization;
using Spectre.Console;

namespace Mlops.Local.Display;

/// <summary>For a terminal: color, and a table of stages that is drawn again in place.</summary>
public sealed class TerminalDisplay : IDisplay
{
    /// <summary>Wider than any line: a command that the console breaks could not be pasted.</summary>
    private const int Unbroken = 100_000;

    private readonly Lock gate = new();
    private readonly IAnsiConsole console;
    private readonly int width;
    private string? tableOf;
    private int tableLines;

    /// <summary>Takes the console over: from now on its lines are broken by the terminal alone.</summary>
    public TerminalDisplay(IAnsiConsole console)
    {
        this.console = console;
        width = console.Profile.Width;
        console.Profile.Width = Unbroken;
    }

    /// <inheritdoc />
    public void Show(LocalEvent happened)
    {
        lock (gate)
        {
            if (happened is PipelineChanged changed)
            {
                Draw(changed.Pipeline);
                return;
            }

            tableOf = null;
            foreach (var line in Markup(happened))
            {
                console.MarkupLine(line);
            }
        }
    }

    private void Draw(PipelineView pipeline)
    {
        if (tableOf == pipeline.Name)
        {
            console.Cursor.MoveUp(tableLines);
        }

        var lines = new List<string> { $"[bold]{Escape(Shortened(pipeline.Name, width - 1))}[/]" };
        foreach (var stage in pipeline.Stages)
        {
            lines.Add($"  {Mark(stage.Status)} {Escape(stage.Name)}");
            lines.AddRange(stage.Actions.Select(Action));
        }

        foreach (var line in lines)
        {
            console.Write(new ControlCode("\u001b[2K"));
            console.MarkupLine(line);
        }

        (tableOf, tableLines) = (pipeline.Name, lines.Count);
    }

    private string Action(ActionView action)
    {
        var said = action.Error ?? action.Summary;
        var room = Math.Max(width - 36, 20);
        var detail = said is null ? "" : $" [grey]{Escape(Shortened(said.ReplaceLineEndings(" "), room))}[/]";
        return $"      {Mark(action.Status)} {Escape(action.Name.PadRight(12))} {action.Status ?? "-", -12}{detail}";
    }

    private static string Shortened(string text, int length) =>
        text.Length <= length ? text : $"{text[..(length - 1)]}…";

    private static IEnumerable<string> Markup(LocalEvent happened) =>
        happened switch
        {
            PackagesChosen packages => [$"[grey]{Escape(Lines.PackagesLine(packages.Source))}[/]"],
            Note note => [$"[grey]{Escape(note.Text)}[/]"],
            StepDone step =>
            [
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"[green]✓[/] {Escape(step.Text)} [grey]{step.Took.TotalSeconds:0.0} s[/]"
                ),
            ],
            LeftOut => Lines.Of(happened).Select(line => $"[yellow]{Escape(line)}[/]"),
            PipelineEnded { Status: "Succeeded" or "Removed" } => Lines
                .Of(happened)
                .Select(line => $"[green]{Escape(line)}[/]"),
            PipelineEnded { Status: "WaitsForApproval" } => Lines
                .Of(happened)
                .Select(line => $"[yellow]{Escape(line)}[/]"),
            ApprovalNeeded => Lines.Of(happened).Select(line => $"[yellow]{Escape(line)}[/]"),
            PipelineEnded or Failed => Lines.Of(happened).Select(line => $"[red]{Escape(line)}[/]"),
            ExampleAnswered { Status: not 200 } => Lines.Of(happened).Select(line => $"[red]{Escape(line)}[/]"),
            MailArrived => Lines.Of(happened).Select(line => $"[aqua]{Escape(line)}[/]"),
            EndpointSeen => Lines.Of(happened).Select(line => $"[bold]{Escape(line)}[/]"),
            _ => Lines.Of(happened).Select(Escape),
        };

    private static string Mark(string? status) =>
        status switch
        {
            "Succeeded" => "[green]✓[/]",
            "Failed" => "[red]✗[/]",
            "InProgress" => "[yellow]●[/]",
            null => "[grey]·[/]",
            _ => "[grey]○[/]",
        };

    private static string Escape(string text) => Spectre.Console.Markup.Escape(text);
}
