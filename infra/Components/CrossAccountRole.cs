using Mlops.Infra.Policies;
using Mlops.Provisioning;
using Pulumi;
using Pulumi.AwsNative.Iam;

namespace Mlops.Infra.Components;

/// <summary>What a caller may choose about a <see cref="CrossAccountRole"/>.</summary>
public sealed record CrossAccountRoleArgs
{
    /// <summary>What it is for, for people.</summary>
    public required string Description { get; init; }

    /// <summary>The account whose roles take it on.</summary>
    public required OrchestratorAccount Home { get; init; }

    /// <summary>Names of these roles, on our own IAM path.</summary>
    public required IReadOnlyList<string> TakenOnBy { get; init; }

    /// <summary>What it may do, in policies by name.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<PolicyStatement>> Policies { get; init; }

    /// <summary>ARN of its permissions boundary; null: none.</summary>
    public Input<string>? BoundaryArn { get; init; }
}

/// <summary>A role in a target that named roles of the orchestrator account take on, and nobody else.</summary>
public sealed class CrossAccountRole : ComponentResource
{
    /// <summary>Makes the role, of a fixed name: policies elsewhere name it before it is there.</summary>
    /// <param name="name">Logical name; unique in the program, for every target has such a role.</param>
    /// <param name="roleName">What the role is called in its account.</param>
    /// <param name="args">The rest.</param>
    /// <param name="options">With the target's providers.</param>
    public CrossAccountRole(
        string name,
        string roleName,
        CrossAccountRoleArgs args,
        ComponentResourceOptions? options = null
    )
        : base("mlops:iam:CrossAccountRole", name, options)
    {
        var role = new Role(
            $"{name}-role",
            new RoleArgs
            {
                RoleName = roleName,
                Path = DeploymentNames.OrchestratorPath,
                Description = args.Description,
                AssumeRolePolicyDocument = PolicyDocument.Value(Trust(args)),
                Policies = InlinePolicies.Of(args.Policies),
                PermissionsBoundary = args.BoundaryArn,
            },
            new CustomResourceOptions { Parent = this }
        );

        Arn = role.Arn;
        RegisterOutputs();
    }

    /// <summary>ARN of the role.</summary>
    [Output("arn")]
    public Output<string> Arn { get; private set; }

    /// <summary>The account and a condition: a role as principal has to exist, and becomes an id when it is made anew.</summary>
    private static PolicyStatement Trust(CrossAccountRoleArgs args) =>
        new()
        {
            Sid = "TheOrchestratorTakesIt",
            Principal = PolicyPrincipal.Account(args.Home),
            Actions = ["sts:AssumeRole"],
            Conditions =
            [
                new PolicyCondition(
                    "ArnEquals",
                    "aws:PrincipalArn",
                    [
                        .. args.TakenOnBy.Select(role =>
                            (Input<string>)args.Home.GlobalArn("iam", $"role{DeploymentNames.OrchestratorPath}{role}")
                        ),
                    ]
                ),
            ],
        };
}
