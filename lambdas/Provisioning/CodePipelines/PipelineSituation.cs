namespace Mlops.Provisioning.CodePipelines;

/// <summary>What was there when we looked.</summary>
internal sealed record PipelineSituation(
    string Key,
    StoredPackage? Package,
    ExistingPipeline? Pipeline,
    IReadOnlyDictionary<string, string> Tags,
    IReadOnlyList<PipelineExecution> Executions,
    bool Differs,
    PipelineWaits Waits
)
{
    public string? Owner => Tags.GetValueOrDefault(DeploymentTags.Deployment);
}
