using System.Collections.Concurrent;
using Amazon.CloudFormation;
using Amazon.SageMaker;
using Amazon.SecurityToken;
using Mlops.DeploymentFlow.Duties;
using Mlops.Provisioning;

namespace Mlops.DeploymentFlow.Aws;

/// <summary>
/// The targets by AWS's APIs: the orchestrator account with this function's own permissions, any other by its roles, one
/// that looks and one that clears.
/// </summary>
public sealed class AwsTargets(DeploymentSettings settings, IAmazonSecurityTokenService sts) : ITargets, IDisposable
{
    private readonly ConcurrentDictionary<string, TargetServices> _targets = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<IDisposable> _clients = [];

    /// <inheritdoc />
    public TargetServices Of(string target) => _targets.GetOrAdd(target, name => Make(Find(name)));

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var client in _clients)
        {
            client.Dispose();
        }
    }

    /// <summary>Types that never leave the orchestrator account have a target of their own there.</summary>
    private Target Find(string name) =>
        settings.FindTarget(name)
        ?? (
            name == DeploymentNames.SingleTarget
                ? new Target(name, AccountId.Parse(settings.OrchestratorAccount))
                : throw new InvalidDataException(
                    $"There is no target {name} in this deployment any more, but "
                        + $"{string.Join(", ", settings.Targets.Select(target => target.Name))}. Provision the pipeline again."
                )
        );

    private TargetServices Make(Target target)
    {
        if (!settings.IsRemote(target))
        {
            var own = Keep(new AmazonCloudFormationClient());
            return Services(target, own, own, Keep(new AmazonSageMakerClient()));
        }

        var observe = Role(target.ObserveRoleArn(settings.Partition, settings.DeploymentName));
        var repair = Role(target.RepairRoleArn(settings.Partition, settings.DeploymentName));
        return Services(
            target,
            Keep(new AmazonCloudFormationClient(observe)),
            Keep(new AmazonCloudFormationClient(repair)),
            Keep(new AmazonSageMakerClient(observe))
        );
    }

    private static TargetServices Services(
        Target target,
        IAmazonCloudFormation looking,
        IAmazonCloudFormation clearing,
        IAmazonSageMaker sageMaker
    ) =>
        new(
            target.AccountId.Text,
            target.Approval,
            new CloudFormationStacks(looking, clearing),
            new SageMakerEndpoints(sageMaker)
        );

    private RoleCredentials Role(string arn)
    {
        var role = new RoleCredentials(sts, arn, DeploymentNames.DeploymentFlowFunction(settings.DeploymentName));
        _clients.Add(role);
        return role;
    }

    private T Keep<T>(T client)
        where T : IDisposable
    {
        _clients.Add(client);
        return client;
    }
}
