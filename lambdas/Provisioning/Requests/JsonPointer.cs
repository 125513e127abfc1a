namespace Mlops.Provisioning.Requests;

/// <summary>JSON pointers (RFC 6901).</summary>
internal static class JsonPointer
{
    private const int LongestSegment = 100;

    public static string Below(string pointer, string name)
    {
        var segment = name.Length <= LongestSegment ? name : name[..LongestSegment];
        return $"{pointer}/{segment.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
    }

    public static string Quoted(string value) => $"\"{Finding.Shortened(value)}\"";
}
