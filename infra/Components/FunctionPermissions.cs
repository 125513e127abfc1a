using Mlops.Infra.Policies;

namespace Mlops.Infra.Components;

/// <summary>What stacks with a function and a schedule need: a blueprint that is not about SageMaker.</summary>
internal static class FunctionPermissions
{
    /// <summary>To make them. CloudFormation names functions and schedules after their stack.</summary>
    public static PolicyStatement[] ToMake(CloudAccount account) =>
        [
            new()
            {
                Sid = "FunctionsOfStacks",
                Actions =
                [
                    "lambda:CreateFunction",
                    "lambda:CreateFunctionUrlConfig",
                    "lambda:DeleteFunction",
                    "lambda:DeleteFunctionUrlConfig",
                    "lambda:GetFunction",
                    "lambda:GetFunctionCodeSigningConfig",
                    "lambda:GetFunctionUrlConfig",
                    "lambda:GetRuntimeManagementConfig",
                    "lambda:ListTags",
                    "lambda:TagResource",
                    "lambda:UntagResource",
                    "lambda:UpdateFunctionCode",
                    "lambda:UpdateFunctionConfiguration",
                    "lambda:UpdateFunctionUrlConfig",
                ],
                Resources = [Functions(account)],
            },
            new()
            {
                Sid = "SchedulesOfStacks",
                Actions =
                [
                    "scheduler:CreateSchedule",
                    "scheduler:DeleteSchedule",
                    "scheduler:GetSchedule",
                    "scheduler:UpdateSchedule",
                ],
                Resources = [account.Arn("scheduler", $"schedule/default/{CloudAccount.PipelinePrefix}*")],
            },
        ];

    /// <summary>The most that the roles in such a stack can do, besides their logs.</summary>
    public static PolicyStatement[] ToRun(CloudAccount account) =>
        [
            new()
            {
                Sid = "Functions",
                Actions = ["lambda:InvokeFunction"],
                Resources = [Functions(account)],
            },
            new()
            {
                Sid = "Secrets",
                Actions = ["secretsmanager:GetSecretValue"],
                Resources = [account.Arn("secretsmanager", "secret:*")],
            },
        ];

    private static Pulumi.Input<string> Functions(CloudAccount account) =>
        account.Arn("lambda", $"function:{CloudAccount.PipelinePrefix}*");
}
