using Mlops.Infra.Policies;
using Mlops.Provisioning;
using Pulumi;

namespace Mlops.Infra.Components;

/// <summary>What a caller may choose about the <see cref="CloudFormationRole"/>.</summary>
public sealed record CloudFormationRoleArgs
{
    /// <summary>The account that pipelines deploy into.</summary>
    public required CloudAccount Account { get; init; }

    /// <summary>The account of the models' registry.</summary>
    public required OrchestratorAccount Home { get; init; }

    /// <summary>ARN of a boundary for this role itself, where the account's owner asks for one.</summary>
    public Input<string>? OwnBoundaryArn { get; init; }

    /// <summary>ARN of the policy that bounds every role that a stack makes.</summary>
    public required Input<string> BoundaryArn { get; init; }
}

/// <summary>
/// The role that CloudFormation takes on to make what a blueprint declares: the resource types of the blueprints, and
/// roles only on their own path and within the boundary.
/// </summary>
public sealed class CloudFormationRole : ComponentResource
{
    private const string ScalingService = "sagemaker.application-autoscaling.amazonaws.com";

    /// <summary>
    /// Makes the role. Its trust has no condition: no page of AWS's says that CloudFormation names whom it acts for when it
    /// takes a stack's role, and nobody of another account can hand it this role (iam:PassRole ends at the account).
    /// </summary>
    public CloudFormationRole(string name, CloudFormationRoleArgs args, ComponentResourceOptions? options = null)
        : base("mlops:pipelines:CloudFormationRole", name, options)
    {
        var role = new ServiceRole(
            name,
            new ServiceRoleArgs
            {
                RoleName = DeploymentNames.CloudFormationRole(args.Account.Prefix),
                Description = "What CloudFormation makes for the stacks of MLOps pipelines",
                Service = "cloudformation.amazonaws.com",
                BoundaryArn = args.OwnBoundaryArn,
                Policies = new Dictionary<string, IReadOnlyList<PolicyStatement>>
                {
                    ["Hosting"] = [.. Hosting(args.Account, args.Home), .. Encryption(args.Account)],
                    ["Scaling"] = Scaling(args.Account),
                    ["Watching"] = [.. Alarms(args.Account), .. Dashboards(args.Account)],
                    ["InferenceApi"] = [.. InferenceApi(args.Account), .. AccessLogs(args.Account)],
                    ["Jobs"] = Jobs(args.Account),
                    ["Monitors"] = Monitors(args.Account),
                    ["Functions"] = FunctionPermissions.ToMake(args.Account),
                    ["Roles"] = Roles(args),
                },
            },
            new ComponentResourceOptions { Parent = this }
        );

        Arn = role.Arn;
        RegisterOutputs();
    }

    /// <summary>ARN of the role.</summary>
    [Output("arn")]
    public Output<string> Arn { get; private set; }

    /// <summary>CloudFormation names models and endpoint configurations, so their ARNs have no prefix of ours.</summary>
    private static PolicyStatement[] Hosting(CloudAccount account, OrchestratorAccount home) =>
        [
            new()
            {
                Sid = "ModelsAndEndpoints",
                Actions =
                [
                    "sagemaker:AddTags",
                    "sagemaker:CreateEndpoint",
                    "sagemaker:CreateEndpointConfig",
                    "sagemaker:CreateModel",
                    "sagemaker:DeleteEndpoint",
                    "sagemaker:DeleteEndpointConfig",
                    "sagemaker:DeleteModel",
                    "sagemaker:DeleteTags",
                    "sagemaker:DescribeEndpoint",
                    "sagemaker:DescribeEndpointConfig",
                    "sagemaker:DescribeModel",
                    "sagemaker:ListTags",
                    "sagemaker:UpdateEndpoint",
                ],
                Resources =
                [
                    account.Arn("sagemaker", "model/*"),
                    account.Arn("sagemaker", "endpoint-config/*"),
                    account.Arn("sagemaker", "endpoint/*"),
                ],
            },
            new()
            {
                Sid = "ModelsOfTheRegistry",
                Actions = ["sagemaker:CreateModel", "sagemaker:DescribeModelPackage"],
                Resources = [home.Arn("sagemaker", "model-package/*")],
            },
        ];

    /// <summary>The key of an endpoint's volumes is the request's choice.</summary>
    private static PolicyStatement[] Encryption(CloudAccount account) =>
        [
            new()
            {
                Sid = "KeysOfVolumes",
                Actions = ["kms:DescribeKey"],
                Resources = [account.Arn("kms", "key/*")],
            },
            new()
            {
                Sid = "GrantsToVolumes",
                Actions = ["kms:CreateGrant"],
                Resources = [account.Arn("kms", "key/*")],
                Conditions = [new PolicyCondition("Bool", "kms:GrantIsForAWSResource", "true")],
            },
        ];

