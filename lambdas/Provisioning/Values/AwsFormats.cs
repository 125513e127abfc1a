using System.Text.RegularExpressions;

namespace Mlops.Provisioning.Values;

/// <summary>
/// Forms of names and ARNs, for every partition and region that there is or will be (a list of
/// region groups is out of date the day after). Every pattern is deterministic: it takes time in proportion to the text.
/// </summary>
internal static partial class AwsFormats
{
    public const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    /// <summary>Milliseconds.</summary>
    public const int TimeLimit = 1_000;

    public const string Region = "[a-z]{2,6}(-[a-z]+)+-[0-9]{1,2}";

    [GeneratedRegex($"^arn:aws[a-z-]*:kms:{Region}:[0-9]{{12}}:key/[A-Za-z0-9-]+$", Options, TimeLimit)]
    public static partial Regex KmsKeyArn { get; }

    [GeneratedRegex($"^arn:aws[a-z-]*:kms:{Region}:[0-9]{{12}}:alias/.+$", Options, TimeLimit)]
    public static partial Regex KmsAliasArn { get; }

    /// <summary>Registry host, repository, and tag or digest (Amazon ECR: both kinds of endpoints, FIPS included).</summary>
    [GeneratedRegex(
        $@"^[0-9]{{12}}\.(dkr\.ecr(-fips)?\.{Region}\.[a-z0-9.-]+|dkr-ecr(-fips)?\.{Region}\.on\.[a-z.]+)/[a-z0-9]+([._/-]+[a-z0-9]+)*(:[A-Za-z0-9_][A-Za-z0-9_.-]{{0,127}})?(@sha256:[0-9a-f]{{64}})?$",
        Options,
        TimeLimit
    )]
    public static partial Regex ImageUri { get; }

    /// <summary>Tags of images (Amazon ECR, PutImage; Docker).</summary>
    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$", Options, TimeLimit)]
    public static partial Regex ImageTag { get; }

    /// <summary>SageMaker's instance types for hosting and jobs.</summary>
    [GeneratedRegex(@"^ml\.[a-z]+[0-9]+[a-z0-9-]*\.[a-z0-9-]+$", Options, TimeLimit)]
    public static partial Regex InstanceType { get; }

    /// <summary>SageMaker's names: 63 characters, letters, digits, hyphens inside.</summary>
    [GeneratedRegex("^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$", Options, TimeLimit)]
    public static partial Regex SageMakerName { get; }

    /// <summary>Names of environment variables (SageMaker, ContainerDefinition).</summary>
    [GeneratedRegex(@"^[a-zA-Z_][a-zA-Z0-9_]*\z", Options, TimeLimit)]
    public static partial Regex VariableName { get; }
}
