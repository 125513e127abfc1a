using System.Text;
using Mlops.Provisioning.Blueprints;
using Mlops.Provisioning.Requests;

namespace Mlops.Provisioning.Packaging;

/// <summary>
/// Writes values into a template that no CloudFormation parameter can hold (a map has none). The template says where,
/// and is valid as it stands: <c>Environment: {} # insert: environment_variables</c>.
/// </summary>
public static class TemplateInsertions
{
    private const string Empty = "{} # insert: ";

    /// <summary>The template with the request's values; the same bytes for the same request.</summary>
    /// <exception cref="BlueprintException">The template has no line for an insertion.</exception>
    public static ReadOnlyMemory<byte> Apply(
        ReadOnlyMemory<byte> template,
        PartDefinition part,
        ValidatedRequest request
    )
    {
        if (part.Insertions.Count == 0)
        {
            return template;
        }

        var lines = Encoding.UTF8.GetString(template.Span).Split('\n').ToList();
        foreach (var insertion in part.Insertions)
        {
            // The same for every target: the key has no value per target.
            Insert(lines, insertion, request.Text(insertion.Key, ""), part);
        }

        return Encoding.UTF8.GetBytes(string.Join('\n', lines));
    }

    private static void Insert(List<string> lines, InsertionDefinition insertion, string value, PartDefinition part)
    {
        var marker = Empty + insertion.Marker;
        var isThere = false;
        for (var i = lines.Count - 1; i >= 0; i--)
        {
            var line = lines[i].TrimEnd();
            if (!line.EndsWith(marker, StringComparison.Ordinal))
            {
                continue;
            }

            isThere = true;
            if (value.Length == 0)
            {
                lines.RemoveAt(i);
            }
            else
            {
                lines[i] = line[..^marker.Length] + value;
            }
        }

        if (!isThere)
        {
            throw new BlueprintException($"{part.Template} has no line that ends with \"{marker}\".");
        }
    }
}
