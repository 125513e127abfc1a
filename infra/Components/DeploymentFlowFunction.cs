using Mlops.Infra.Policies;
using Mlops.Infra.Publishing;
using Mlops.Provisioning;
using Pulumi;
using Pulumi.AwsNative.Lambda;
using Pulumi.AwsNative.Lambda.Inputs;

namespace Mlops.Infra.Components;

/// <summary>What a caller may choose about the <see cref="DeploymentFlowFunction"/>.</summary>
public sealed record DeploymentFlowFunctionArgs
{
    /// <summary>The account that it runs in.</summary>
    public required OrchestratorAccount Account { get; init; }

    /// <summary>Its code.</summary>
    public required LambdaPackage Package { get; init; }

    /// <summary>Days that its log is kept.</summary>
    public required int LogRetentionDays { get; init; }

    /// <summary>Its environment.</summary>
    public required InputMap<string> Environment { get; init; }

    /// <summary>Roles of other accounts that look and clear there.</summary>
    internal TargetRoles? Targets { get; init; }

    /// <summary>The key of its log and of the dead letters.</summary>
    public required EncryptionKeys Keys { get; init; }

    /// <summary>Where it keeps the evidence of approvals.</summary>
    public required Storage Storage { get; init; }

    /// <summary>ARN of the topic that it tells of approvals.</summary>
    public required Input<string> TopicArn { get; init; }

    /// <summary>What it needs to provision pipelines; null where no files are committed.</summary>
    internal ProvisioningPermissions? Provisioning { get; init; }

    /// <summary>The file that it applies: <c>bucket/key</c>; null where there is none.</summary>
    public string? ConfigObject { get; init; }

    /// <summary>ARN of the key of that file's bucket; null where it has none of the user's.</summary>
    public string? ConfigKeyArn { get; init; }

    /// <summary>The repository whose commits it applies; null where there is none.</summary>
    public GitSource? Repository { get; init; }

    /// <summary>Keeps the jobs that it never answered.</summary>
    public required DeadLetters DeadLetters { get; init; }
}

/// <summary>Carries out what a pipeline asks for besides CloudFormation: prepare a stage, and verify it.</summary>
public sealed class DeploymentFlowFunction : ComponentResource
{
    /// <summary>A duty that takes longer goes on by continuation token.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(5);

    /// <summary>The longest that there is (Lambda quotas): an event of a bucket has no continuation token.</summary>
    private static readonly TimeSpan TimeoutOfEvents = TimeSpan.FromMinutes(15);

    /// <summary>
    /// As long as CodePipeline waits for an answer (CodePipeline quotas, Lambda actions): what comes later may be about what is
    /// no longer so.
    /// </summary>
    private static readonly TimeSpan LatestEvent = TimeSpan.FromMinutes(20);

    /// <summary>Makes the function.</summary>
    public DeploymentFlowFunction(
        string name,
        DeploymentFlowFunctionArgs args,
        ComponentResourceOptions? options = null
    )
        : base("mlops:compute:DeploymentFlowFunction", name, options)
    {
        var function = new LambdaService(
            DeploymentNames.DeploymentFlowFunction(args.Account.Prefix),
            new LambdaServiceArgs
            {
                Account = args.Account,
                Description = "Prepares and verifies what MLOps pipelines deploy",
                Package = args.Package,
                Environment = args.Environment,
                Timeout = args.ConfigObject is null ? Timeout : TimeoutOfEvents,
                LogKeyArn = args.Keys.Operations.Arn,
                LogRetentionDays = args.LogRetentionDays,
                Policies = Policies(args),
            },
            new ComponentResourceOptions { Parent = this }
        );

        // CodePipeline invokes asynchronously. A job is answered once: a second delivery would only find it answered. A
        // destination, not the function's dead-letter queue: it tells the error beside the event (Lambda, retaining records).
        _ = new EventInvokeConfig(
            $"{name}-no-retries",
            new EventInvokeConfigArgs
            {
                FunctionName = function.Name,
                Qualifier = "$LATEST",
                MaximumRetryAttempts = 0,
                MaximumEventAgeInSeconds = (int)LatestEvent.TotalSeconds,
                DestinationConfig = new EventInvokeConfigDestinationConfigArgs
                {
                    OnFailure = new EventInvokeConfigOnFailureArgs { Destination = args.DeadLetters.Arn },
                },
            },
            new CustomResourceOptions { Parent = this }
        );

        Name = function.Name;
        Arn = function.Arn;
        RegisterOutputs();
    }

    /// <summary>Name of the function.</summary>
    [Output("name")]
    public Output<string> Name { get; private set; }

    /// <summary>ARN of the function.</summary>
    [Output("arn")]
    public Output<string> Arn { get; private set; }

    /// <summary>Model packages are looked at here whatever the target: the registry is this account's.</summary>
    private static PolicyStatement SeePackages(OrchestratorAccount account) =>
        new()
        {
            Sid = "SeeModelPackages",
            Actions = ["sagemaker:DescribeModelPackage"],
            Resources = [account.Arn("sagemaker", "model-package/*")],
        };

