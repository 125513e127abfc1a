using System.Text.Json;
using Mlops.Infra.Policies;
using Mlops.Provisioning;
using Pulumi;
using Pulumi.AwsNative.Events;
using Pulumi.AwsNative.Events.Inputs;

namespace Mlops.Infra.Components;

/// <summary>What a caller may choose about the <see cref="EventForwarding"/>.</summary>
public sealed record EventForwardingArgs
{
    /// <summary>The account of the jobs.</summary>
    public required RemoteAccount Account { get; init; }

    /// <summary>ARN of the bus that takes their events.</summary>
    public required Input<string> BusArn { get; init; }

    /// <summary>ARN of the role's permissions boundary; null: none.</summary>
    public Input<string>? BoundaryArn { get; init; }
}

/// <summary>
/// Sends the events that <see cref="MonitorNotifications"/> tells of from a target to the orchestrator account. An event that
/// cannot be sent is tried again for a day (EventBridge, retry policy), and is then lost: a queue would be one more thing in
/// every account that somebody has to look at.
/// </summary>
public sealed class EventForwarding : ComponentResource
{
    /// <summary>Makes the rule, and the role that it sends with.</summary>
    public EventForwarding(string name, EventForwardingArgs args, ComponentResourceOptions? options = null)
        : base("mlops:notifications:EventForwarding", name, options)
    {
        var ruleName = DeploymentNames.ForwardRule(args.Account.Prefix);
        var role = new ServiceRole(
            name,
            new ServiceRoleArgs
            {
                RoleName = DeploymentNames.ForwardRole(args.Account.Prefix),
                Description = "Tells the orchestrator account what monitors of MLOps pipelines come to",
                Service = "events.amazonaws.com",
                TrustedWhen = OfTheRule(args.Account, ruleName),
                Policies = new Dictionary<string, IReadOnlyList<PolicyStatement>>
                {
                    ["Events"] =
                    [
                        new()
                        {
                            Sid = "Send",
                            Actions = ["events:PutEvents"],
                            Resources = [args.BusArn],
                        },
                    ],
                },
                BoundaryArn = args.BoundaryArn,
            },
            new ComponentResourceOptions { Parent = this }
        );
        _ = new Rule(
            $"{name}-monitors",
            new RuleArgs
            {
                Name = ruleName,
                Description = $"Ends of monitoring jobs, for the orchestrator account of {args.Account.Prefix}",
                State = RuleState.Enabled,
                EventPattern = Output.Create<object>(JsonSerializer.SerializeToElement(MonitorNotifications.Ends)),
                Targets =
                {
                    new RuleTargetArgs
                    {
                        Id = "orchestrator",
                        Arn = args.BusArn,
                        RoleArn = role.Arn,
                    },
                },
            },
            new CustomResourceOptions { Parent = this }
        );
        RegisterOutputs();
    }

    /// <summary>EventBridge, "Cross-service confused deputy prevention": of a rule's targets, the rule is the source.</summary>
    private static PolicyCondition[] OfTheRule(RemoteAccount account, string rule) =>
        [
            PolicyCondition.SourceAccount(account),
            new PolicyCondition("ArnEquals", "aws:SourceArn", account.Arn("events", $"rule/{rule}")),
        ];
}
