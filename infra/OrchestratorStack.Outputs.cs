using Pulumi;

namespace Mlops.Infra;

/// <summary>What <c>pulumi stack output</c> says.</summary>
public sealed partial class OrchestratorStack
{
    /// <summary>Where requests go: POST <c>…/provisionpipeline</c>.</summary>
    [Output("apiUrl")]
    public Output<string> ApiUrl { get; private set; }

    /// <summary>Name of the bucket for models and data.</summary>
    [Output("assetsBucket")]
    public Output<string> AssetsBucket { get; private set; }

    /// <summary>Name of the bucket of CodePipeline's artifacts.</summary>
    [Output("artifactBucket")]
    public Output<string> ArtifactBucket { get; private set; }

    /// <summary>ARN of the topic that tells how pipelines went.</summary>
    [Output("notificationsTopic")]
    public Output<string> NotificationsTopic { get; private set; }

    /// <summary>Where images of custom algorithms are pushed to.</summary>
    [Output("ecrRepository")]
    public Output<string> EcrRepository { get; private set; }

    /// <summary>ARN of the model package group; null, and so absent for a user, when none is made.</summary>
    [Output("modelRegistryArn")]
    public Output<string?> ModelRegistryArn { get; private set; }

    /// <summary>
    /// What the policy of the user's bucket needs for targets of other accounts, as JSON; null where the bucket is ours or
    /// there is no other account.
    /// </summary>
    [Output("assetsBucketStatements")]
    public Output<string?> AssetsBucketStatements { get; private set; }

    /// <summary>The same for the policy of the bucket's key, where it has one.</summary>
    [Output("assetsKeyStatement")]
    public Output<string?> AssetsKeyStatement { get; private set; }

    /// <summary>The same for the policy of the user's repository.</summary>
    [Output("ecrRepositoryStatement")]
    public Output<string?> EcrRepositoryStatement { get; private set; }

    /// <summary>Name of the pipeline that applies committed config files; null, and so absent for a user, without one.</summary>
    [Output("configPipeline")]
    public Output<string?> ConfigPipeline { get; private set; }

    /// <summary>ARN of the role of jobs that ask for plans; null, and so absent for a user, without one.</summary>
    [Output("planRoleArn")]
    public Output<string?> PlanRoleArn { get; private set; }
}
