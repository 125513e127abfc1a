using Mlops.Infra.Policies;
using Mlops.Provisioning;
using Pulumi;
using Pulumi.AwsNative.Iam;

namespace Mlops.Infra.Components;

/// <summary>What a caller may choose about the <see cref="DeploymentBoundary"/>.</summary>
public sealed record DeploymentBoundaryArgs
{
    /// <summary>The account that pipelines deploy into.</summary>
    public required CloudAccount Account { get; init; }

    /// <summary>The account that holds models, data and images.</summary>
    public required OrchestratorAccount Home { get; init; }

    /// <summary>Holds packages and artifacts, which no role of a blueprint may reach.</summary>
    public required Storage Storage { get; init; }
}

/// <summary>
/// The most that any role of a blueprint's stack can ever do, whatever its own policies say. The CloudFormation role may
/// make roles with this boundary only; without it, it would be an administrator.
/// </summary>
public sealed class DeploymentBoundary : ComponentResource
{
    /// <summary>Makes the policy.</summary>
    public DeploymentBoundary(string name, DeploymentBoundaryArgs args, ComponentResourceOptions? options = null)
        : base("mlops:iam:DeploymentBoundary", name, options)
    {
        var policy = new ManagedPolicy(
            $"{name}-policy",
            new ManagedPolicyArgs
            {
                ManagedPolicyName = DeploymentNames.Boundary(args.Account.Prefix),
                Path = DeploymentNames.OrchestratorPath,
                Description = "The most that a role made by an MLOps pipeline can do",
                PolicyDocument = PolicyDocument.Value([
                    .. Data(args.Account, args.Home, args.Storage),
                    .. Images(args.Account),
                    .. Telemetry(args.Account),
                    .. Network(args.Account),
                    Invoke(args.Account),
                    ShadowEndpoints(args.Account),
                    .. Jobs(args.Account),
                    .. FunctionPermissions.ToRun(args.Account),
                    OursAlone(args.Storage),
                    MadeOfRequests(args.Storage),
                ]),
            },
            new CustomResourceOptions { Parent = this }
        );

        Arn = policy.PolicyArn;
        RegisterOutputs();
    }

    /// <summary>ARN of the policy.</summary>
    [Output("arn")]
    public Output<string> Arn { get; private set; }

    /// <summary>
    /// Any bucket, for models and captured data may be in buckets that the user names; which one is the stack's own
    /// choice, and never one of another account.
    /// </summary>
    private static PolicyStatement[] Data(CloudAccount account, OrchestratorAccount home, Storage storage) =>
        [
            .. account == home ? [] : DataOfHome(storage),
            new()
            {
                Sid = "DataOfThisAccount",
                Actions = ["s3:GetObject", "s3:PutObject", "s3:ListBucket"],
                Resources = [Output.Format($"arn:{account.Partition}:s3:::*")],
                Conditions = [new PolicyCondition("StringEquals", "aws:ResourceAccount", account.Id)],
            },
            new()
            {
                Sid = "KeysOfThisAccount",
                Actions = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey"],
                Resources = [account.Arn("kms", "key/*")],
            },
            new()
            {
                Sid = "EncryptedVolumes",
                Actions = ["kms:CreateGrant"],
                Resources = [account.Arn("kms", "key/*")],
                Conditions = [new PolicyCondition("Bool", "kms:GrantIsForAWSResource", "true")],
            },
        ];

    /// <summary>Models and data that targets read; they write to buckets of their own account only.</summary>
    private static PolicyStatement[] DataOfHome(Storage storage) =>
        [
            new()
            {
                Sid = "ModelsAndDataOfTheOrchestrator",
                Actions = ["s3:GetObject", "s3:ListBucket"],
                Resources = [storage.Assets.Arn, Output.Format($"{storage.Assets.Arn}/*")],
            },
            .. storage.Assets.KeyArn is { } key
                ?
                [
                    new PolicyStatement
                    {
                        Sid = "KeyOfModelsAndData",
                        Actions = ["kms:Decrypt", "kms:DescribeKey"],
                        Resources = [key],
                    },
                ]
                : Array.Empty<PolicyStatement>(),
        ];

