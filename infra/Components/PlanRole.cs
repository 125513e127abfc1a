using Mlops.Infra.Policies;
using Mlops.Provisioning;
using Mlops.Provisioning.Api;
using Pulumi;
using Pulumi.AwsNative.Iam;

namespace Mlops.Infra.Components;

/// <summary>What a caller may choose about the <see cref="PlanRole"/>.</summary>
public sealed record PlanRoleArgs
{
    /// <summary>The account of the role and the API.</summary>
    public required OrchestratorAccount Account { get; init; }

    /// <summary>Whose jobs take it on.</summary>
    public required PlanAccess Access { get; init; }

    /// <summary>Id of the API.</summary>
    public required Input<string> ApiId { get; init; }
}

/// <summary>
/// A role for the jobs of a repository that may ask what a config file would do, and nothing else: not even look at a
/// pipeline. A job takes it on with the token of its run, so there is no key to keep.
/// </summary>
public sealed class PlanRole : ComponentResource
{
    /// <summary>Makes the role, called as this component.</summary>
    public PlanRole(string name, PlanRoleArgs args, ComponentResourceOptions? options = null)
        : base("mlops:iam:PlanRole", name, options)
    {
        var role = new Role(
            $"{name}-role",
            new RoleArgs
            {
                RoleName = name,
                Path = DeploymentNames.OrchestratorPath,
                Description = "What jobs of a repository take on to see what a config file would do",
                AssumeRolePolicyDocument = PolicyDocument.Value(Trust(args.Access)),
                Policies = InlinePolicies.Of(
                    new Dictionary<string, IReadOnlyList<PolicyStatement>> { ["Plan"] = [Ask(args)] }
                ),
            },
            new CustomResourceOptions { Parent = this }
        );

        Arn = role.Arn;
        RegisterOutputs();
    }

    /// <summary>ARN of the role.</summary>
    [Output("arn")]
    public Output<string> Arn { get; private set; }

    /// <summary>The subject, too: without it every repository of the provider would get in.</summary>
    private static PolicyStatement Trust(PlanAccess access) =>
        new()
        {
            Sid = "JobsOfTheRepositoryTakeIt",
            Principal = PolicyPrincipal.Federated(access.ProviderArn),
            Actions = ["sts:AssumeRoleWithWebIdentity"],
            Conditions =
            [
                new PolicyCondition("StringEquals", $"{access.Host}:aud", access.Audience),
                new PolicyCondition("StringLike", $"{access.Host}:sub", access.Subject),
            ],
        };

    private static PolicyStatement Ask(PlanRoleArgs args) =>
        new()
        {
            Sid = "AskForAPlan",
            Actions = ["execute-api:Invoke"],
            Resources =
            [
                args
                    .ApiId.ToOutput()
                    .Apply(id =>
                        args.Account.Arn(
                            "execute-api",
                            $"{id}/{ProvisioningApi.StageName}/{ApiRoutes.Plan.Method}{ApiRoutes.Plan.Path}"
                        )
                    ),
            ],
        };
}
