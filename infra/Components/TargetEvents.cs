using Mlops.Infra.Policies;
using Mlops.Provisioning;
using Pulumi;
using Pulumi.AwsNative.Events;

namespace Mlops.Infra.Components;

/// <summary>What a caller may choose about the <see cref="TargetEvents"/>.</summary>
public sealed record TargetEventsArgs
{
    /// <summary>The account of the bus.</summary>
    public required OrchestratorAccount Account { get; init; }

    /// <summary>Who may send.</summary>
    internal TargetRoles Targets { get; init; } = null!;
}

/// <summary>
/// The event bus that takes what happens in targets of other accounts: SageMaker tells only the account in which a job runs.
/// A bus of its own, so that nobody gets to send to the account's default one.
/// </summary>
public sealed class TargetEvents : ComponentResource
{
    /// <summary>Makes the bus, with its policy.</summary>
    public TargetEvents(string name, TargetEventsArgs args, ComponentResourceOptions? options = null)
        : base("mlops:notifications:TargetEvents", name, options)
    {
        var bus = new EventBus(
            $"{name}-bus",
            new EventBusArgs
            {
                Name = DeploymentNames.TargetEvents(args.Account.Prefix),
                Description = $"What monitors in the targets of {args.Account.Prefix} come to",
                Policy = PolicyDocument.Value(Send(args)),
            },
            new CustomResourceOptions { Parent = this }
        );

        (Name, Arn) = (bus.Name, bus.Arn);
        RegisterOutputs();
    }

    /// <summary>Name of the bus, once it is there.</summary>
    [Output("name")]
    public Output<string> Name { get; private set; }

    /// <summary>ARN of the bus.</summary>
    [Output("arn")]
    public Output<string> Arn { get; private set; }

    /// <summary>
    /// A rule that sends as a role signs with it, so the role is what can be asked for. By name, for the ARN is known before
    /// the bus is.
    /// </summary>
    private static PolicyStatement Send(TargetEventsArgs args) =>
        new()
        {
            Sid = "TargetsSend",
            Principal = args.Targets.Accounts,
            Actions = ["events:PutEvents"],
            Resources = [args.Account.Arn("events", $"event-bus/{DeploymentNames.TargetEvents(args.Account.Prefix)}")],
            Conditions = [args.Targets.AreForward],
        };
}
