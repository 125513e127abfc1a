using Mlops.Infra.Policies;
using Mlops.Provisioning;
using Pulumi;

namespace Mlops.Infra.Components;

/// <summary>What a caller may choose about a <see cref="TargetAccount"/>.</summary>
public sealed record TargetAccountArgs
{
    /// <summary>The target, with its providers.</summary>
    public required RemoteAccount Account { get; init; }

    /// <summary>The account of the pipelines.</summary>
    public required OrchestratorAccount Home { get; init; }

    /// <summary>Where models come from and artifacts are.</summary>
    public required Storage Storage { get; init; }

    /// <summary>The key of artifacts.</summary>
    public required EncryptionKeys Keys { get; init; }

    /// <summary>ARN of the bus that takes what monitors here come to.</summary>
    public required Input<string> EventBusArn { get; init; }

    /// <summary>Whether the role with which API Gateway logs is set here, too.</summary>
    public required bool ManageApiGatewayAccount { get; init; }
}

/// <summary>
/// What a pipeline needs in an account that it delivers into: the roles that deliver, look and clear, each taken on by one
/// role of the orchestrator account, and the one that CloudFormation works with, within a boundary. What monitors come to
/// is sent to the orchestrator account.
/// </summary>
public sealed class TargetAccount : ComponentResource
{
    private readonly TargetAccountArgs _args;
    private readonly string _name;

    /// <summary>Makes them, all by the target's own providers.</summary>
    public TargetAccount(string name, TargetAccountArgs args, ComponentResourceOptions? options = null)
        : base("mlops:accounts:TargetAccount", name, options)
    {
        (_name, _args) = (name, args);
        var cloudFormation = CloudFormation();
        Role(
            "deliver",
            DeploymentNames.DeliverRole,
            "Delivers what MLOps pipelines deploy",
            Deliver(cloudFormation.Arn)
        );
        Role("observe", DeploymentNames.ObserveRole, "Looks at what MLOps pipelines deployed", Observe());
        Role("repair", DeploymentNames.RepairRole, "Clears what an MLOps pipeline never got to work", Repair());
        _ = new EventForwarding(
            $"{name}-forward",
            new EventForwardingArgs
            {
                Account = args.Account,
                BusArn = args.EventBusArn,
                BoundaryArn = UsersBoundary,
            },
            Child
        );
        if (args.ManageApiGatewayAccount)
        {
            _ = new ApiGatewayLogging(
                $"{name}-api-logging",
                new ApiGatewayLoggingArgs { Account = args.Account, BoundaryArn = UsersBoundary },
                Child
            );
        }

        RegisterOutputs();
    }

    private ComponentResourceOptions Child => new() { Parent = this };

    private Input<string>? UsersBoundary =>
        _args.Account.Target.PermissionsBoundary is { } arn ? (Input<string>)arn : null;

    private CloudFormationRole CloudFormation()
    {
        var boundary =
            UsersBoundary
            ?? new DeploymentBoundary(
                $"{_name}-boundary",
                new DeploymentBoundaryArgs
                {
                    Account = _args.Account,
                    Home = _args.Home,
                    Storage = _args.Storage,
                },
                Child
            ).Arn;
        return new CloudFormationRole(
            $"{_name}-cloudformation",
            new CloudFormationRoleArgs
            {
                Account = _args.Account,
                Home = _args.Home,
                BoundaryArn = boundary,
                OwnBoundaryArn = UsersBoundary,
            },
            Child
        );
    }

    private void Role(
        string use,
        Func<string, string> roleName,
        string description,
        Dictionary<string, IReadOnlyList<PolicyStatement>> policies
    ) =>
        _ = new CrossAccountRole(
            $"{_name}-{use}",
            roleName(_args.Home.Prefix),
            new CrossAccountRoleArgs
            {
                Description = description,
                Home = _args.Home,
                TakenOnBy =
                [
                    use == "deliver"
                        ? DeploymentNames.PipelineRole(_args.Home.Prefix)
                        : DeploymentNames.DeploymentFlowFunction(_args.Home.Prefix),
                ],
                Policies = policies,
                BoundaryArn = UsersBoundary,
            },
            Child
        );

    private Dictionary<string, IReadOnlyList<PolicyStatement>> Deliver(Input<string> cloudFormationRoleArn) =>
        new(StringComparer.Ordinal)
        {
            ["Artifacts"] = Artifacts(),
            ["Deploy"] = [.. StackPermissions.Deploy(_args.Account, cloudFormationRoleArn)],
            ["Jobs"] = [.. StackPermissions.RunJobs(_args.Account)],
        };

    private PolicyStatement[] Artifacts() =>
        [
            new()
            {
                Sid = "ReadAndWriteArtifacts",
                Actions = ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"],
                Resources = [Output.Format($"{_args.Storage.Artifacts.Arn}/*")],
            },
            new()
            {
                Sid = "FindArtifacts",
                Actions = ["s3:GetBucketAcl", "s3:GetBucketLocation", "s3:GetBucketVersioning"],
                Resources = [_args.Storage.Artifacts.Arn],
            },
            new()
            {
                Sid = "EncryptArtifacts",
                Actions = EncryptionKeys.ArtifactActions,
                Resources = [_args.Keys.Artifacts.Arn],
            },
        ];

    private Dictionary<string, IReadOnlyList<PolicyStatement>> Observe() =>
        new(StringComparer.Ordinal)
        {
            ["Stacks"] = [.. StackPermissions.See(_args.Account)],
            ["Hosting"] = [StackPermissions.SeeWhatRuns(_args.Account)],
        };

    private Dictionary<string, IReadOnlyList<PolicyStatement>> Repair() =>
        new(StringComparer.Ordinal) { ["Stacks"] = [.. StackPermissions.Clear(_args.Account)] };
}
