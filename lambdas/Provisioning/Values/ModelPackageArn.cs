using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Mlops.Provisioning.Values;

/// <summary>ARN of one version of a model package: the group is its middle, the version its end.</summary>
public sealed partial record ModelPackageArn
{
    /// <summary>What a client may write, in one line.</summary>
    public const string Rule = "arn:<partition>:sagemaker:<region>:<account>:model-package/<group>/<version>";

    /// <summary>As a regular expression, for schemas.</summary>
    internal static string Pattern => Form.ToString();

    private ModelPackageArn(string text, string group) => (Text, Group) = (text, group);

    /// <summary>The ARN.</summary>
    public string Text { get; }

    /// <summary>Name of the model package group; 63 characters at most.</summary>
    public string Group { get; }

    /// <summary>Reads an ARN with group and version, or says that it is none.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ModelPackageArn? arn)
    {
        var match = Form.Match(text?.Trim() ?? "");
        arn = match.Success ? new ModelPackageArn(match.Value, match.Groups["group"].Value) : null;
        return arn is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    [GeneratedRegex(
        $"^arn:aws[a-z-]*:sagemaker:{AwsFormats.Region}:[0-9]{{12}}:model-package/(?<group>[a-zA-Z0-9-]{{1,63}})/[0-9]{{1,9}}$",
        AwsFormats.Options,
        AwsFormats.TimeLimit
    )]
    private static partial Regex Form { get; }
}
