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
                // Of the newest: what a plan would change in it. Of a version: who asked for it.
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
                Sid = "ChangeOurPipelines",
                Actions = ["codepipeline:StartPipelineExecution", "codepipeline:UpdatePipeline"],
                Resources = [account.PipelinesArn],
                Conditions = [Ours(account)],
            },
            new()
            {
                // Asked for a pipeline that is being created, too, which has no tags yet.
                Sid = "TagOurPipelines",
                Actions = ["codepipeline:TagResource"],
                Resources = [account.PipelinesArn],
                Conditions = [OursIfTagged(account)],
            },
            .. RemovalOfPipelines(account),
            new()
            {
                // They know no resource, and only read.
                Sid = "ListPipelines",
                Actions = ["codepipeline:ListPipelines", "tag:GetResources"],
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
                Sid = "Stop",
                Actions = ["codepipeline:StopPipelineExecution"],
                Resources = [account.PipelinesArn],
                Conditions = [Ours(account)],
            },
            new()
            {
                // A stage is a resource of its own, which has no tags.
                Sid = "Retry",
                Actions = ["codepipeline:RetryStageExecution"],
                Resources = [account.PipelinesArn],
                Conditions = [OursIfTagged(account)],
            },
            new()
            {
                // An approval is a resource of its own: <pipeline>/<stage>/<action>.
                Sid = "AnswerApprovals",
                Actions = ["codepipeline:PutApprovalResult"],
                Resources = [account.PipelineApprovalsArn],
                Conditions = [OursIfTagged(account)],
            },
        ];

    /// <summary>Not the predecessor's pipelines, whose names begin as ours do and that have no tag.</summary>
    private static PolicyCondition Ours(OrchestratorAccount account) =>
        new("StringEquals", $"aws:ResourceTag/{DeploymentTags.Deployment}", account.Prefix);

    /// <summary>Of what has no tags there is nothing to compare.</summary>
    private static PolicyCondition OursIfTagged(OrchestratorAccount account) =>
        new("StringEqualsIfExists", $"aws:ResourceTag/{DeploymentTags.Deployment}", account.Prefix);
}
