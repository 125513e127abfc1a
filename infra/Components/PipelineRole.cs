using Mlops.Infra.Policies;
using Mlops.Provisioning;
using Pulumi;

namespace Mlops.Infra.Components;

/// <summary>What a caller may choose about the <see cref="PipelineRole"/>.</summary>
public sealed record PipelineRoleArgs
{
    /// <summary>The account of the pipelines.</summary>
    public required OrchestratorAccount Account { get; init; }

    /// <summary>Where packages come from and artifacts go.</summary>
    public required Storage Storage { get; init; }

    /// <summary>The keys of both.</summary>
    public required EncryptionKeys Keys { get; init; }

    /// <summary>Roles of other accounts that deliver there.</summary>
    internal TargetRoles? Targets { get; init; }

    /// <summary>ARN of the role that is handed to CloudFormation.</summary>
    public required Input<string> CloudFormationRoleArn { get; init; }
}

/// <summary>The service role of every pipeline: what CodePipeline and its actions may do in this account.</summary>
public sealed class PipelineRole : ComponentResource
{
    /// <summary>Makes the role.</summary>
    public PipelineRole(string name, PipelineRoleArgs args, ComponentResourceOptions? options = null)
        : base("mlops:pipelines:PipelineRole", name, options)
    {
        var role = new ServiceRole(
            DeploymentNames.PipelineRole(args.Account.Prefix),
            new ServiceRoleArgs
            {
                Description = "What CodePipeline does for the pipelines of MLOps requests",
                Service = "codepipeline.amazonaws.com",
                TrustedWhen =
                [
                    PolicyCondition.SourceAccount(args.Account),
                    // CodePipeline's own roles have the account alone; that it names the pipeline too is said nowhere.
                    new PolicyCondition("ArnLikeIfExists", "aws:SourceArn", args.Account.PipelinesArn),
                ],
                Policies = Policies(args),
            },
            new ComponentResourceOptions { Parent = this }
        );

        Arn = role.Arn;
        RegisterOutputs();
    }

    /// <summary>ARN of the role.</summary>
    [Output("arn")]
    public Output<string> Arn { get; private set; }

    private static Dictionary<string, IReadOnlyList<PolicyStatement>> Policies(PipelineRoleArgs args)
    {
        var policies = new Dictionary<string, IReadOnlyList<PolicyStatement>>(StringComparer.Ordinal)
        {
            ["Packages"] = Packages(args),
            ["Artifacts"] = Artifacts(args.Storage, args.Keys),
            ["Deploy"] = [.. StackPermissions.Deploy(args.Account, args.CloudFormationRoleArn)],
            ["Duties"] = Duties(args.Account),
            ["Jobs"] = [.. StackPermissions.RunJobs(args.Account)],
        };
        if (args.Targets is { Any: true } targets)
        {
            policies["Targets"] = [Assume(targets)];
        }

        return policies;
    }

    private static PolicyStatement Assume(TargetRoles targets) =>
        new()
        {
            Sid = "DeliverIntoTargets",
            Actions = ["sts:AssumeRole"],
            Resources = targets.Deliver,
        };

    private static PolicyStatement[] Packages(PipelineRoleArgs args) =>
        [
            new()
            {
                Sid = "ReadPackages",
                Actions = ["s3:GetObject", "s3:GetObjectTagging", "s3:GetObjectVersion", "s3:GetObjectVersionTagging"],
                Resources = [Output.Format($"{args.Storage.Assets.Arn}/{DeploymentNames.PackagePrefix}*")],
            },
            new()
            {
                Sid = "FindPackages",
                Actions = ["s3:GetBucketAcl", "s3:GetBucketLocation", "s3:GetBucketVersioning", "s3:ListBucket"],
                Resources = [args.Storage.Assets.Arn],
            },
            .. PackageKey(args),
        ];

    /// <summary>Nothing, where the user's bucket has no key of the user's.</summary>
    private static PolicyStatement[] PackageKey(PipelineRoleArgs args) =>
        args.Storage.Assets.KeyArn is { } key
            ?
            [
                new()
                {
                    Sid = "DecryptPackages",
                    Actions = ["kms:Decrypt", "kms:DescribeKey"],
                    Resources = [key],
                },
            ]
            : [];

    /// <summary>What CodePipeline does with its artifact store.</summary>
    internal static PolicyStatement[] Artifacts(Storage storage, EncryptionKeys keys) =>
        [
            new()
            {
                Sid = "ReadAndWriteArtifacts",
                Actions = ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"],
                Resources = [Output.Format($"{storage.Artifacts.Arn}/*")],
            },
            new()
            {
                Sid = "FindArtifacts",
                Actions = ["s3:GetBucketAcl", "s3:GetBucketLocation", "s3:GetBucketVersioning"],
                Resources = [storage.Artifacts.Arn],
            },
            new()
            {
                Sid = "EncryptArtifacts",
                Actions = EncryptionKeys.ArtifactActions,
                Resources = [keys.Artifacts.Arn],
            },
        ];

    /// <summary>What CodePipeline needs to have DeploymentFlow do something.</summary>
    internal static PolicyStatement[] Duties(OrchestratorAccount account) =>
        [
            new()
            {
                Sid = "InvokeDeploymentFlow",
                Actions = ["lambda:InvokeFunction"],
                Resources =
                [
                    account.Arn("lambda", $"function:{DeploymentNames.DeploymentFlowFunction(account.Prefix)}"),
                ],
            },
            new()
            {
                // Without it a pipeline with a Lambda action fails (CodePipeline user guide, "Invoke a Lambda function").
                Sid = "FindDeploymentFlow",
                Actions = ["lambda:ListFunctions"],
                Resources = PolicyStatement.AnyResource,
            },
        ];
}
