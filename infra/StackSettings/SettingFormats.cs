using System.Text.RegularExpressions;
using Mlops.Provisioning.Values;

namespace Mlops.Infra;

/// <summary>What the names of AWS's things look like.</summary>
internal static partial class SettingFormats
{
    public const string BucketRule =
        "3 to 63 lower-case letters, digits, hyphens and dots, a letter or digit at both ends";

    public const string RepositoryRule =
        "2 to 256 lower-case letters and digits, single separators . _ - / between them";

    /// <summary>Starts that S3 keeps for itself (S3, "General purpose bucket naming rules").</summary>
    private static readonly string[] ReservedStarts = ["xn--", "sthree-", "amzn-s3-demo-"];

    /// <summary>Ends that S3 keeps for itself (the same page): they are access points and other kinds of buckets.</summary>
    private static readonly string[] ReservedEnds = ["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"];

    /// <summary>Days for which CloudWatch Logs can keep a log (PutRetentionPolicy).</summary>
    public static IReadOnlyList<int> LogRetentionDays { get; } =
    [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

    /// <summary>Why this cannot be the name of a bucket; null where it can.</summary>
    public static string? WhyNotABucket(string name)
    {
        if (!S3Location.TryParse(name, out var location) || location.Bucket != name)
        {
            return $"a bucket has {BucketRule}";
        }

        return ReservedStarts.FirstOrDefault(start => name.StartsWith(start, StringComparison.Ordinal)) is { } start
                ? $"no bucket's name begins with {start}"
            : ReservedEnds.FirstOrDefault(end => name.EndsWith(end, StringComparison.Ordinal)) is { } end
                ? $"a general purpose bucket's name does not end with {end}"
            : null;
    }

    /// <summary>The bucket that was meant by a URL, an ARN or capitals; null where there is none.</summary>
    public static string? MeantBucket(string text)
    {
        var name = text.ToLowerInvariant();
        name = S3Location.TryParse(name, out var location) ? location.Bucket : name;
        name = BucketArn().Match(name) is { Success: true } arn ? arn.Groups["name"].Value : name;
        return WhyNotABucket(name) is null ? name : null;
    }

    /// <summary>Amazon ECR, "CreateRepository": <c>repositoryName</c>.</summary>
    public static bool IsRepository(string name) => name.Length is >= 2 and <= 256 && Repository().IsMatch(name);

    /// <summary>The repository that was meant by a URI, an ARN or capitals; null where there is none.</summary>
    public static string? MeantRepository(string text)
    {
        var name = RepositoryAddress().Replace(text.ToLowerInvariant(), "");
        name = name.Split(':', '@')[0];
        return IsRepository(name) ? name : null;
    }

    /// <summary>Groups <c>region</c>, <c>account</c>, <c>scope</c>.</summary>
    [GeneratedRegex(
        "^arn:aws[a-z-]*:wafv2:(?<region>[a-z0-9-]+):(?<account>[0-9]{12}):(?<scope>regional|global)/webacl/[A-Za-z0-9_-]{1,128}/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    public static partial Regex WebAclArn();

    /// <summary>AWS Organizations, "OrganizationalUnit" and "Root": <c>Id</c>.</summary>
    [GeneratedRegex(
        "^(r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[0-9a-z]{8,32})$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    public static partial Regex OrganizationalUnit();

    /// <summary>Groups <c>account</c>, <c>kind</c>.</summary>
    [GeneratedRegex(
        @"^arn:aws[a-z-]*:iam::(?<account>[0-9]{12}):(?<kind>role|policy)/[\w+=,.@/-]{1,576}$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    public static partial Regex IamArn();

    /// <summary>Letters, digits and spaces of any language, and <c>_ . : / = + - @</c> (AWS, "Tagging your AWS resources").</summary>
    [GeneratedRegex(@"^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    public static partial Regex TagText();

    [GeneratedRegex("^[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    public static partial Regex Region();

    [GeneratedRegex(
        @"^[a-zA-Z0-9_.+-]+@[a-zA-Z0-9-]+(\.[a-zA-Z0-9-]+)+$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    public static partial Regex Email();

    [GeneratedRegex(
        "^arn:aws[a-z-]*:s3:::(?<name>[^/]+)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex BucketArn();

    [GeneratedRegex(
        @"^[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Repository();

    [GeneratedRegex(
        @"^(https?://)?[0-9]{12}\.dkr[.-]ecr[a-z0-9.-]*/|^arn:aws[a-z-]*:ecr:[a-z0-9-]+:[0-9]{12}:repository/",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex RepositoryAddress();
}
