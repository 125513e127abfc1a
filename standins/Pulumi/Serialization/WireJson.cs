using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Pulumi.Serialization;

/// <summary>Wire values as JSON text, spaced as the official SDK spaces it, so that snapshots hold with either.</summary>
internal static class WireJson
{
    public static string Format(object? value)
    {
        var text = new StringBuilder();
        Append(text, value);
        return text.ToString();
    }

    private static void Append(StringBuilder text, object? value)
    {
        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case bool truth:
                text.Append(truth ? "true" : "false");
                break;
            case double number:
                AppendNumber(text, number);
                break;
            case string characters:
                AppendText(text, characters);
                break;
            case ImmutableArray<object?> list:
                AppendAll(text, "[ ", list, Append, " ]");
                break;
            case ImmutableDictionary<string, object?> map:
                AppendAll(text, "{ ", map.OrderBy(entry => entry.Key), AppendEntry, " }");
                break;
            default:
                throw new InvalidOperationException(
                    $"Unsupported value when converting to JSON: {value.GetType().FullName}"
                );
        }
    }

    private static void AppendAll<T>(
        StringBuilder text,
        string open,
        IEnumerable<T> items,
        Action<StringBuilder, T> append,
        string close
    )
    {
        text.Append(open);
        var isFirst = true;

        foreach (var item in items)
        {
            text.Append(isFirst ? "" : ", ");
            append(text, item);
            isFirst = false;
        }

        text.Append(isFirst ? close.TrimStart() : close);
    }

    private static void AppendEntry(StringBuilder text, KeyValuePair<string, object?> entry)
    {
        AppendText(text, entry.Key);
        text.Append(": ");
        Append(text, entry.Value);
    }

    private static void AppendNumber(StringBuilder text, double number)
    {
        var digits = number.ToString("r", CultureInfo.InvariantCulture);
        text.Append(double.IsFinite(number) ? digits : $"\"{digits}\"");
    }

    private static void AppendText(StringBuilder text, string characters)
    {
        text.Append('"');

        foreach (var character in characters)
        {
            _ = character switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                '<' or '>' => Escape(text, character),
                _ when IsInvisible(character) => Escape(text, character),
                _ => text.Append(character),
            };
        }

        text.Append('"');
    }

    private static bool IsInvisible(char character) =>
        char.GetUnicodeCategory(character)
            is UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.Surrogate;

    private static StringBuilder Escape(StringBuilder text, char character) =>
        text.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
}
