using Mlops.Provisioning;
using Pulumi;

namespace Mlops.Infra.Policies;

/// <summary>
/// The roles in targets of other accounts, as policies of the orchestrator account name them: by ARNs that are known before
/// the roles are made, and as a condition. A role as a principal has to exist, and becomes an id when it is made anew.
/// </summary>
/// <param name="account">The orchestrator account.</param>
/// <param name="targets">All targets; those in the orchestrator account itself need nothing of this.</param>
internal sealed class TargetRoles(OrchestratorAccount account, IReadOnlyList<TargetSettings> targets)
{
    private readonly List<TargetSettings> _remote = [.. targets.Where(target => target.SetupRoleArn is not null)];

    /// <summary>Whether there is another account at all.</summary>
    public bool Any => _remote.Count > 0;

    /// <summary>Their accounts; who in them is said by a condition.</summary>
    public PolicyPrincipal Accounts => new("AWS", [.. _remote.Select(target => Arn(target, "root"))]);

    /// <summary>What the pipelines' role takes on.</summary>
    public IReadOnlyList<Input<string>> Deliver => Of(DeploymentNames.DeliverRole);

    /// <summary>What DeploymentFlow looks with.</summary>
    public IReadOnlyList<Input<string>> Observe => Of(DeploymentNames.ObserveRole);

    /// <summary>What DeploymentFlow clears with.</summary>
    public IReadOnlyList<Input<string>> Repair => Of(DeploymentNames.RepairRole);

    /// <summary>Only the roles that send events.</summary>
    public PolicyCondition AreForward => new("ArnEquals", "aws:PrincipalArn", [.. Of(DeploymentNames.ForwardRole)]);

    /// <summary>Only the roles that deliver.</summary>
    public PolicyCondition AreDeliver => new("ArnEquals", "aws:PrincipalArn", [.. Deliver]);

    /// <summary>Only the roles that stacks make: those of models and jobs.</summary>
    public PolicyCondition AreOfStacks =>
        new(
            "ArnLike",
            "aws:PrincipalArn",
            [.. _remote.Select(target => Arn(target, $"role{DeploymentNames.BlueprintPath}*"))]
        );

    /// <summary>Those, and the role that CloudFormation makes models with.</summary>
    public PolicyCondition AreOfStacksOrCloudFormation =>
        new("ArnLike", "aws:PrincipalArn", [.. AreOfStacks.Values, .. Of(DeploymentNames.CloudFormationRole)]);

    private List<Input<string>> Of(Func<string, string> role) =>
        [.. _remote.Select(target => Arn(target, $"role{DeploymentNames.OrchestratorPath}{role(account.Prefix)}"))];

    private Input<string> Arn(TargetSettings target, string resource) =>
        Output.Format($"arn:{account.Partition}:iam::{target.AccountId.Text}:{resource}");
}
