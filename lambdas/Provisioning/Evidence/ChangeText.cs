using System.Globalization;
using System.Text;

namespace Mlops.Provisioning.Evidence;

/// <summary>Changes in words, for an approval's text, a mail and a terminal.</summary>
public static class ChangeText
{
    /// <summary>CodePipeline's limit for the text of an approval with its variables resolved (CustomData).</summary>
    public const int ApprovalLimit = 1_000;

    private const int ValueLimit = 60;

    /// <summary>One sentence: how many of what.</summary>
    public static string Headline(TargetChanges changes)
    {
        if (changes.IsEmpty)
        {
            return $"Nothing changes in {changes.Target} ({changes.Account}).";
        }

        var kinds = changes
            .Stacks.SelectMany(stack => stack.Resources)
            .GroupBy(change => change.Kind)
            .OrderBy(kind => kind.Key)
            .Select(kind => $"{kind.Count()} {Done(kind.Key)}");
        return $"{changes.Target} ({changes.Account}): {string.Join(", ", kinds)}.";
    }

    /// <summary>A line for each change, most dangerous first, then the parameters that differ.</summary>
    public static IReadOnlyList<string> Lines(TargetChanges changes) =>
        [
            .. changes.Stacks.SelectMany(stack => stack.Resources).OrderBy(change => change.Kind).Select(Line),
            .. changes.Stacks.SelectMany(stack => stack.IsNew ? [] : stack.Parameters).Select(Line),
        ];

    /// <summary>Headline and as many lines as fit; the last one says how many do not.</summary>
    /// <param name="changes">Which.</param>
    /// <param name="limit">Characters at most.</param>
    public static string Of(TargetChanges changes, int limit = ApprovalLimit)
    {
        var text = new StringBuilder(Headline(changes));
        var lines = Lines(changes);
        for (var i = 0; i < lines.Count; i++)
        {
            var more = string.Create(CultureInfo.InvariantCulture, $"\n… and {lines.Count - i} more");
            var room = limit - text.Length - (i == lines.Count - 1 ? 0 : more.Length);
            if (lines[i].Length + 1 > room)
            {
                return text.Append(more).ToString();
            }

            text.Append('\n').Append(lines[i]);
        }

        return text.ToString();
    }

    private static string Line(ResourceChange change)
    {
        var what = $"{Word(change.Kind)} {change.LogicalId} ({change.Type})";
        return change.Properties.Count == 0 ? what : $"{what}: {string.Join(", ", change.Properties)}";
    }

    /// <summary>From one value to another; null is none.</summary>
    internal static string Line(string name, string? before, string? after) =>
        $"{name}: {Value(before)} → {Value(after)}";

    private static string Line(ParameterChange change) =>
        Line(change.Name, Shortened(change.Before), Shortened(change.After));

    private static string Value(string? value) =>
        value switch
        {
            null => "(none)",
            "" => "(empty)",
            _ => value,
        };

    private static string? Shortened(string? value) =>
        value is { Length: > ValueLimit } ? $"{value[..(ValueLimit - 1)]}…" : value;

    private static string Word(ChangeKind kind) =>
        kind switch
        {
            ChangeKind.Replace => "REPLACE",
            ChangeKind.MayReplace => "MAY REPLACE",
            ChangeKind.Remove => "REMOVE",
            ChangeKind.Change => "change",
            _ => "add",
        };

    private static string Done(ChangeKind kind) =>
        kind switch
        {
            ChangeKind.Replace => "replaced",
            ChangeKind.MayReplace => "perhaps replaced",
            ChangeKind.Remove => "removed",
            ChangeKind.Change => "changed",
            _ => "added",
        };
}
