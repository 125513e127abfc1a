using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Mlops.Provisioning.Values;

/// <summary>
/// A place in S3: bucket and key or prefix. <c>s3://bucket/key/</c>, <c>bucket/key</c> and <c>bucket/key/</c> are the
/// same place.
/// </summary>
public sealed record S3Location
{
    /// <summary>What a client may write, in one line.</summary>
    public const string Rule = "<bucket>/<prefix>, with or without s3:// before it";

    private const string Scheme = "s3://";
    private const int ShortestBucket = 3;
    private const int LongestBucket = 63;

    private S3Location(string bucket, string key) => (Bucket, Key) = (bucket, key);

    /// <summary>3 to 63 characters (S3 bucket naming rules).</summary>
    public string Bucket { get; }

    /// <summary>Without leading or trailing slash; may be empty; 1,024 bytes of UTF-8 at most.</summary>
    public string Key { get; }

    /// <summary>Reads a place.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static S3Location Parse(string text) =>
        TryParse(text, out var location)
            ? location
            : throw new FormatException($"\"{text}\" is not a place in S3: {Rule}.");

    /// <summary>Reads a place, or says that it is none.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out S3Location? location)
    {
        location = null;
        var path = WithoutScheme(text ?? "").TrimEnd('/');
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        var bucket = slash < 0 ? path : path[..slash];
        var key = slash < 0 ? "" : path[(slash + 1)..];
        if (IsBucket(bucket) && (key.Length == 0 || S3Key.IsKey(key)))
        {
            location = new S3Location(bucket, key);
        }

        return location is not null;
    }

    /// <summary><c>bucket/key</c>, or <c>bucket</c> alone.</summary>
    public override string ToString() => Key.Length == 0 ? Bucket : $"{Bucket}/{Key}";

    internal static string WithoutScheme(string text)
    {
        var trimmed = text.Trim();
        return trimmed.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? trimmed[Scheme.Length..] : trimmed;
    }

    internal static bool HasScheme(string text) =>
        text.AsSpan().Trim().StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);

    private static bool IsBucket(string bucket) =>
        bucket.Length is >= ShortestBucket and <= LongestBucket
        && IsLetterOrDigit(bucket[0])
        && IsLetterOrDigit(bucket[^1])
        && bucket.All(c => IsLetterOrDigit(c) || c is '-' or '.')
        && !bucket.Contains("..", StringComparison.Ordinal)
        && !LooksLikeAddress(bucket);

    private static bool IsLetterOrDigit(char c) => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c);

    private static bool LooksLikeAddress(string bucket) =>
        bucket.Count(c => c == '.') == 3 && bucket.All(c => char.IsAsciiDigit(c) || c == '.');
}

/// <summary>Rules for keys of objects in S3.</summary>
internal static class S3Key
{
    /// <summary>Bytes of UTF-8 (S3, "Naming Amazon S3 objects").</summary>
    public const int Limit = 1_024;

    public const string Rule = "a key inside the assets bucket, without a leading slash: models/model.tar.gz";

    /// <summary>
    /// Whether this can be a key of ours: no empty, <c>.</c> or <c>..</c> segment, no control character, no leading slash, and
    /// nothing that is more than itself in a policy. S3 itself takes <c>*</c> and <c>?</c>; but a model's role is given what
    /// a request names, and <c>*</c> would be everything.
    /// </summary>
    public static bool IsKey(string key) =>
        key.Length > 0
        && Encoding.UTF8.GetByteCount(key) <= Limit
        && !key.Any(char.IsControl)
        && !IsPattern(key)
        && key.TrimEnd('/').Split('/').All(segment => segment is not ("" or "." or ".."));

    /// <summary>Whether IAM reads it as a pattern or as a variable (IAM, policy elements Resource and Variables).</summary>
    public static bool IsPattern(string text) =>
        text.AsSpan().IndexOfAny('*', '?') >= 0 || text.Contains("${", StringComparison.Ordinal);
}
