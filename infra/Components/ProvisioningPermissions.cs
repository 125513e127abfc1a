using Mlops.Infra.Policies;
using Mlops.Provisioning;
using Pulumi;

namespace Mlops.Infra.Components;

/// <summary>What a function needs that provisions pipelines: the Orchestrator always, DeploymentFlow where files are committed.</summary>
internal sealed class ProvisioningPermissions(
    OrchestratorAccount account,
    Storage storage,
    Input<string> pipelineRoleArn
)
{
    public PolicyStatement[] Packages() =>
        [
            new()
            {
                // Of a version: who asked for it.
                Sid = "ReadAndWritePackages",
                Actions = ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"],
                Resources = [Output.Format($"{storage.Assets.Arn}/{DeploymentNames.PackagePrefix}*")],
            },
            new()
            {
                // Without it a package that does not exist yet is a refusal instead of a "not found". To ask for an object
                // names no prefix, so a condition on s3:prefix would be that refusal too.
                Sid = "FindPackages",
                Actions = ["s3:ListBucket"],
                Resources = [storage.Assets.Arn],
            },
            new()
            {
                // The first line of baseline data, whose key is the request's choice; and the evidence of approvals.
                Sid = "ReadAssets",
                Actions = ["s3:GetObject"],
                Resources = [Output.Format($"{storage.Assets.Arn}/*")],
            },
            new()
            {
                Sid = "WriteRequestFiles",
                Actions = ["s3:PutObject"],
                Resources = [Output.Format($"{storage.Assets.Arn}/{DeploymentNames.RequestFilePrefix}*")],
            },
            .. RemovalOfPackages(storage),
            .. PackageKey(),
        ];

    /// <summary>For what was taken down: the newest version of its package, and nothing else of the bucket.</summary>
    public static PolicyStatement[] RemovalOfPackages(Storage storage) =>
        [
            new()
            {
                Sid = "RemovePackages",
                Actions = ["s3:DeleteObject"],
                Resources =
                [
                    Output.Format(
                        $"{storage.Assets.Arn}/{DeploymentNames.PackageKey($"{CloudAccount.PipelinePrefix}*")}"
                    ),
                ],
            },
        ];

    /// <summary>For what was taken down.</summary>
    public static PolicyStatement[] RemovalOfPipelines(OrchestratorAccount account) =>
        [
            new()
            {
                Sid = "RemoveOurPipelines",
                Actions = ["codepipeline:DeletePipeline"],
                Resources = [account.PipelinesArn],
                Conditions = [Ours(account)],
            },
        ];

    /// <summary>Nothing, where the user's bucket has no key of the user's.</summary>
    private PolicyStatement[] PackageKey() =>
        storage.Assets.KeyArn is { } key
            ?
            [
                new()
                {
                    Sid = "EncryptPackages",
                    Actions = ["kms:Decrypt", "kms:GenerateDataKey"],
                    Resources = [key],
                },
            ]
            : [];

    /// <summary>To make and to start them.</summary>
    public PolicyStatement[] Pipelines() =>
        [
            new()
            {
                // Names do not say whose a pipeline is. So all may be seen, to answer that the name is taken.
                Sid = "MakeAndSeePipelines",
                Actions =
                [
                    "codepipeline:CreatePipeline",
                    "codepipeline:GetPipeline",
                    "codepipeline:GetPipelineExecution",
                    "codepipeline:GetPipelineState",
                    "codepipeline:ListPipelineExecutions",
                    "codepipeline:ListTagsForResource",
                ],
                Resources = [account.PipelinesArn],
            },
            new()
            {
                // "IfExists": CodePipeline asks about stages and actions, too, which have no tags.
                Sid = "ChangeOurPipelines",
                Actions =
                [
                    "codepipeline:StartPipelineExecution",
                    "codepipeline:TagResource",
                    "codepipeline:UpdatePipeline",
                ],
                Resources = [account.PipelinesArn],
                Conditions = [Ours(account)],
            },
            .. RemovalOfPipelines(account),
            new()
            {
                // It knows no resource, and only reads.
                Sid = "SeeTags",
                Actions = ["tag:GetResources"],
                Resources = PolicyStatement.AnyResource,
            },
            new()
            {
                Sid = "GivePipelinesTheirRole",
                Actions = ["iam:PassRole"],
                Resources = [pipelineRoleArn],
                Conditions = [PolicyCondition.PassedTo("codepipeline.amazonaws.com")],
            },
        ];

    /// <summary>What people have done to them besides, by the API.</summary>
    public PolicyStatement[] Answers() =>
        [
            new()
            {
                Sid = "RetryAndStop",
                Actions = ["codepipeline:RetryStageExecution", "codepipeline:StopPipelineExecution"],
                Resources = [account.PipelinesArn],
                Conditions = [Ours(account)],
            },
            new()
            {
                // An approval is a resource of its own: <pipeline>/<stage>/<action>.
                Sid = "AnswerApprovals",
                Actions = ["codepipeline:PutApprovalResult"],
                Resources = [account.PipelineApprovalsArn],
                Conditions = [Ours(account)],
            },
            new()
            {
                // It knows no resource, and only reads.
                Sid = "ListPipelines",
                Actions = ["codepipeline:ListPipelines"],
                Resources = PolicyStatement.AnyResource,
            },
        ];

    private static PolicyCondition Ours(OrchestratorAccount account) =>
        new("StringEqualsIfExists", $"aws:ResourceTag/{DeploymentTags.Deployment}", account.Prefix);
}
