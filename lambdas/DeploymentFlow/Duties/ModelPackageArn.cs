using System.Text.RegularExpressions;

namespace Mlops.DeploymentFlow.Duties;

/// <summary>Tells the ARN of a model package version, wherever it stands among the parameters of a template.</summary>
public static partial class ModelPackageArn
{
    /// <summary>True for <c>arn:…:sagemaker:region:account:model-package/group/version</c> (and packages without a group).</summary>
    public static bool IsVersion(string value) => Version().IsMatch(value);

    [GeneratedRegex(
        @"^arn:aws[a-z-]*:sagemaker:[a-z0-9-]+:[0-9]{12}:model-package/[^/\s]+(/[0-9]+)?$",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    )]
    private static partial Regex Version();
}
