using System.Diagnostics.CodeAnalysis;
using Mlops.Provisioning.Values;

namespace Mlops.Provisioning.CodePipelines;

/// <summary>What a client may call a pipeline.</summary>
internal sealed record PipelineId
{
    private const string PredecessorSuffix = "-codepipeline";
    private const int PartsOfAnArn = 6;

    private PipelineId(string text, PipelineName name, string? region, string? account) =>
        (Text, Name, Region, Account) = (text, name, region, account);

    /// <summary>As the client wrote it.</summary>
    public string Text { get; }

    public PipelineName Name { get; }

    /// <summary>Of an ARN.</summary>
    public string? Region { get; }

    /// <summary>Of an ARN.</summary>
    public string? Account { get; }

    public bool IsElsewhere(ProvisioningSettings settings) =>
        Region is not null && (Region != settings.Deployment.Region || Account != settings.OrchestratorAccount);

    /// <summary>Whether the API tells of it: of pipelines that were made of requests, and of the one that makes them of commits.</summary>
    public bool IsSeen(ProvisioningSettings settings) =>
        Name.IsMadeFromARequest || Name.Text == DeploymentNames.Config(settings.Deployment.DeploymentName);

    /// <summary>Reads a pipeline's ARN or name, or those of the predecessor's stack.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out PipelineId? id)
    {
        id = null;
        var trimmed = text.Trim();
        var parts = trimmed.Split(':', PartsOfAnArn);
        var isArn = parts.Length == PartsOfAnArn && parts[0] == "arn";
        var name = (isArn ? parts[2] : "") switch
        {
            "codepipeline" => parts[5],
            "cloudformation" => StackName(parts[5]),
            _ => isArn ? null : trimmed,
        };
        if (PipelineName.TryParse(WithoutSuffix(name), out var pipeline))
        {
            id = new PipelineId(trimmed, pipeline, isArn ? parts[3] : null, isArn ? parts[4] : null);
        }

        return id is not null;
    }

    /// <summary><c>stack/&lt;name&gt;/&lt;id&gt;</c>.</summary>
    private static string? StackName(string resource) => resource.Split('/') is ["stack", var name, ..] ? name : null;

    private static string? WithoutSuffix(string? name) =>
        name is not null && name.EndsWith(PredecessorSuffix, StringComparison.Ordinal)
            ? name[..^PredecessorSuffix.Length]
            : name;
}
