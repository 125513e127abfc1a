using System.Buffers;
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
        // The same for every target: the key has no value per target.
        foreach (var insertion in part.Insertions)
        {
            template = Insert(template.Span, insertion, request.Text(insertion.Key, ""), part);
        }

        return template;
    }

    private static ReadOnlyMemory<byte> Insert(
        ReadOnlySpan<byte> template,
        InsertionDefinition insertion,
        string value,
        PartDefinition part
    )
    {
        var marker = Encoding.UTF8.GetBytes(Empty + insertion.Marker);
        var written = new ArrayBufferWriter<byte>(template.Length + value.Length);
        var isThere = false;
        while (!template.IsEmpty)
        {
            var found = template.IndexOf(marker);
            var end = found < 0 ? template.Length : EndOfLine(template, found);
            var line = template[..end];
            if (found >= 0 && line[(found + marker.Length)..].Trim("\r\n"u8).IsEmpty)
            {
                isThere = true;
                var isLeftOut = value.Length == 0;
                written.Write(line[..(isLeftOut ? line[..found].LastIndexOf((byte)'\n') + 1 : found)]);
                written.Write(isLeftOut ? [] : Encoding.UTF8.GetBytes(value));
                line = isLeftOut ? [] : line[(found + marker.Length)..];
            }

            written.Write(line);
            template = template[end..];
        }

        return isThere
            ? written.WrittenMemory
            : throw new BlueprintException(
                $"{part.Template} has no line that ends with \"{Empty}{insertion.Marker}\"."
            );
    }

    /// <summary>Behind the line break, or the end of the text.</summary>
    private static int EndOfLine(ReadOnlySpan<byte> text, int from)
    {
        var length = text[from..].IndexOf((byte)'\n');
        return length < 0 ? text.Length : from + length + 1;
    }
}
