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
    NotificationTopic topic,
    string? configSource
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

    /// <summary>Of a function that provisions pipelines.</summary>
    public InputMap<string> OfProvisioning(EncryptionKeys keys, PipelineRole role, ImageRepository repository)
    {
        var variables = OfBoth();
        variables.Add(DeploymentEnvironment.ArtifactBucket, storage.Artifacts.Name);
        variables.Add(DeploymentEnvironment.ArtifactKeyArn, keys.Artifacts.Arn);
        variables.Add(DeploymentEnvironment.PipelineRoleArn, role.Arn);
        variables.Add(
            DeploymentEnvironment.DeploymentFlowFunction,
            DeploymentNames.DeploymentFlowFunction(account.Prefix)
        );
        variables.Add(DeploymentEnvironment.EcrRepositoryArn, repository.Arn);
        variables.Add(DeploymentEnvironment.UseModelRegistry, Flag(settings.UseModelRegistry));
        variables.Add(DeploymentEnvironment.DetailedErrors, Flag(settings.DetailedErrors));
        variables.Add(DeploymentEnvironment.PreventSelfApproval, Flag(settings.PreventSelfApproval));
        if (configSource is not null)
        {
            variables.Add(DeploymentEnvironment.ConfigSource, configSource);
        }

        return variables;
    }

    /// <summary>Of DeploymentFlow: with what provisioning needs, where files are committed.</summary>
    public InputMap<string> OfDeploymentFlow(
        bool provisions,
        EncryptionKeys keys,
        PipelineRole role,
        ImageRepository repository
    )
    {
        if (!provisions)
        {
            return OfBoth();
        }

        var variables = OfProvisioning(keys, role, repository);
        if (settings.ConfigSource is ConfigSourceKind.Bucket)
        {
            variables.Add(DeploymentEnvironment.ConfigBucket, settings.ConfigBucket!);
            variables.Add(DeploymentEnvironment.ConfigPath, settings.ConfigPath);
        }

        return variables;
    }

    private static string Flag(bool value) => value ? "true" : "false";

    /// <summary>In the order of delivery. In single-account mode there is one, the orchestrator account.</summary>
    private Output<string> Targets() =>
        settings.AccountMode is AccountMode.Single
            ? account.Id.Apply(id =>
                new JsonArray(
                    new JsonObject { ["name"] = DeploymentNames.SingleTarget, ["accountId"] = id }
                ).ToJsonString()
            )
            : Output.Create(new JsonArray([.. settings.Targets.Select(Target)]).ToJsonString());

    private static JsonNode Target(TargetSettings target)
    {
        var json = new JsonObject { ["name"] = target.Name, ["accountId"] = target.AccountId.Text };
        if (target.Approval)
        {
            json["approval"] = true;
        }

        if (target.ApprovalTimeoutMinutes is { } minutes)
        {
            json["approvalTimeoutMinutes"] = minutes;
        }

        // That which the program makes is known by its name.
        if (target.PermissionsBoundary is { } boundary)
        {
            json["permissionsBoundary"] = boundary;
        }

        return json;
    }
}