    /// <summary>
    /// Application Auto Scaling changes the endpoint's count of instances as its caller may (Application Auto Scaling,
    /// "Permissions needed for target resources"), and deregisters a target when its endpoint is deleted.
    /// </summary>
    private static PolicyStatement[] Scaling(CloudAccount account) =>
        [
            new()
            {
                Sid = "ScaleEndpoints",
                Actions =
                [
                    "application-autoscaling:DeleteScalingPolicy",
                    "application-autoscaling:DeregisterScalableTarget",
                    "application-autoscaling:PutScalingPolicy",
                    "application-autoscaling:RegisterScalableTarget",
                ],
                Resources = [account.Arn("application-autoscaling", "scalable-target/*")],
                Conditions =
                [
                    new PolicyCondition("StringEquals", "application-autoscaling:service-namespace", "sagemaker"),
                ],
            },
            new()
            {
                Sid = "FindScaling",
                Actions =
                [
                    "application-autoscaling:DescribeScalableTargets",
                    "application-autoscaling:DescribeScalingPolicies",
                    "application-autoscaling:DescribeScheduledActions",
                ],
                Resources = PolicyStatement.AnyResource,
            },
            new()
            {
                Sid = "ScaledEndpoints",
                Actions = ["sagemaker:UpdateEndpointWeightsAndCapacities"],
                Resources = [account.Arn("sagemaker", "endpoint/*")],
            },
            new()
            {
                Sid = "AlarmsOfScaling",
                Actions = ["cloudwatch:DeleteAlarms", "cloudwatch:PutMetricAlarm"],
                Resources = [account.Arn("cloudwatch", "alarm:TargetTracking-*")],
            },
            new()
            {
                Sid = "RoleOfScaling",
                Actions = ["iam:CreateServiceLinkedRole"],
                Resources =
                [
                    account.GlobalArn(
                        "iam",
                        $"role/aws-service-role/{ScalingService}/AWSServiceRoleForApplicationAutoScaling_SageMakerEndpoint"
                    ),
                ],
                Conditions = [new PolicyCondition("StringEquals", "iam:AWSServiceName", ScalingService)],
            },
        ];

    /// <summary>CloudFormation names alarms after their stack; an update that they guard has to see all of them.</summary>
    private static PolicyStatement[] Alarms(CloudAccount account) =>
        [
            new()
            {
                Sid = "AlarmsOfStacks",
                Actions =
                [
                    "cloudwatch:DeleteAlarms",
                    "cloudwatch:ListTagsForResource",
                    "cloudwatch:PutMetricAlarm",
                    "cloudwatch:TagResource",
                    "cloudwatch:UntagResource",
                ],
                Resources = [account.Arn("cloudwatch", $"alarm:{CloudAccount.PipelinePrefix}*")],
            },
            new()
            {
                Sid = "SeeAlarms",
                Actions = ["cloudwatch:DescribeAlarms"],
                Resources = [account.Arn("cloudwatch", "alarm:*")],
            },
        ];

    private static PolicyStatement[] Dashboards(CloudAccount account) =>
        [
            new()
            {
                Sid = "DashboardsOfStacks",
                Actions =
                [
                    "cloudwatch:DeleteDashboards",
                    "cloudwatch:GetDashboard",
                    "cloudwatch:ListTagsForResource",
                    "cloudwatch:PutDashboard",
                    "cloudwatch:TagResource",
                    "cloudwatch:UntagResource",
                ],
                Resources = [account.GlobalArn("cloudwatch", $"dashboard/{CloudAccount.PipelinePrefix}*")],
            },
        ];

    /// <summary>API Gateway's actions are HTTP methods; ids of APIs are not known before they exist.</summary>
    private static PolicyStatement[] InferenceApi(CloudAccount account) =>
        [
            new()
            {
                Sid = "InferenceApis",
                Actions =
                [
                    "apigateway:DELETE",
                    "apigateway:GET",
                    "apigateway:PATCH",
                    "apigateway:POST",
                    "apigateway:PUT",
                ],
                Resources =
                [
                    account.SharedArn("apigateway", "/restapis"),
                    account.SharedArn("apigateway", "/restapis/*"),
                    account.SharedArn("apigateway", "/tags/*"),
                ],
            },
        ];

    /// <summary>CloudFormation names a log group after its stack. To look for one is to look through all.</summary>
    private static PolicyStatement[] AccessLogs(CloudAccount account) =>
        [
            new()
            {
                Sid = "LogGroupsOfStacks",
                Actions =
                [
                    "logs:AssociateKmsKey",
                    "logs:CreateLogGroup",
                    "logs:DeleteDataProtectionPolicy",
                    "logs:DeleteLogGroup",
                    "logs:DeleteRetentionPolicy",
                    "logs:DescribeIndexPolicies",
                    "logs:DisassociateKmsKey",
                    "logs:GetDataProtectionPolicy",
                    "logs:ListTagsForResource",
                    "logs:PutRetentionPolicy",
                    "logs:TagResource",
                    "logs:UntagResource",
                ],
                Resources =
                [
                    account.Arn("logs", $"log-group:{CloudAccount.PipelinePrefix}*"),
                    account.Arn("logs", $"log-group:/aws/vendedlogs/states/{CloudAccount.PipelinePrefix}*"),
                ],
            },
            new()
            {
                Sid = "FindLogGroups",
                Actions = ["logs:DescribeLogGroups"],
                Resources = [account.Arn("logs", "log-group:*")],
            },
            new()
            {
                Sid = "FindPoliciesOfLogGroups",
                Actions = ["logs:DescribeResourcePolicies"],
                Resources = PolicyStatement.AnyResource,
            },
        ];

