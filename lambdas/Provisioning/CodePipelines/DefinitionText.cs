using System.Security.Cryptography;
using System.Text;

namespace Mlops.Provisioning.CodePipelines;

/// <summary>
/// Compares definitions as CodePipeline reads them: it adds the defaults that we leave out (a region, say), gives keys
/// back in another order, and null and empty mean the same to it.
/// </summary>
internal static class DefinitionText
{
    public static bool AreSame(PipelineDefinition one, PipelineDefinition other, string region) =>
        Of(one, region) == Of(other, region);

    /// <summary>Equal for equal pipelines, and short: 32 hexadecimal digits.</summary>
    public static string Hash(PipelineDefinition definition, string region) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Of(definition, region))))[..32];

    /// <summary>The normalized definition: equal texts are equal pipelines.</summary>
    public static string Of(PipelineDefinition definition, string region)
    {
        var text = new StringBuilder();
        Line(text, "pipeline", definition.Name, definition.RoleArn, definition.PipelineType, definition.ExecutionMode);
        Line(text, "store", definition.ArtifactBucket, definition.ArtifactKeyArn);
        foreach (var stage in definition.Stages)
        {
            Line(text, "stage", stage.Name);
            foreach (
                var action in stage
                    .Actions.OrderBy(action => action.RunOrder)
                    .ThenBy(action => action.Name, StringComparer.Ordinal)
            )
            {
                Append(text, action, region);
            }
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, ActionDefinition action, string region)
    {
        var kind = action.Kind;
        Line(text, "action", action.Name, kind.Category, kind.Owner, kind.Provider, kind.Version, $"{action.RunOrder}");
        Line(
            text,
            "by",
            action.Namespace,
            action.RoleArn,
            string.IsNullOrEmpty(action.Region) ? region : action.Region,
            $"{action.TimeoutInMinutes}"
        );
        Line(text, ["in", .. action.Inputs]);
        Line(text, ["out", .. action.Outputs]);
        foreach (var (key, value) in action.Configuration.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            Line(text, "set", key, value);
        }
    }

    // Each word with its length before it, so that no value can look like the next one.
    private static void Line(StringBuilder text, params ReadOnlySpan<string?> words)
    {
        foreach (var word in words)
        {
            text.Append(word?.Length ?? 0).Append(':').Append(word).Append(' ');
        }

        text.Append('\n');
    }
}
