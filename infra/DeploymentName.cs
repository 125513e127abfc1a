using System.Text.RegularExpressions;

namespace Mlops.Infra;

/// <summary>The start of every name: <c>&lt;project&gt;-&lt;stack&gt;</c>.</summary>
public static partial class DeploymentName
{
    /// <summary>
    /// Longest that leaves room for what follows: a bucket has 63 characters, of which <c>-artifacts-1234567</c> is ours
    /// (S3 bucket naming rules; seven digits are Pulumi's).
    /// </summary>
    public const int Limit = 45;

    /// <summary>Puts project and stack together.</summary>
    /// <exception cref="StackSettingsException">Buckets and roles could not be called that.</exception>
    public static string Of(string project, string stack)
    {
        var name = $"{project}-{stack}";
        return name.Length <= Limit && Pattern().IsMatch(name)
            ? name
            : throw new StackSettingsException([
                $"  The stack's name, with the project's: \"{name}\" is more than {Limit} characters, or has others than lower-case letters, digits and hyphens. Run: pulumi stack rename dev",
            ]);
    }

    [GeneratedRegex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