    private static Dictionary<string, IReadOnlyList<PolicyStatement>> Policies(DeploymentFlowFunctionArgs args)
    {
        var policies = new Dictionary<string, IReadOnlyList<PolicyStatement>>(StringComparer.Ordinal)
        {
            ["Stacks"] = [.. StackPermissions.See(args.Account), .. StackPermissions.Clear(args.Account)],
            ["Hosting"] = [StackPermissions.SeeWhatRuns(args.Account), SeePackages(args.Account)],
            ["Jobs"] = Jobs(),
            ["DeadLetters"] = args.DeadLetters.Send(),
            ["Notices"] = Tell(args),
        };
        if (args.Targets is { Any: true } targets)
        {
            policies["Targets"] = [LookAndClear(targets)];
            policies["Approvals"] = Evidence(args);
        }

        if (args.Provisioning is { } provisioning)
        {
            policies["Packages"] = provisioning.Packages();
            policies["Pipelines"] = provisioning.Pipelines();
        }
        else
        {
            // Whoever provisions can do this already.
            policies["Teardown"] = Teardown(args);
        }

        if (args.ConfigObject is { } file)
        {
            policies["Config"] = Read(file, args.ConfigKeyArn, args.Account);
        }

        if (args.Repository is { } repository)
        {
            policies["Commits"] = Commits(repository, args.Account);
        }

        return policies;
    }

    /// <summary>To see whether a pipeline has succeeded in taking down what it delivered, and to remove it then.</summary>
    private static PolicyStatement[] Teardown(DeploymentFlowFunctionArgs args) =>
        [
            new()
            {
                Sid = "SeePipelines",
                Actions =
                [
                    "codepipeline:GetPipeline",
                    "codepipeline:GetPipelineState",
                    "codepipeline:ListTagsForResource",
                ],
                Resources = [args.Account.PipelinesArn],
            },
            .. ProvisioningPermissions.RemovalOfPipelines(args.Account),
            .. ProvisioningPermissions.RemovalOfPackages(args.Storage),
        ];

    /// <summary>Whether a job is still asked for, and who made the commit.</summary>
    private static PolicyStatement[] Commits(GitSource repository, OrchestratorAccount account) =>
        [
            new()
            {
                Sid = "SeeConfigExecutions",
                Actions = ["codepipeline:ListActionExecutions"],
                Resources = [account.Arn("codepipeline", DeploymentNames.Config(account.Prefix))],
            },
            .. repository.ConnectionArn is null
                ?
                [
                    new PolicyStatement
                    {
                        Sid = "SeeWhoCommitted",
                        Actions = ["codecommit:GetCommit"],
                        Resources = [account.Arn("codecommit", repository.Repository)],
                    },
                ]
                : Array.Empty<PolicyStatement>(),
        ];

    private static PolicyStatement[] Read(string file, string? keyArn, OrchestratorAccount account) =>
        [
            new()
            {
                Sid = "ReadConfig",
                Actions = ["s3:GetObject"],
                Resources = [account.SharedArn("s3", file, regional: false)],
            },
            new()
            {
                // Without it a file that is gone is a refusal instead of a "not found".
                Sid = "FindConfig",
                Actions = ["s3:ListBucket"],
                Resources = [account.SharedArn("s3", file.Split('/')[0], regional: false)],
            },
            .. keyArn is null
                ? Array.Empty<PolicyStatement>()
                :
                [
                    new PolicyStatement
                    {
                        Sid = "DecryptConfig",
                        Actions = ["kms:Decrypt"],
                        Resources = [keyArn],
                    },
                ],
        ];

    private static PolicyStatement[] Evidence(DeploymentFlowFunctionArgs args) =>
        [
            new()
            {
                Sid = "KeepEvidence",
                Actions = ["s3:PutObject"],
                Resources = [Output.Format($"{args.Storage.Assets.Arn}/{DeploymentNames.EvidencePrefix}*")],
            },
            .. args.Storage.Assets.KeyArn is { } key
                ?
                [
                    new PolicyStatement
                    {
                        Sid = "EncryptEvidence",
                        Actions = ["kms:Decrypt", "kms:GenerateDataKey"],
                        Resources = [key],
                    },
                ]
                : Array.Empty<PolicyStatement>(),
        ];

    private static PolicyStatement[] Tell(DeploymentFlowFunctionArgs args) =>
        [
            new()
            {
                Sid = "TellPeople",
                Actions = ["sns:Publish"],
                Resources = [args.TopicArn],
            },
            new()
            {
                Sid = "EncryptMessages",
                Actions = ["kms:Decrypt", "kms:GenerateDataKey"],
                Resources = [args.Keys.Operations.Arn],
            },
        ];

    private static PolicyStatement LookAndClear(TargetRoles targets) =>
        new()
        {
            Sid = "LookAndClearInTargets",
            Actions = ["sts:AssumeRole"],
            Resources = [.. targets.Observe, .. targets.Repair],
        };

    private static PolicyStatement[] Jobs() =>
        [
            new()
            {
                Sid = "AnswerJobs",
                Actions = ["codepipeline:PutJobFailureResult", "codepipeline:PutJobSuccessResult"],
                Resources = PolicyStatement.AnyResource,
            },
        ];
}
