using Mlops.Infra.Policies;
using Mlops.Provisioning;
using Pulumi;
using Pulumi.AwsNative.Iam;

namespace Mlops.Infra.Components;

/// <summary>What a caller may choose about a <see cref="ServiceRole"/>.</summary>
public sealed record ServiceRoleArgs
{
    /// <summary>What it is called in its account; null: as the component.</summary>
    public string? RoleName { get; init; }

    /// <summary>What it is for, for people.</summary>
    public required string Description { get; init; }

    /// <summary>The service that takes the role on, <c>lambda.amazonaws.com</c>.</summary>
    public required string Service { get; init; }

    /// <summary>On whose behalf the service may take it on.</summary>
    public IReadOnlyList<PolicyCondition> TrustedWhen { get; init; } = [];

    /// <summary>What it may do, in policies by name.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<PolicyStatement>> Policies { get; init; }

    /// <summary>ARN of its permissions boundary; null: none.</summary>
    public Input<string>? BoundaryArn { get; init; }

    /// <summary>
    /// Whether it stays when the stack goes, because something that stays refers to it. AWS names such a role: under a fixed
    /// name it would be in the way of the next stack of this name.
    /// </summary>
    public bool Retain { get; init; }
}

/// <summary>A role for an AWS service on our own IAM path, of a fixed name unless it outlives the stack.</summary>
public sealed class ServiceRole : ComponentResource
{
    /// <summary>Makes the role, called as this component.</summary>
    public ServiceRole(string name, ServiceRoleArgs args, ComponentResourceOptions? options = null)
        : base("mlops:iam:ServiceRole", name, options)
    {
        var role = new Role(
            $"{name}-role",
            new RoleArgs
            {
                RoleName = args.Retain ? (Input<string>?)null : args.RoleName ?? name,
                Path = DeploymentNames.OrchestratorPath,
                Description = args.Description,
                AssumeRolePolicyDocument = PolicyDocument.Value(Trust(args)),
                Policies = InlinePolicies.Of(args.Policies),
                PermissionsBoundary = args.BoundaryArn,
            },
            Retention.Of(args.Retain, this)
        );

        Arn = role.Arn;
        RegisterOutputs();
    }

    /// <summary>ARN of the role.</summary>
    [Output("arn")]
    public Output<string> Arn { get; private set; }

    private static PolicyStatement Trust(ServiceRoleArgs args) =>
        new()
        {
            Sid = "TheServiceTakesIt",
            Principal = PolicyPrincipal.Service(args.Service),
            Actions = ["sts:AssumeRole"],
            Conditions = args.TrustedWhen,
        };
}
