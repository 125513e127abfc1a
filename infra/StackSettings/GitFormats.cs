using System.Text.RegularExpressions;

namespace Mlops.Infra;

/// <summary>What repositories, branches and paths look like, and what makes none.</summary>
internal static partial class GitFormats
{
    public const string CodeCommitRule =
        "1 to 100 letters, digits, periods, hyphens and underscores, and does not end with .git";

    public const string HostedRule = "an owner and a name with a slash between them, up to 256 characters";

    /// <summary>Of a pattern of a trigger: for branches and for paths (CodePipeline API, GitBranchFilterCriteria).</summary>
    private const int PatternLimit = 255;

    /// <summary>CodeStar Connections API, ConnectionArn.</summary>
    private const int ConnectionArnLimit = 256;

    private const int HostedLimit = 256;

    /// <summary>The length of a key is told in bytes (S3, object key naming guidelines).</summary>
    private const int KeyLimit = 1024;

    /// <summary>Of a pattern's 2,048 characters (EventBridge quotas), what the bucket's name and the rest leave.</summary>
    private const int PatternRoom = 1800;

    /// <summary>AWS CodeCommit API, RepositoryName; CreateRepository refuses the end.</summary>
    public static bool IsCodeCommit(string name) =>
        CodeCommitName().IsMatch(name) && !name.EndsWith(".git", StringComparison.Ordinal);

    public static bool IsHosted(string repository) =>
        repository.Length <= HostedLimit && HostedName().IsMatch(repository);

    /// <summary>The repository that was meant by an address to clone; null where there is none.</summary>
    public static string? MeantHosted(string text) =>
        HostedAddress().Match(text) is { Success: true } address && IsHosted(address.Groups["repository"].Value)
            ? address.Groups["repository"].Value
            : null;

    /// <summary>Region and repository of an address to clone from CodeCommit, as the predecessor takes it; null of any other text.</summary>
    public static (string Region, string Repository)? CodeCommitAddress(string text) =>
        CodeCommitUrl().Match(text) is { Success: true } url
            ? (url.Groups["region"].Value, url.Groups["repository"].Value)
            : null;

    /// <summary>Region and partition of a connection's ARN; null of any other text.</summary>
    public static (string Partition, string Region)? Connection(string arn) =>
        arn.Length <= ConnectionArnLimit && ConnectionArn().Match(arn) is { Success: true } parts
            ? (parts.Groups["partition"].Value, parts.Groups["region"].Value)
            : null;

    /// <summary>The partition that a region belongs to.</summary>
    public static string PartitionOf(string region) =>
        region.StartsWith("us-gov-", StringComparison.Ordinal) ? "aws-us-gov"
        : region.StartsWith("cn-", StringComparison.Ordinal) ? "aws-cn"
        : "aws";

    /// <summary>Why this cannot be a branch (git-check-ref-format), or not one of a trigger; null where it can.</summary>
    public static string? WhyNotABranch(string branch) =>
        branch.Length > PatternLimit ? $"it has more than {PatternLimit} characters"
        : branch.StartsWith("refs/", StringComparison.Ordinal) ? "a branch is named without refs/heads/"
        : branch.StartsWith('-') || BadInBranch().IsMatch(branch) ? "Git has no branch of that name"
        : WhyAPattern(branch);

    /// <summary>Why this cannot be a file in a repository, or not the pattern of it; null where it can.</summary>
    public static string? WhyNotAPath(string path) =>
        path.Length > PatternLimit ? $"it has more than {PatternLimit} characters"
        : path.StartsWith('/') || path.StartsWith("./", StringComparison.Ordinal)
            ? "a path begins in the repository's root, with neither a slash nor a period"
        : path.EndsWith('/') ? "it is a folder, and not a file"
        : BadInPath().IsMatch(path) ? "it has an empty part, or one that leads elsewhere"
        : WhyAPattern(path);

    /// <summary>Why this cannot be the key of an object; null where it can.</summary>
    public static string? WhyNotAKey(string key) =>
        System.Text.Encoding.UTF8.GetByteCount(key) > KeyLimit ? $"it has more than {KeyLimit} bytes"
        : key.StartsWith('/') ? "a key begins without a slash"
        : key.EndsWith('/') ? "it is a folder, and not an object"
        : key.IndexOfAny(['*', '?']) >= 0 || key.Contains("${", StringComparison.Ordinal)
            ? "in a policy, * and ? and ${ would make it stand for others"
        : Encoded(key) > PatternRoom ? $"in an EventBridge pattern it would take more than {PatternRoom} characters"
        : null;

    /// <summary>As the pattern has it: what is not ASCII is written with six characters each.</summary>
    private static int Encoded(string key) => System.Text.Json.JsonSerializer.Serialize(key).Length;

    /// <summary>A trigger takes patterns, and these characters make one (CodePipeline, "Working with glob patterns").</summary>
    private static string? WhyAPattern(string text) =>
        text.IndexOfAny(['*', '?', '[', ']', '{', '}', '!', '\\']) < 0
            ? null
            : "characters of patterns (* ? [ ] { } ! \\) would make it stand for others";

    [GeneratedRegex("^[A-Za-z0-9_.-]{1,100}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CodeCommitName();

    /// <summary>Groups of GitLab may be nested.</summary>
    [GeneratedRegex(
        "^[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)+$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex HostedName();

    [GeneratedRegex(
        @"^((https?|ssh)://([^@/]+@)?[^/]+/|git@[^:/]+:)(?<repository>.+?)(\.git)?/?$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex HostedAddress();

    [GeneratedRegex(
        @"^(https|ssh)://([^@/]+@)?git-codecommit(-fips)?\.(?<region>[a-z0-9-]+)\.amazonaws\.com(\.cn)?/v1/repos/(?<repository>[^/]+)/?$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex CodeCommitUrl();

    [GeneratedRegex(
        "^arn:(?<partition>aws[a-z-]*):(codestar-connections|codeconnections):(?<region>[a-z0-9-]+):[0-9]{12}:connection/[0-9a-f-]+$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex ConnectionArn();

    [GeneratedRegex(
        @"[\s~^:\x00-\x1f\x7f]|\.\.|@\{|//|^/|/$|\.$|(^|/)\.|\.lock(/|$)|^@$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex BadInBranch();

    [GeneratedRegex(
        @"//|(^|/)\.\.?(/|$)|[\x00-\x1f\x7f]",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex BadInPath();
}
