namespace Mlops.Provisioning;

/// <summary>What both functions know of the deployment that they belong to.</summary>
public sealed record DeploymentSettings
{
    /// <summary>Prefix of every fixed name, <c>mlops-dev</c>.</summary>
    public required string DeploymentName { get; init; }

    /// <summary>Which accounts pipelines are deployed to.</summary>
    public required AccountMode AccountMode { get; init; }

    /// <summary>The accounts in the order of delivery; never empty; exactly one in single-account mode.</summary>
    public required IReadOnlyList<Target> Targets { get; init; }

    /// <summary>Name of the bucket that holds models, data and packages.</summary>
    public required string AssetsBucket { get; init; }

    /// <summary>ARN of the topic that tells people.</summary>
    public required string NotificationsTopicArn { get; init; }

    /// <summary><c>aws</c>, <c>aws-us-gov</c>, ….</summary>
    public required string Partition { get; init; }

    /// <summary>The region of the orchestrator and of all targets.</summary>
    public required string Region { get; init; }

    /// <summary>Reads the variables of <see cref="DeploymentEnvironment"/> that both functions have.</summary>
    /// <param name="read">Gives a variable's value, or null.</param>
    /// <exception cref="DeploymentSettingsException">At least one is missing or wrong; the message names all of them.</exception>
    public static DeploymentSettings Read(Func<string, string?> read)
    {
        var reader = new SettingsReader(read);
        var settings = Read(reader);
        reader.ThrowIfAnyProblem();
        return settings;
    }

    /// <summary>The target of this name, or null.</summary>
    public Target? FindTarget(string name) => Targets.FirstOrDefault(target => target.Name == name);

    /// <summary>ARN of the role that CloudFormation uses in the target's account.</summary>
    public string CloudFormationRoleArn(Target target) => target.CloudFormationRoleArn(Partition, DeploymentName);

    /// <summary>The account of the pipelines: that of the topic.</summary>
    public string OrchestratorAccount => NotificationsTopicArn.Split(':')[4];

    /// <summary>ARN of the pipeline of this name.</summary>
    public string PipelineArn(string pipelineName) =>
        $"arn:{Partition}:codepipeline:{Region}:{OrchestratorAccount}:{pipelineName}";

    /// <summary>Whether the target is another account than that of the pipelines, which is reached by roles.</summary>
    public bool IsRemote(Target target) => target.AccountId.Text != OrchestratorAccount;

    /// <summary>ARN of the permissions boundary in the target's account.</summary>
    public string BoundaryArn(Target target) => target.BoundaryArn(Partition, DeploymentName);

    internal static DeploymentSettings Read(SettingsReader reader)
    {
        var mode = reader.AccountMode(DeploymentEnvironment.AccountMode);
        return new DeploymentSettings
        {
            DeploymentName = reader.Text(DeploymentEnvironment.DeploymentName),
            AccountMode = mode,
            Targets = reader.Targets(DeploymentEnvironment.Targets, mode),
            AssetsBucket = reader.Text(DeploymentEnvironment.AssetsBucket),
            NotificationsTopicArn = reader.Arn(DeploymentEnvironment.NotificationsTopicArn),
            Partition = reader.Text(DeploymentEnvironment.Partition),
            Region = reader.Text(DeploymentEnvironment.Region),
        };
    }
}
