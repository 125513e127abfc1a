using Mlops.Provisioning.Values;

namespace Mlops.Provisioning.Requests;

/// <summary>Reads places in S3.</summary>
internal static class S3Values
{
    private const string NoPattern =
        "Name one place: *, ? and ${ would be a pattern in the policy of the model's role.";

    /// <summary><c>bucket/prefix</c> without scheme; a slash at the end is kept, for which the manifest has a transform.</summary>
    public static string? Location(string text, out Problem? problem)
    {
        if (S3Location.TryParse(text, out var location))
        {
            problem = null;
            return text.TrimEnd().EndsWith('/') ? $"{location}/" : location.ToString();
        }

        problem = new Problem(
            FindingCodes.S3Location,
            S3Location.Rule,
            $"{Quote.Text(text)} is not a place in S3.",
            S3Key.IsPattern(text) ? NoPattern
                : HasDots(text) ? "Write the place without \".\" and \"..\" segments."
                : "Write the bucket's name (3 to 63 lower-case letters, digits, dots, hyphens) and a prefix: my-bucket/captured."
        );
        return null;
    }

    /// <summary>A key inside the assets bucket; with <c>s3://</c> before it the bucket's name has to be right, and is dropped.</summary>
    public static string? Key(string text, string? assetsBucket, out Problem? problem)
    {
        problem = null;
        var key = text.Trim();
        if (S3Location.HasScheme(key))
        {
            if (!S3Location.TryParse(key, out var location) || location.Key.Length == 0)
            {
                problem = NotAKey(text);
                return null;
            }

            if (assetsBucket is not null && location.Bucket != assetsBucket)
            {
                problem = new Problem(
                    FindingCodes.S3Key,
                    S3Key.Rule,
                    $"{Quote.Text(text)} is in another bucket than the assets bucket, {assetsBucket}.",
                    $"Copy it: aws s3 cp {Quote.Word(key)} {Quote.Word($"s3://{assetsBucket}/{location.Key}")}, and give {Quote.Text(location.Key)}."
                );
                return null;
            }

            key = key.EndsWith('/') ? location.Key + "/" : location.Key;
        }

        problem = S3Key.IsKey(key) ? null : NotAKey(text);
        return problem is null ? key : null;
    }

    private static Problem NotAKey(string text) =>
        new(
            FindingCodes.S3Key,
            S3Key.Rule,
            $"{Quote.Text(text)} is not a key inside the assets bucket.",
            S3Key.IsPattern(text) ? NoPattern
                : HasDots(text) ? "Write the key without \".\" and \"..\" segments."
                : text.AsSpan().TrimStart().StartsWith("/") ? "Write the key without the slash at its beginning."
                : $"Write a key without empty segments and control characters, {S3Key.Limit} bytes at most."
        );

    private static bool HasDots(string text) => text.Trim().Split('/').Any(segment => segment is "." or "..");
}
