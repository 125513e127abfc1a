namespace Mlops.Provisioning;

/// <summary>The fixed names of a deployment, for the program that makes the things and the code that finds them.</summary>
public static class DeploymentNames
{
    /// <summary>The one target of single-account mode, so that its stage is <c>DeployPipeline</c> (docs/decisions/0002).</summary>
    public const string SingleTarget = "pipeline";

    /// <summary>IAM path of every role and policy that the Pulumi program makes.</summary>
    public const string OrchestratorPath = "/mlops-orchestrator/";

    /// <summary>IAM path of every role that a blueprint's stack makes.</summary>
    public const string BlueprintPath = "/mlops/";

    /// <summary>Where packages live in the assets bucket: the predecessor's prefix.</summary>
    public const string PackagePrefix = "mlops_provisioned_pipelines/";

    /// <summary>
    /// Where files that are made of requests live in the assets bucket, each under the hash of its bytes. Not with the
    /// packages, which roles of blueprints may not read.
    /// </summary>
    public const string RequestFilePrefix = "mlops_request_files/";

    /// <summary>Where it is kept, in the assets bucket, what executions would change: the evidence of approvals.</summary>
    public const string EvidencePrefix = "mlops_changes/";

    /// <summary>Name of the action of a stage that asks for an approval.</summary>
    public const string Approve = "Approve";

    /// <summary>Where exported model cards go in the assets bucket: the predecessor's prefix.</summary>
    public const string ModelCardExports = "model_card_exports";

    /// <summary>Name of CodePipeline's service role.</summary>
    public static string PipelineRole(string deploymentName) => $"{deploymentName}-pipeline";

    /// <summary>Name of the role that CloudFormation uses in a target.</summary>
    public static string CloudFormationRole(string deploymentName) => $"{deploymentName}-cloudformation";

    /// <summary>Name of the role that delivers into a target of another account: what pipelines take on.</summary>
    public static string DeliverRole(string deploymentName) => $"{deploymentName}-deliver";

    /// <summary>Name of the role that looks at what runs in a target of another account.</summary>
    public static string ObserveRole(string deploymentName) => $"{deploymentName}-observe";

    /// <summary>Name of the role that clears in a target of another account what never worked.</summary>
    public static string RepairRole(string deploymentName) => $"{deploymentName}-repair";

    /// <summary>Name of the role with which a target of another account sends events to the orchestrator account.</summary>
    public static string ForwardRole(string deploymentName) => $"{deploymentName}-forward";

    /// <summary>Name of the rule of a target that sends events to the orchestrator account.</summary>
    public static string ForwardRule(string deploymentName) => $"{deploymentName}-forward-monitors";

    /// <summary>Name of the event bus of the orchestrator account that takes what targets send.</summary>
    public static string TargetEvents(string deploymentName) => $"{deploymentName}-targets";

    /// <summary>Name of the policy that bounds every role a blueprint's stack makes.</summary>
    public static string Boundary(string deploymentName) => $"{deploymentName}-boundary";

    /// <summary>Name of the Orchestrator function, and of its role.</summary>
    public static string OrchestratorFunction(string deploymentName) => $"{deploymentName}-orchestrator";

    /// <summary>Name of the DeploymentFlow function, and of its role.</summary>
    public static string DeploymentFlowFunction(string deploymentName) => $"{deploymentName}-deployment-flow";

    /// <summary>Name of the pipeline that applies committed config files, and of the rule that applies one of a bucket.</summary>
    public static string Config(string deploymentName) => $"{deploymentName}-config";

    /// <summary>Name of the role with which jobs of a repository ask for plans.</summary>
    public static string PlanRole(string deploymentName) => $"{deploymentName}-plan";

    /// <summary>Name of the rule that has pipelines removed that were taken down.</summary>
    public static string Teardown(string deploymentName) => $"{deploymentName}-teardown";

    /// <summary>Name of the topic that tells people.</summary>
    public static string NotificationTopic(string deploymentName) => $"{deploymentName}-notifications";

    /// <summary>Name of the model package group of the deployment.</summary>
    public static string ModelPackageGroup(string deploymentName) => $"{deploymentName}-models";

    /// <summary>Name of the queue of what could not be delivered.</summary>
    public static string DeadLetters(string deploymentName) => $"{deploymentName}-dead-letters";

    /// <summary>Key of a pipeline's package in the assets bucket.</summary>
    public static string PackageKey(string pipelineName) => $"{PackagePrefix}{pipelineName}/template.zip";
}
