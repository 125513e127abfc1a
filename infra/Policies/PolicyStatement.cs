using Pulumi;

namespace Mlops.Infra.Policies;

/// <summary>Whether a statement gives or takes away.</summary>
public enum PolicyEffect
{
    /// <summary>Gives.</summary>
    Allow,

    /// <summary>Takes away, whatever else allows.</summary>
    Deny,
}

/// <summary>Who a statement of a resource's policy is about.</summary>
/// <param name="Kind"><c>Service</c> or <c>AWS</c>.</param>
/// <param name="Values">Service principals, or ARNs.</param>
public sealed record PolicyPrincipal(string Kind, params Input<string>[] Values)
{
    /// <summary>Anybody at all: for denials only.</summary>
    public static PolicyPrincipal Anybody { get; } = new("AWS", "*");

    /// <summary>AWS services, <c>events.amazonaws.com</c>.</summary>
    public static PolicyPrincipal Service(params string[] services) =>
        new("Service", [.. services.Select(service => (Input<string>)service)]);

    /// <summary>AWS services whose principal holds the region.</summary>
    public static PolicyPrincipal Service(Input<string> service) => new("Service", service);

    /// <summary>Whoever has a token of an identity provider.</summary>
    public static PolicyPrincipal Federated(string providerArn) => new("Federated", providerArn);

    /// <summary>The account itself: whoever its IAM policies allow.</summary>
    public static PolicyPrincipal Account(CloudAccount account) => new("AWS", account.GlobalArn("iam", "root"));
}

/// <summary>What has to hold for a statement to count.</summary>
/// <param name="Operator"><c>StringEquals</c>, <c>ArnLike</c>, ….</param>
/// <param name="Key"><c>aws:SourceAccount</c>, ….</param>
/// <param name="Values">Any of which satisfies.</param>
public sealed record PolicyCondition(string Operator, string Key, params Input<string>[] Values)
{
    /// <summary>Only on behalf of something in this account.</summary>
    public static PolicyCondition SourceAccount(CloudAccount account) =>
        new("StringEquals", "aws:SourceAccount", account.Id);

    /// <summary>A role may be handed to these services only.</summary>
    public static PolicyCondition PassedTo(params string[] services) =>
        new("StringEquals", "iam:PassedToService", [.. services.Select(service => (Input<string>)service)]);
}

/// <summary>One statement of a policy. Actions are written out: a wildcard in an allowed action fails the tests.</summary>
public sealed record PolicyStatement
{
    /// <summary>Letters and digits; unique in its policy.</summary>
    public required string Sid { get; init; }

    /// <summary>Allow, unless said otherwise.</summary>
    public PolicyEffect Effect { get; init; } = PolicyEffect.Allow;

    /// <summary>For the policy of a resource, or the trust of a role; null in the policy of an identity.</summary>
    public PolicyPrincipal? Principal { get; init; }

    /// <summary><c>service:Action</c>, at least one.</summary>
    public required IReadOnlyList<string> Actions { get; init; }

    /// <summary>ARNs; empty only in the trust of a role.</summary>
    public IReadOnlyList<Input<string>> Resources { get; init; } = [];

    /// <summary>All of which have to hold.</summary>
    public IReadOnlyList<PolicyCondition> Conditions { get; init; } = [];

    /// <summary>
    /// The resource of an action that AWS does not let one narrow. The test of resources lists each such action with
    /// its reason.
    /// </summary>
    public static IReadOnlyList<Input<string>> AnyResource { get; } = ["*"];
}
