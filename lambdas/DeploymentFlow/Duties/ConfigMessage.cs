using System.Globalization;
using System.Text;
using Mlops.Provisioning.Requests;

namespace Mlops.DeploymentFlow.Duties;

/// <summary>Findings of a config file as CodePipeline's console shows them.</summary>
internal static class ConfigMessage
{
    /// <summary>Of a failure message, in characters (CodePipeline's API, FailureDetails).</summary>
    private const int Limit = 5000;

    /// <summary>Room for the last line.</summary>
    private const int Rest = 100;

    /// <summary>As many findings as fit, and how many more there are.</summary>
    public static string Of(string headline, string path, IReadOnlyList<Finding> findings)
    {
        var text = new StringBuilder(headline);
        foreach (var (index, finding) in findings.Index())
        {
            var line = Line(path, finding);
            if (text.Length + line.Length > Limit - Rest)
            {
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"\n… and {findings.Count - index} more; the log of this function has all of them."
                );
                break;
            }

            text.Append('\n').Append(line);
        }

        return text.ToString();
    }

    /// <summary><c>mlops-config.json:12:34: MLP014 /pipelines/3/inference_instance: …</c></summary>
    public static string Line(string path, Finding finding) =>
        string.Create(CultureInfo.InvariantCulture, $"{path}:{finding.Line}:{finding.Column}: {finding}");
}
