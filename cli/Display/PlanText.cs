using System.Globalization;
using Mlops.Provisioning.Configs;
using Spectre.Console;

namespace Mlops.Cli.Display;

/// <summary>A plan as lines of a diff: <c>+</c> is made, <c>~</c> is changed, <c>-</c> is taken down. Below each, what differs.</summary>
internal static class PlanText
{
    public static void Write(IAnsiConsole console, ConfigPlan plan)
    {
        var changes = plan.Pipelines.Where(each => each.Change != PlannedChange.Unchanged).ToList();
        var width = changes.Select(each => each.Pipeline.Length).DefaultIfEmpty().Max();
        foreach (var each in changes)
        {
            var (sign, color) = Sign(each.Change);
            var name = Markup.Escape(each.Pipeline.PadRight(width));
            var why = Markup.Escape(string.Join(", ", each.Reasons));
            console.MarkupLine($"[{color}]{sign}[/] [bold]{name}[/]  [dim]{why}[/]");
            foreach (var line in Differences(each))
            {
                console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"    {line}");
            }
        }

        foreach (var note in plan.Notes)
        {
            console.MarkupLineInterpolated($"[yellow]note:[/] {note}");
        }

        var counts = plan.Counts;
        console.MarkupLineInterpolated(
            CultureInfo.InvariantCulture,
            $"{counts.Create} to make, {counts.Update} to update, {counts.Remove} to take down, {counts.Unchanged} unchanged."
        );
    }

    private static IEnumerable<string> Differences(PlannedPipeline planned)
    {
        var told = planned.Differences ?? [];
        var more = planned.MoreDifferences.ToString(CultureInfo.InvariantCulture);
        return
        [
            .. told.Select(each => each.ToString()),
            .. planned.MoreDifferences == 0
                ? []
                : (string[])[told.Count == 0 ? $"parameters that differ: {more}" : $"… and {more} more"],
        ];
    }

    private static (string Sign, string Color) Sign(PlannedChange change) =>
        change switch
        {
            PlannedChange.Create => ("+", "green"),
            PlannedChange.Remove => ("-", "red"),
            _ => ("~", "yellow"),
        };
}
