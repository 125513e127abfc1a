namespace Mlops.Provisioning;

/// <summary>
/// Names of the environment variables that the Pulumi program gives to the two functions. Nothing else spells them.
/// </summary>
public static class DeploymentEnvironment
{
    /// <summary><c>&lt;project&gt;-&lt;stack&gt;</c>, the prefix of every fixed name. Both functions.</summary>
    public const string DeploymentName = "MLOPS_DEPLOYMENT_NAME";

    /// <summary><c>single</c> or <c>multi</c>. Both functions.</summary>
    public const string AccountMode = "MLOPS_ACCOUNT_MODE";

    /// <summary>
    /// JSON array of <c>{"name", "accountId", "approval", "approvalTimeoutMinutes", "permissionsBoundary"}</c>, in the order
    /// of delivery; the last three may be left out. Both functions.
    /// </summary>
    public const string Targets = "MLOPS_TARGETS";

    /// <summary>Name of the bucket that holds models, data and packages. Both functions.</summary>
    public const string AssetsBucket = "MLOPS_ASSETS_BUCKET";

    /// <summary>Name of the bucket of CodePipeline's artifact store. Orchestrator.</summary>
    public const string ArtifactBucket = "MLOPS_ARTIFACT_BUCKET";

    /// <summary>ARN of the KMS key of the artifact store; never an alias, which other accounts cannot use. Orchestrator.</summary>
    public const string ArtifactKeyArn = "MLOPS_ARTIFACT_KEY_ARN";

    /// <summary>ARN of CodePipeline's service role. Orchestrator.</summary>
    public const string PipelineRoleArn = "MLOPS_PIPELINE_ROLE_ARN";

    /// <summary>Name of the function that carries out a pipeline's duties. Orchestrator.</summary>
    public const string DeploymentFlowFunction = "MLOPS_DEPLOYMENT_FLOW_FUNCTION";

    /// <summary>ARN of the topic that tells people. Both functions.</summary>
    public const string NotificationsTopicArn = "MLOPS_NOTIFICATIONS_TOPIC_ARN";

    /// <summary>ARN of the repository of custom algorithm images. Orchestrator.</summary>
    public const string EcrRepositoryArn = "MLOPS_ECR_REPOSITORY_ARN";

    /// <summary><c>true</c> or <c>false</c> (the default): models come from the SageMaker Model Registry. Orchestrator.</summary>
    public const string UseModelRegistry = "MLOPS_USE_MODEL_REGISTRY";

    /// <summary><c>true</c> (the default) or <c>false</c>: answers carry details and the values found. Orchestrator.</summary>
    public const string DetailedErrors = "MLOPS_DETAILED_ERRORS";

    /// <summary><c>true</c> or <c>false</c> (the default): nobody approves their own request. Orchestrator.</summary>
    public const string PreventSelfApproval = "MLOPS_PREVENT_SELF_APPROVAL";

    /// <summary>
    /// The source of config files, as pipelines of it are tagged (<see cref="DeploymentTags.Origin"/>); not set without one.
    /// Orchestrator.
    /// </summary>
    public const string ConfigSource = "MLOPS_CONFIG_SOURCE";

    /// <summary>Name of the bucket whose config file is carried out when it changes; not set without one. DeploymentFlow.</summary>
    public const string ConfigBucket = "MLOPS_CONFIG_BUCKET";

    /// <summary>Key of that file. DeploymentFlow.</summary>
    public const string ConfigPath = "MLOPS_CONFIG_PATH";

    /// <summary><c>aws</c>, <c>aws-us-gov</c>, …. Both functions.</summary>
    public const string Partition = "MLOPS_PARTITION";

    /// <summary>Set by Lambda itself.</summary>
    public const string Region = "AWS_REGION";
}
