using Mlops.Provisioning;

namespace Mlops.Cli.Conformance;

/// <summary>A deployment that examples are planned for. Nothing of it exists.</summary>
internal static class SampleDeployment
{
    private const string Account = "123456789012";

    /// <summary>
    /// By the example's name: <c>.registry</c> takes models from the registry, <c>.multi</c> has three targets, any other
    /// goes to one account.
    /// </summary>
    public static ProvisioningSettings For(string example)
    {
        var multi = example.EndsWith(".multi.json", StringComparison.Ordinal);
        var environment = new Dictionary<string, string?>
        {
            [DeploymentEnvironment.DeploymentName] = "mlops-sample",
            [DeploymentEnvironment.AccountMode] = multi ? "multi" : "single",
            [DeploymentEnvironment.Targets] = multi
                ? """[{"name":"dev","accountId":"111111111111"},{"name":"staging","accountId":"222222222222","approval":true},{"name":"prod","accountId":"333333333333","approval":true}]"""
                : $$"""[{"name":"{{DeploymentNames.SingleTarget}}","accountId":"{{Account}}"}]""",
            [DeploymentEnvironment.AssetsBucket] = "mlops-sample-assets",
            [DeploymentEnvironment.ArtifactBucket] = "mlops-sample-artifacts",
            [DeploymentEnvironment.ArtifactKeyArn] = $"arn:aws:kms:us-east-1:{Account}:key/1",
            [DeploymentEnvironment.PipelineRoleArn] =
                $"arn:aws:iam::{Account}:role{DeploymentNames.OrchestratorPath}mlops-sample-pipeline",
            [DeploymentEnvironment.DeploymentFlowFunction] = "mlops-sample-deployment-flow",
            [DeploymentEnvironment.NotificationsTopicArn] = $"arn:aws:sns:us-east-1:{Account}:mlops-sample",
            [DeploymentEnvironment.EcrRepositoryArn] = $"arn:aws:ecr:us-east-1:{Account}:repository/mlops-sample",
            [DeploymentEnvironment.UseModelRegistry] = example.EndsWith(".registry.json", StringComparison.Ordinal)
                ? "true"
                : "false",
            [DeploymentEnvironment.DetailedErrors] = "true",
            [DeploymentEnvironment.Partition] = "aws",
            [DeploymentEnvironment.Region] = "us-east-1",
        };
        return ProvisioningSettings.Read(environment.GetValueOrDefault);
    }
}
