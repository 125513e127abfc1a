using System.Text.Json.Nodes;
using Mlops.Infra.Components;
using Mlops.Provisioning;
using Pulumi;

namespace Mlops.Infra;

/// <summary>What the functions are told, under the names that they read (<see cref="DeploymentEnvironment"/>).</summary>
internal sealed class FunctionEnvironment(
    StackSettings settings,
    OrchestratorAccount account,
    Storage storage,
    NotificationTopic topic
)
{
    public InputMap<string> OfBoth() =>
        new()
        {
            { DeploymentEnvironment.DeploymentName, account.Prefix },
            { DeploymentEnvironment.AccountMode, settings.AccountMode.ToString().ToLowerInvariant() },
            { DeploymentEnvironment.Targets, Targets() },
            { DeploymentEnvironment.AssetsBucket, storage.Assets.Name },
            { DeploymentEnvironment.NotificationsTopicArn, topic.Arn },
            { DeploymentEnvironment.Partition, account.Partition },
        };

    public InputMap<string> OfOrchestrator(
        EncryptionKeys keys,
        PipelineRole role,
        DeploymentFlowFunction flow,
        ImageRepository repository
    )
    {
        var variables = OfBoth();
        variables.Add(DeploymentEnvironment.ArtifactBucket, storage.Artifacts.Name);
        variables.Add(DeploymentEnvironment.ArtifactKeyArn, keys.Artifacts.Arn);
        variables.Add(DeploymentEnvironment.PipelineRoleArn, role.Arn);
        variables.Add(DeploymentEnvironment.DeploymentFlowFunction, flow.Name);
        variables.Add(DeploymentEnvironment.EcrRepositoryArn, repository.Arn);
        variables.Add(DeploymentEnvironment.UseModelRegistry, Flag(settings.UseModelRegistry));
        variables.Add(DeploymentEnvironment.DetailedErrors, Flag(settings.DetailedErrors));
        return variables;
    }

    private static string Flag(bool value) => value ? "true" : "false";

    /// <summary>In the order of delivery. In single-account mode there is one, the orchestrator account.</summary>
    private Output<string> Targets() =>
        account.Id.Apply(id =>
            new JsonArray(new JsonObject { ["name"] = DeploymentNames.SingleTarget, ["accountId"] = id }).ToJsonString()
        );
}
