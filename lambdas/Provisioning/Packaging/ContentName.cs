using System.Security.Cryptography;
using System.Text;

namespace Mlops.Provisioning.Packaging;

/// <summary>Names that say what something is of, and differ with what it is made of.</summary>
internal static class ContentName
{
    private const int HashLength = 8;

    /// <summary><c>&lt;model&gt;-&lt;kind&gt;-&lt;hash&gt;</c> in lower case; where that is too long, the model's end gives way.</summary>
    public static string Of(string modelName, string kind, string content, int limit) =>
        Join(modelName.Trim().ToLowerInvariant(), $"-{kind}-{Hash(content)}", limit);

    /// <summary><c>&lt;start&gt;-&lt;hash&gt;</c>; where that is too long, the start's end gives way.</summary>
    public static string Of(string start, string content, int limit) => Join(start, $"-{Hash(content)}", limit);

    private static string Join(string start, string end, int limit)
    {
        var room = limit - end.Length;
        return (start.Length > room ? start[..room] : start).Trim('-') + end;
    }

    private static string Hash(string content) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)))[..HashLength];
}