    /// <summary>AWS's own images are in accounts of AWS, one for each algorithm and region.</summary>
    private static PolicyStatement[] Images(CloudAccount account) =>
        [
            new()
            {
                Sid = "PullImages",
                Actions = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
                Resources = [Output.Format($"arn:{account.Partition}:ecr:{account.Region}:*:repository/*")],
            },
            new()
            {
                Sid = "PushImages",
                Actions = ["ecr:CompleteLayerUpload", "ecr:InitiateLayerUpload", "ecr:PutImage", "ecr:UploadLayerPart"],
                Resources = [account.Arn("ecr", "repository/*")],
            },
            new()
            {
                Sid = "LogInToRegistries",
                Actions = ["ecr:GetAuthorizationToken"],
                Resources = PolicyStatement.AnyResource,
            },
        ];

    private static PolicyStatement[] Telemetry(CloudAccount account) =>
        [
            new()
            {
                Sid = "LogsOfJobs",
                Actions =
                [
                    "logs:CreateLogGroup",
                    "logs:CreateLogStream",
                    "logs:DescribeLogStreams",
                    "logs:PutLogEvents",
                ],
                Resources =
                [
                    account.Arn("logs", "log-group:/aws/sagemaker/*"),
                    account.Arn("logs", $"log-group:{CloudAccount.PipelinePrefix}*"),
                ],
            },
            new()
            {
                Sid = "MetricsOfSageMaker",
                Actions = ["cloudwatch:PutMetricData"],
                Resources = PolicyStatement.AnyResource,
                Conditions =
                [
                    // The monitors' own namespaces begin without a slash, but for data quality's (Amazon SageMaker,
                    // "CloudWatch Metrics for Bias Drift Analysis").
                    new PolicyCondition(
                        "StringLike",
                        "cloudwatch:namespace",
                        "AWS/SageMaker",
                        "/aws/sagemaker/*",
                        "aws/sagemaker/*"
                    ),
                ],
            },
            // The documentation asks it of "your IAM execution role" for an update that alarms guard.
            new()
            {
                Sid = "SeeAlarms",
                Actions = ["cloudwatch:DescribeAlarms"],
                Resources = [account.Arn("cloudwatch", "alarm:*")],
            },
        ];

    /// <summary>
    /// What a model in a VPC needs (SageMaker, "CreateModel API: Execution Role Permissions"). Shared subnets and groups
    /// belong to another account.
    /// </summary>
    private static PolicyStatement[] Network(CloudAccount account) =>
        [
            new()
            {
                Sid = "NetworkInterfaces",
                Actions =
                [
                    "ec2:CreateNetworkInterface",
                    "ec2:CreateNetworkInterfacePermission",
                    "ec2:DeleteNetworkInterface",
                    "ec2:DeleteNetworkInterfacePermission",
                ],
                Resources =
                [
                    account.Arn("ec2", "network-interface/*"),
                    Output.Format($"arn:{account.Partition}:ec2:{account.Region}:*:security-group/*"),
                    Output.Format($"arn:{account.Partition}:ec2:{account.Region}:*:subnet/*"),
                ],
            },
            new()
            {
                Sid = "SeeNetworks",
                Actions =
                [
                    "ec2:DescribeDhcpOptions",
                    "ec2:DescribeNetworkInterfaces",
                    "ec2:DescribeSecurityGroups",
                    "ec2:DescribeSubnets",
                    "ec2:DescribeVpcs",
                ],
                Resources = PolicyStatement.AnyResource,
            },
        ];

    private static PolicyStatement Invoke(CloudAccount account) =>
        new()
        {
            Sid = "UseEndpoints",
            Actions =
            [
                "sagemaker:DescribeEndpoint",
                "sagemaker:DescribeEndpointConfig",
                "sagemaker:DescribeModel",
                "sagemaker:InvokeEndpoint",
            ],
            Resources =
            [
                account.Arn("sagemaker", "endpoint/*"),
                account.Arn("sagemaker", "endpoint-config/*"),
                account.Arn("sagemaker", "model/*"),
            ],
        };

    /// <summary>Clarify starts endpoints for itself, and removes them: under this name only.</summary>
    private static PolicyStatement ShadowEndpoints(CloudAccount account) =>
        new()
        {
            Sid = "ClarifysEndpoints",
            Actions =
            [
                "sagemaker:AddTags",
                "sagemaker:CreateEndpoint",
                "sagemaker:CreateEndpointConfig",
                "sagemaker:DeleteEndpoint",
                "sagemaker:DeleteEndpointConfig",
            ],
            Resources =
            [
                account.Arn("sagemaker", "endpoint/sm-clarify-*"),
                account.Arn("sagemaker", "endpoint-config/sm-clarify-*"),
            ],
        };