    /// <summary>The state machine of a job has its stack's name.</summary>
    private static PolicyStatement[] Jobs(CloudAccount account) =>
        [
            new()
            {
                Sid = "StateMachinesOfStacks",
                Actions =
                [
                    "states:CreateStateMachine",
                    "states:DeleteStateMachine",
                    "states:DescribeStateMachine",
                    "states:ListTagsForResource",
                    "states:TagResource",
                    "states:UntagResource",
                    "states:UpdateStateMachine",
                ],
                Resources = [account.Arn("states", $"stateMachine:{CloudAccount.PipelinePrefix}*")],
            },
            new()
            {
                // A project of CodeBuild has its stack's name, too.
                Sid = "ProjectsOfStacks",
                Actions =
                [
                    "codebuild:BatchGetProjects",
                    "codebuild:CreateProject",
                    "codebuild:DeleteProject",
                    "codebuild:UpdateProject",
                ],
                Resources = [account.Arn("codebuild", $"project/{CloudAccount.PipelinePrefix}*")],
            },
        ];

    /// <summary>CloudFormation names job definitions, and asks for schedules by the request's names.</summary>
    private static PolicyStatement[] Monitors(CloudAccount account) =>
        [
            new()
            {
                Sid = "JobDefinitions",
                Actions =
                [
                    "sagemaker:AddTags",
                    "sagemaker:CreateDataQualityJobDefinition",
                    "sagemaker:CreateModelBiasJobDefinition",
                    "sagemaker:CreateModelExplainabilityJobDefinition",
                    "sagemaker:CreateModelQualityJobDefinition",
                    "sagemaker:DeleteDataQualityJobDefinition",
                    "sagemaker:DeleteModelBiasJobDefinition",
                    "sagemaker:DeleteModelExplainabilityJobDefinition",
                    "sagemaker:DeleteModelQualityJobDefinition",
                    "sagemaker:DeleteTags",
                    "sagemaker:DescribeDataQualityJobDefinition",
                    "sagemaker:DescribeModelBiasJobDefinition",
                    "sagemaker:DescribeModelExplainabilityJobDefinition",
                    "sagemaker:DescribeModelQualityJobDefinition",
                    "sagemaker:ListTags",
                ],
                Resources =
                [
                    account.Arn("sagemaker", "data-quality-job-definition/*"),
                    account.Arn("sagemaker", "model-bias-job-definition/*"),
                    account.Arn("sagemaker", "model-explainability-job-definition/*"),
                    account.Arn("sagemaker", "model-quality-job-definition/*"),
                ],
            },
            new()
            {
                Sid = "Schedules",
                Actions =
                [
                    "sagemaker:AddTags",
                    "sagemaker:CreateMonitoringSchedule",
                    "sagemaker:DeleteMonitoringSchedule",
                    "sagemaker:DeleteTags",
                    "sagemaker:DescribeMonitoringSchedule",
                    "sagemaker:ListTags",
                    "sagemaker:UpdateMonitoringSchedule",
                ],
                Resources = [account.Arn("sagemaker", "monitoring-schedule/*")],
            },
        ];

    private static PolicyStatement[] Roles(CloudFormationRoleArgs args)
    {
        Input<string>[] roles = [args.Account.GlobalArn("iam", $"role{DeploymentNames.BlueprintPath}*")];
        return
        [
            new()
            {
                Sid = "RolesWithinTheBoundary",
                Actions =
                [
                    "iam:CreateRole",
                    "iam:DeleteRolePolicy",
                    "iam:PutRolePermissionsBoundary",
                    "iam:PutRolePolicy",
                ],
                Resources = roles,
                Conditions = [new PolicyCondition("StringEquals", "iam:PermissionsBoundary", args.BoundaryArn)],
            },
            new()
            {
                Sid = "RolesOfStacks",
                Actions =
                [
                    "iam:DeleteRole",
                    "iam:GetRole",
                    "iam:GetRolePolicy",
                    "iam:ListAttachedRolePolicies",
                    "iam:ListRolePolicies",
                    "iam:ListRoleTags",
                    "iam:TagRole",
                    "iam:UntagRole",
                    "iam:UpdateAssumeRolePolicy",
                    "iam:UpdateRole",
                    "iam:UpdateRoleDescription",
                ],
                Resources = roles,
            },
            new()
            {
                Sid = "HandServicesTheirRoles",
                Actions = ["iam:PassRole"],
                Resources = roles,
                Conditions =
                [
                    PolicyCondition.PassedTo(
                        "sagemaker.amazonaws.com",
                        "apigateway.amazonaws.com",
                        "states.amazonaws.com",
                        "codebuild.amazonaws.com",
                        "lambda.amazonaws.com",
                        "scheduler.amazonaws.com"
                    ),
                ],
            },
        ];
    }
}
