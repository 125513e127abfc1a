using Mlops.Provisioning.Blueprints;
using Mlops.Provisioning.Requests;

namespace Mlops.Provisioning;

/// <summary>What the Orchestrator knows in addition to <see cref="DeploymentSettings"/>.</summary>
public sealed record ProvisioningSettings
{
    /// <summary>What both functions know.</summary>
    public required DeploymentSettings Deployment { get; init; }

    /// <summary>Name of the bucket of CodePipeline's artifact store.</summary>
    public required string ArtifactBucket { get; init; }

    /// <summary>ARN of the KMS key of the artifact store.</summary>
    public required string ArtifactKeyArn { get; init; }

    /// <summary>ARN of CodePipeline's service role; its account is the orchestrator account.</summary>
    public required string PipelineRoleArn { get; init; }

    /// <summary>Name of the DeploymentFlow function.</summary>
    public required string DeploymentFlowFunction { get; init; }

    /// <summary>ARN of the repository of custom algorithm images.</summary>
    public required string EcrRepositoryArn { get; init; }

    /// <summary>Whether models come from the SageMaker Model Registry; a request that names a model package always does.</summary>
    public bool UseModelRegistry { get; init; }

    /// <summary>Whether answers carry details and the values found.</summary>
    public bool DetailedErrors { get; init; } = true;

    /// <summary>Whether somebody's approval of their own request is refused.</summary>
    public bool PreventSelfApproval { get; init; }

    /// <summary>The source of config files, as <see cref="DeploymentTags.Origin"/> has it; null where there is none.</summary>
    public string? ConfigSource { get; init; }

    /// <summary>The account that pipelines live in: that of <see cref="PipelineRoleArn"/>.</summary>
    public string OrchestratorAccount => PipelineRoleArn.Split(':')[4];

    /// <summary>What a request is checked against.</summary>
    public ValidationScope Scope =>
        new()
        {
            AccountMode = Deployment.AccountMode,
            Targets = [.. Deployment.Targets.Select(target => target.Name)],
            UseModelRegistry = UseModelRegistry,
            Region = Deployment.Region,
            AssetsBucket = Deployment.AssetsBucket,
        };

    /// <summary>The targets of a blueprint, in the order of delivery.</summary>
    public IReadOnlyList<Target> TargetsOf(BlueprintManifest manifest) =>
        manifest.DeploysTo == DeploysTo.Orchestrator
            ? [new Target(DeploymentNames.SingleTarget, AccountId.Parse(OrchestratorAccount))]
            : Deployment.Targets;

    /// <summary>ARN of the pipeline of this name: its <c>pipeline_id</c>.</summary>
    public string PipelineArn(string pipelineName) => Deployment.PipelineArn(pipelineName);

    /// <summary>Reads the variables of <see cref="DeploymentEnvironment"/>.</summary>
    /// <param name="read">Gives a variable's value, or null.</param>
    /// <exception cref="DeploymentSettingsException">At least one is missing or wrong; the message names all of them.</exception>
    public static ProvisioningSettings Read(Func<string, string?> read)
    {
        var reader = new SettingsReader(read);
        var settings = new ProvisioningSettings
        {
            Deployment = DeploymentSettings.Read(reader),
            ArtifactBucket = reader.Text(DeploymentEnvironment.ArtifactBucket),
            ArtifactKeyArn = reader.Arn(DeploymentEnvironment.ArtifactKeyArn),
            PipelineRoleArn = reader.Arn(DeploymentEnvironment.PipelineRoleArn),
            DeploymentFlowFunction = reader.Text(DeploymentEnvironment.DeploymentFlowFunction),
            EcrRepositoryArn = reader.Arn(DeploymentEnvironment.EcrRepositoryArn),
            UseModelRegistry = reader.Flag(DeploymentEnvironment.UseModelRegistry, otherwise: false),
            DetailedErrors = reader.Flag(DeploymentEnvironment.DetailedErrors, otherwise: true),
            PreventSelfApproval = reader.Flag(DeploymentEnvironment.PreventSelfApproval, otherwise: false),
            ConfigSource = reader.OptionalText(DeploymentEnvironment.ConfigSource),
        };
        reader.ThrowIfAnyProblem();
        return settings;
    }
}
