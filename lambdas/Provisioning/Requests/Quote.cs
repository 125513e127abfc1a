namespace Mlops.Provisioning.Requests;

/// <summary>What a client sent, written so that it stays what it is: in a pointer, in a sentence, in a command.</summary>
internal static class Quote
{
    private const int LongestSegment = 100;

    /// <summary>JSON pointer (RFC 6901) of a member.</summary>
    public static string Pointer(string pointer, string name)
    {
        var segment = name.Length <= LongestSegment ? name : name[..LongestSegment];
        return $"{pointer}/{segment.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
    }

    /// <summary>In a sentence.</summary>
    public static string Text(string value) => $"\"{Finding.Shortened(value)}\"";

    /// <summary>As one word of a POSIX shell, whatever is in it.</summary>
    public static string Word(string value) =>
        $"'{Finding.Shortened(value).Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
