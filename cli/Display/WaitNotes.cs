using System.Globalization;
using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.Evidence;
using Spectre.Console;

namespace Mlops.Cli.Display;

/// <summary>What waits for an approval: for whom, what it would change, and how it is answered.</summary>
internal static class WaitNotes
{
    public static void Write(IAnsiConsole console, string pipeline, IReadOnlyList<StageReport> waits, string command)
    {
        foreach (var stage in waits)
        {
            var wait = stage.Waits!;
            var target = stage.Target ?? stage.Name;
            console.MarkupLineInterpolated(
                $"[yellow]waits for an approval:[/] {target}{Account(stage)}{Since(wait)}{Asked(wait)}"
            );
            foreach (var line in Changes(wait))
            {
                console.MarkupLineInterpolated($"  {line}");
            }

            if (wait.Link is { } link)
            {
                console.MarkupLineInterpolated($"  all of it: {link}");
            }

            console.MarkupLineInterpolated(
                $"[dim]next: {command} approve {pipeline} {target} --comment 'why' (or reject)[/]"
            );
        }
    }

    private static string Account(StageReport stage) => stage.Account is { } account ? $" ({account})" : "";

    private static string Since(WaitReport wait) =>
        wait.Since is { } since
            ? string.Create(CultureInfo.InvariantCulture, $", since {since.UtcDateTime:yyyy-MM-dd HH:mm} UTC")
            : "";

    private static string Asked(WaitReport wait) => wait.RequestedBy is { } caller ? $", asked for by {caller}" : "";

    private static IEnumerable<string> Changes(WaitReport wait) =>
        wait.Changes is { } changes ? ChangeText.Lines(changes).Prepend(ChangeText.Headline(changes))
        : wait.Text is { } text ? text.Split('\n')
        : ["What it would change is not kept any more."];
}
