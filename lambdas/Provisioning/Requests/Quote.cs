using System.Globalization;

namespace Mlops.Provisioning.Requests;

/// <summary>
/// What a client sent, written so that it stays what it is: in a pointer, in a sentence, in a command. And on its line: mails,
/// logs and CI jobs give the first word of a line a meaning.
/// </summary>
internal static class Quote
{
    private const int LongestSegment = 100;

    /// <summary>JSON pointer (RFC 6901) of a member.</summary>
    public static string Pointer(string pointer, string name)
    {
        var segment = name.Length <= LongestSegment ? name : name[..LongestSegment];
        return $"{pointer}/{Visible(segment).Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
    }

    /// <summary>In a sentence.</summary>
    public static string Text(string value) => $"\"{Visible(Finding.Shortened(value))}\"";

    /// <summary>As one word of a POSIX shell, whatever is in it.</summary>
    public static string Word(string value) =>
        $"'{Visible(Finding.Shortened(value)).Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <summary>Line ends, commands of terminals and changes of the direction of text as JSON writes them: <c>\n</c>, <c>\u001b</c>.</summary>
    public static string Visible(string text) =>
        text.Any(IsUnseen)
            ? string.Concat(text.Select(letter => IsUnseen(letter) ? Escaped(letter) : $"{letter}"))
            : text;

    private static bool IsUnseen(char letter) =>
        char.IsControl(letter)
        || CharUnicodeInfo.GetUnicodeCategory(letter)
            is UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.Format;

    private static string Escaped(char letter) =>
        letter switch
        {
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            _ => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}"),
        };
}
