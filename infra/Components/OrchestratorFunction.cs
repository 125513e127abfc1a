using Mlops.Infra.Policies;
using Mlops.Infra.Publishing;
using Mlops.Provisioning;
using Pulumi;

namespace Mlops.Infra.Components;

/// <summary>What a caller may choose about the <see cref="OrchestratorFunction"/>.</summary>
public sealed record OrchestratorFunctionArgs
{
    /// <summary>The account that it runs in.</summary>
    public required OrchestratorAccount Account { get; init; }

    /// <summary>Its code.</summary>
    public required LambdaPackage Package { get; init; }

    /// <summary>Days that its log is kept.</summary>
    public required int LogRetentionDays { get; init; }

    /// <summary>How many requests it answers at a time at most, kept free for it; null: what the account has left.</summary>
    public int? ReservedConcurrency { get; init; }

    /// <summary>Its environment.</summary>
    public required InputMap<string> Environment { get; init; }

    /// <summary>Where it puts packages.</summary>
    public required Storage Storage { get; init; }

    /// <summary>The keys of packages and of its log.</summary>
    public required EncryptionKeys Keys { get; init; }

    /// <summary>ARN of the role that it gives to pipelines.</summary>
    public required Input<string> PipelineRoleArn { get; init; }
}

/// <summary>Takes requests, packages templates, and makes and starts pipelines.</summary>
public sealed class OrchestratorFunction : ComponentResource
{
    /// <summary>API Gateway waits 29 seconds (its quota); an answer after that reaches nobody.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(29);

    /// <summary>Makes the function.</summary>
    public OrchestratorFunction(string name, OrchestratorFunctionArgs args, ComponentResourceOptions? options = null)
        : base("mlops:compute:OrchestratorFunction", name, options)
    {
        var provisioning = new ProvisioningPermissions(args.Account, args.Storage, args.PipelineRoleArn);
        var function = new LambdaService(
            DeploymentNames.OrchestratorFunction(args.Account.Prefix),
            new LambdaServiceArgs
            {
                Account = args.Account,
                Description = "Takes MLOps requests, packages templates, makes and starts pipelines",
                Package = args.Package,
                Environment = args.Environment,
                Timeout = Timeout,
                LogKeyArn = args.Keys.Operations.Arn,
                LogRetentionDays = args.LogRetentionDays,
                ReservedConcurrency = args.ReservedConcurrency,
                Policies = new Dictionary<string, IReadOnlyList<PolicyStatement>>
                {
                    ["Packages"] = provisioning.Packages(),
                    ["Pipelines"] = provisioning.Pipelines(),
                    ["Answers"] = provisioning.Answers(),
                    ["Config"] = Config(args.Account),
                    ["ModelCards"] = ModelCards(args),
                },
            },
            new ComponentResourceOptions { Parent = this }
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

    /// <summary>The pipeline that applies commits, by its one name; where there is none, that is "not found" and no refusal.</summary>
    private static PolicyStatement[] Config(OrchestratorAccount account)
    {
        var name = DeploymentNames.Config(account.Prefix);
        var pipeline = account.Arn("codepipeline", name);
        return
        [
            new()
            {
                Sid = "SeeConfig",
                Actions =
                [
                    "codepipeline:GetPipeline",
                    "codepipeline:GetPipelineExecution",
                    "codepipeline:GetPipelineState",
                    "codepipeline:ListTagsForResource",
                ],
                Resources = [pipeline],
            },
            new()
            {
                // Its resource is the stage (service authorization reference); CodePipeline's guide writes the pipeline.
                Sid = "RetryConfig",
                Actions = ["codepipeline:RetryStageExecution"],
                Resources =
                [
                    pipeline,
                    .. ConfigPipeline.Stages.Select(stage =>
                        (Input<string>)account.Arn("codepipeline", $"{name}/{stage}")
                    ),
                ],
            },
        ];
    }

    private static PolicyStatement[] ModelCards(OrchestratorFunctionArgs args) =>
        [
            new()
            {
                // Requests name cards, and the models and jobs that these tell of: there is no prefix of ours.
                Sid = "ManageModelCards",
                Actions =
                [
                    "sagemaker:CreateModelCard",
                    "sagemaker:CreateModelCardExportJob",
                    "sagemaker:DeleteModelCard",
                    "sagemaker:DescribeModelCard",
                    "sagemaker:DescribeModelCardExportJob",
                    "sagemaker:UpdateModelCard",
                ],
                Resources = [args.Account.Arn("sagemaker", "model-card/*")],
            },
            new()
            {
                Sid = "SeeWhatCardsTellOf",
                Actions =
                [
                    "sagemaker:DescribeModel",
                    "sagemaker:DescribeModelPackage",
                    "sagemaker:DescribeTrainingJob",
                ],
                Resources =
                [
                    args.Account.Arn("sagemaker", "model/*"),
                    args.Account.Arn("sagemaker", "model-package/*"),
                    args.Account.Arn("sagemaker", "training-job/*"),
                ],
            },
            new()
            {
                // Neither knows a resource.
                Sid = "FindModelCards",
                Actions = ["sagemaker:ListModelCards", "sagemaker:Search"],
                Resources = ["*"],
            },
            new()
            {
                // SageMaker writes the PDF in the caller's name.
                Sid = "ExportModelCards",
                Actions = ["s3:PutObject"],
                Resources = [Output.Format($"{args.Storage.Assets.Arn}/{DeploymentNames.ModelCardExports}/*")],
            },
        ];
}
