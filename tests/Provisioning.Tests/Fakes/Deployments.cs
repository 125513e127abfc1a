using Mlops.Provisioning.Blueprints;
using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.Images;
using Mlops.Provisioning.Requests;

namespace Mlops.Provisioning.Tests.Fakes;

/// <summary>Deployments as the Pulumi program would make them.</summary>
internal static class Deployments
{
    public static string BlueprintFolder => Path.Combine(AppContext.BaseDirectory, "blueprints");

    public static Dictionary<string, string?> Environment() =>
        new()
        {
            [DeploymentEnvironment.DeploymentName] = "mlops-dev",
            [DeploymentEnvironment.AccountMode] = "single",
            [DeploymentEnvironment.Targets] = """[{"name":"pipeline","accountId":"123456789012"}]""",
            [DeploymentEnvironment.AssetsBucket] = "mlops-dev-assets",
            [DeploymentEnvironment.ArtifactBucket] = "mlops-dev-artifacts",
            [DeploymentEnvironment.ArtifactKeyArn] = "arn:aws:kms:us-east-1:123456789012:key/1",
            [DeploymentEnvironment.PipelineRoleArn] =
                "arn:aws:iam::123456789012:role/mlops-orchestrator/mlops-dev-pipeline",
            [DeploymentEnvironment.DeploymentFlowFunction] = "mlops-dev-deployment-flow",
            [DeploymentEnvironment.NotificationsTopicArn] = "arn:aws:sns:us-east-1:123456789012:mlops-dev",
            [DeploymentEnvironment.EcrRepositoryArn] = "arn:aws:ecr:us-east-1:123456789012:repository/mlops-dev",
            [DeploymentEnvironment.UseModelRegistry] = "false",
            [DeploymentEnvironment.DetailedErrors] = "true",
            [DeploymentEnvironment.Partition] = "aws",
            [DeploymentEnvironment.Region] = "us-east-1",
        };

    public static ProvisioningSettings Single(bool registry = false) =>
        ProvisioningSettings.Read(Environment().GetValueOrDefault) with
        {
            UseModelRegistry = registry,
        };

    public static ProvisioningSettings Multi()
    {
        var environment = Environment();
        environment[DeploymentEnvironment.AccountMode] = "multi";
        environment[DeploymentEnvironment.Targets] =
            """[{"name":"dev","accountId":"111111111111"},{"name":"staging","accountId":"222222222222","approval":true},{"name":"prod","accountId":"333333333333","approval":true}]""";
        return ProvisioningSettings.Read(environment.GetValueOrDefault);
    }

    public static RequestValidator Validator(string? folder = null) =>
        new(BlueprintCatalog.Open(folder ?? BlueprintFolder), new ImageCatalog());

    public static RequestPlanner Planner(ProvisioningSettings settings, string? folder = null) =>
        new(Validator(folder), settings);

    public static string Example(string name, string blueprint = "realtime-inference") =>
        File.ReadAllText(Path.Combine(BlueprintFolder, blueprint, "examples", $"{name}.json"));
}
