using Mlops.Infra.Policies;
using Pulumi;

namespace Mlops.Infra.Components;

/// <summary>What CodePipeline's actions need where they deploy, by whichever role they act.</summary>
internal static class StackPermissions
{
    /// <summary>Makes and changes the stacks of pipelines, directly and by change sets.</summary>
    public static PolicyStatement[] Deploy(CloudAccount account, Input<string> cloudFormationRoleArn) =>
        [
            new()
            {
                Sid = "ManageOurStacks",
                Actions =
                [
                    "cloudformation:CreateChangeSet",
                    "cloudformation:CreateStack",
                    "cloudformation:DeleteChangeSet",
                    "cloudformation:DeleteStack",
                    "cloudformation:DescribeChangeSet",
                    "cloudformation:DescribeStackEvents",
                    "cloudformation:DescribeStackResources",
                    "cloudformation:DescribeStacks",
                    "cloudformation:ExecuteChangeSet",
                    "cloudformation:GetTemplate",
                    "cloudformation:SetStackPolicy",
                    "cloudformation:TagResource",
                    "cloudformation:UntagResource",
                    "cloudformation:UpdateStack",
                ],
                Resources = [account.PipelineStacksArn],
            },
            new()
            {
                Sid = "ReadTemplates",
                Actions = ["cloudformation:ValidateTemplate"],
                Resources = PolicyStatement.AnyResource,
            },
            new()
            {
                Sid = "HandCloudFormationItsRole",
                Actions = ["iam:PassRole"],
                Resources = [cloudFormationRoleArn],
                Conditions = [PolicyCondition.PassedTo("cloudformation.amazonaws.com")],
            },
        ];

    /// <summary>Runs the state machine of a stack and waits for it (CodePipeline, Step Functions action: permissions).</summary>
    public static PolicyStatement[] RunJobs(CloudAccount account) =>
        [
            new()
            {
                Sid = "RunJobs",
                Actions = ["states:DescribeStateMachine", "states:StartExecution"],
                Resources = [account.Arn("states", $"stateMachine:{CloudAccount.PipelinePrefix}*")],
            },
            new()
            {
                Sid = "WaitForJobs",
                Actions = ["states:DescribeExecution"],
                Resources = [account.Arn("states", $"execution:{CloudAccount.PipelinePrefix}*")],
            },
        ];

    /// <summary>Sees stacks, and what a change set would change.</summary>
    public static PolicyStatement[] See(CloudAccount account) =>
        [
            new()
            {
                Sid = "SeeOurStacks",
                Actions =
                [
                    "cloudformation:DescribeChangeSet",
                    "cloudformation:DescribeStackEvents",
                    "cloudformation:DescribeStackResources",
                    "cloudformation:DescribeStacks",
                ],
                Resources = [account.PipelineStacksArn],
            },
        ];

    /// <summary>Deletes only what never worked: a stack whose first creation was rolled back.</summary>
    public static PolicyStatement[] Clear(CloudAccount account) =>
        [
            new()
            {
                Sid = "ClearOurStacks",
                Actions = ["cloudformation:DeleteStack", "cloudformation:DescribeStacks"],
                Resources = [account.PipelineStacksArn],
            },
        ];

    /// <summary>Endpoints and their configurations have names of the user's.</summary>
    public static PolicyStatement SeeWhatRuns(CloudAccount account) =>
        new()
        {
            Sid = "SeeWhatRuns",
            Actions = ["sagemaker:DescribeEndpoint", "sagemaker:DescribeEndpointConfig"],
            Resources = [account.Arn("sagemaker", "endpoint/*"), account.Arn("sagemaker", "endpoint-config/*")],
        };
}