    /// <summary>What the state machine of a job needs: the job, the rule that tells of its end, logs and traces.</summary>
    private static PolicyStatement[] Jobs(CloudAccount account) =>
        [
            new()
            {
                Sid = "RunJobs",
                Actions =
                [
                    "sagemaker:AddTags",
                    "sagemaker:CreateAutoMLJobV2",
                    "sagemaker:CreateHyperParameterTuningJob",
                    "sagemaker:CreateProcessingJob",
                    "sagemaker:CreateTrainingJob",
                    "sagemaker:CreateTransformJob",
                    "sagemaker:DescribeAutoMLJobV2",
                    "sagemaker:DescribeHyperParameterTuningJob",
                    "sagemaker:DescribeProcessingJob",
                    "sagemaker:DescribeTrainingJob",
                    "sagemaker:DescribeTransformJob",
                    "sagemaker:ListTags",
                    "sagemaker:StopAutoMLJob",
                    "sagemaker:StopHyperParameterTuningJob",
                    "sagemaker:StopProcessingJob",
                    "sagemaker:StopTrainingJob",
                    "sagemaker:StopTransformJob",
                ],
                Resources = [account.Arn("sagemaker", "*-job/*")],
            },
            new()
            {
                Sid = "RunBuilds",
                Actions = ["codebuild:BatchGetBuilds", "codebuild:StartBuild", "codebuild:StopBuild"],
                Resources = [account.Arn("codebuild", $"project/{CloudAccount.PipelinePrefix}*")],
            },
            new()
            {
                Sid = "HandJobsTheirRoles",
                Actions = ["iam:PassRole"],
                Resources = [account.GlobalArn("iam", $"role{DeploymentNames.BlueprintPath}*")],
                Conditions = [PolicyCondition.PassedTo("sagemaker.amazonaws.com")],
            },
            new()
            {
                Sid = "HearOfJobs",
                Actions = ["events:DescribeRule", "events:PutRule", "events:PutTargets"],
                Resources = [account.Arn("events", "rule/StepFunctions*")],
            },
            new()
            {
                Sid = "LogsAndTracesOfStateMachines",
                Actions =
                [
                    "logs:CreateLogDelivery",
                    "logs:DeleteLogDelivery",
                    "logs:DescribeLogGroups",
                    "logs:DescribeResourcePolicies",
                    "logs:GetLogDelivery",
                    "logs:ListLogDeliveries",
                    "logs:PutResourcePolicy",
                    "logs:UpdateLogDelivery",
                    "xray:GetSamplingRules",
                    "xray:GetSamplingTargets",
                    "xray:PutTelemetryRecords",
                    "xray:PutTraceSegments",
                ],
                Resources = PolicyStatement.AnyResource,
            },
        ];

    /// <summary>
    /// A request names where captured data goes. In a place of ours, code in its image could replace the package of any
    /// pipeline, and by that have CloudFormation make what it likes.
    /// </summary>
    private static PolicyStatement OursAlone(Storage storage) =>
        new()
        {
            Sid = "PackagesAndArtifactsAreOurs",
            Effect = PolicyEffect.Deny,
            Actions = ["s3:GetObject", "s3:PutObject"],
            Resources =
            [
                Output.Format($"{storage.Assets.Arn}/{DeploymentNames.PackagePrefix}*"),
                Output.Format($"{storage.Artifacts.Arn}/*"),
            ],
        };

    /// <summary>
    /// Files made of requests are known by their content: whoever reads one takes it to be what was asked for. Evidence is
    /// what people approve by.
    /// </summary>
    private static PolicyStatement MadeOfRequests(Storage storage) =>
        new()
        {
            Sid = "FilesOfRequestsAndEvidenceStay",
            Effect = PolicyEffect.Deny,
            Actions = ["s3:PutObject"],
            Resources =
            [
                Output.Format($"{storage.Assets.Arn}/{DeploymentNames.RequestFilePrefix}*"),
                Output.Format($"{storage.Assets.Arn}/{DeploymentNames.EvidencePrefix}*"),
            ],
        };
}
