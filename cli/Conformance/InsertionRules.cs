using System.Text;
using Mlops.Provisioning.Blueprints;

namespace Mlops.Cli.Conformance;

/// <summary>Every insertion has its marked line, and every marked line its insertion.</summary>
internal static class InsertionRules
{
    private const string Mark = ": {} # insert: ";

    public static IEnumerable<ConformanceProblem> Problems(PartDefinition part, ReadOnlyMemory<byte> template)
    {
        var marked = Encoding
            .UTF8.GetString(template.Span)
            .Split('\n')
            .Where(line => line.Contains("# insert:", StringComparison.Ordinal))
            .Select(line => line.Trim().Split(Mark)[^1])
            .ToHashSet(StringComparer.Ordinal);
        var declared = part.Insertions.Select(insertion => insertion.Marker).ToHashSet(StringComparer.Ordinal);
        foreach (var marker in marked.Except(declared))
        {
            yield return new(part.Template, "insertions", $"No insertion of the manifest is called {marker}.");
        }

        foreach (var marker in declared.Except(marked))
        {
            yield return new(
                part.Template,
                "insertions",
                $"No line ends with \"{Mark.TrimStart(':').Trim()} {marker}\"."
            );
        }
    }
}
