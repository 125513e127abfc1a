using System.Text.RegularExpressions;
using Mlops.Infra.Tests.Declaring;

namespace Mlops.Infra.Tests;

/// <summary>Whether the stacks of the blueprints would be made: what their templates declare against what the program grants.</summary>
[TestFixture, NonParallelizable] // The SDK documents its test mode as serial only.
public sealed partial class BlueprintPermissionsTests
{
    private const string AnyApi = "apigateway:DELETE apigateway:GET apigateway:PATCH apigateway:POST apigateway:PUT";

    /// <summary>
    /// What CloudFormation calls to create, read, update, tag and delete a resource: the permissions of the handlers in the
    /// registry's schemas (August 2026; EndpointConfig, which has no handlers: its API). Left out is what a handler needs only
    /// for properties that no blueprint sets: scheduled actions and the role of a scalable target, and what it needs for other
    /// services; metrics of a predictive scaling policy; concurrency, code signing, network and packages of a function; managed policies of a role, data protection, indexes, delivery and policy
    /// of a log group, policy and S3 body of an API.
    /// </summary>
    private static readonly Dictionary<string, string> Handlers = new()
    {
        ["AWS::ApiGateway::Deployment"] = AnyApi,
        ["AWS::ApiGateway::GatewayResponse"] = AnyApi,
        ["AWS::ApiGateway::Method"] = $"{AnyApi} iam:PassRole",
        ["AWS::ApiGateway::Model"] = AnyApi,
        ["AWS::ApiGateway::RequestValidator"] = AnyApi,
        ["AWS::ApiGateway::Resource"] = AnyApi,
        ["AWS::ApiGateway::RestApi"] = AnyApi,
        ["AWS::ApiGateway::Stage"] = AnyApi,
        ["AWS::ApplicationAutoScaling::ScalableTarget"] =
            "application-autoscaling:DeregisterScalableTarget application-autoscaling:DescribeScalableTargets "
            + "application-autoscaling:DescribeScheduledActions application-autoscaling:RegisterScalableTarget "
            + "cloudwatch:DeleteAlarms cloudwatch:DescribeAlarms cloudwatch:PutMetricAlarm iam:CreateServiceLinkedRole "
            + "sagemaker:DescribeEndpoint sagemaker:DescribeEndpointConfig sagemaker:UpdateEndpointWeightsAndCapacities",
        ["AWS::ApplicationAutoScaling::ScalingPolicy"] =
            "application-autoscaling:DeleteScalingPolicy application-autoscaling:DescribeScalingPolicies "
            + "application-autoscaling:PutScalingPolicy",
        ["AWS::CloudWatch::Alarm"] =
            "cloudwatch:DeleteAlarms cloudwatch:DescribeAlarms cloudwatch:ListTagsForResource cloudwatch:PutMetricAlarm "
            + "cloudwatch:TagResource cloudwatch:UntagResource",
        ["AWS::CloudWatch::Dashboard"] =
            "cloudwatch:DeleteDashboards cloudwatch:GetDashboard cloudwatch:ListTagsForResource cloudwatch:PutDashboard "
            + "cloudwatch:TagResource cloudwatch:UntagResource",
        // No handlers in the registry either: its API.
        ["AWS::CodeBuild::Project"] =
            "codebuild:BatchGetProjects codebuild:CreateProject codebuild:DeleteProject codebuild:UpdateProject iam:PassRole",
        ["AWS::IAM::Role"] =
            "iam:CreateRole iam:DeleteRole iam:DeleteRolePolicy iam:GetRole iam:GetRolePolicy iam:ListAttachedRolePolicies "
            + "iam:ListRolePolicies iam:ListRoleTags iam:PutRolePermissionsBoundary iam:PutRolePolicy iam:TagRole "
            + "iam:UntagRole iam:UpdateAssumeRolePolicy iam:UpdateRole iam:UpdateRoleDescription",
        ["AWS::Lambda::Function"] =
            "iam:PassRole lambda:CreateFunction lambda:DeleteFunction lambda:GetFunction lambda:GetFunctionCodeSigningConfig "
            + "lambda:GetRuntimeManagementConfig lambda:ListTags lambda:TagResource lambda:UntagResource "
            + "lambda:UpdateFunctionCode lambda:UpdateFunctionConfiguration",
        ["AWS::Lambda::Url"] =
            "lambda:CreateFunctionUrlConfig lambda:DeleteFunctionUrlConfig lambda:GetFunctionUrlConfig "
            + "lambda:UpdateFunctionUrlConfig",
        ["AWS::Scheduler::Schedule"] =
            "iam:PassRole scheduler:CreateSchedule scheduler:DeleteSchedule scheduler:GetSchedule scheduler:UpdateSchedule",
        ["AWS::Logs::LogGroup"] =
            "logs:AssociateKmsKey logs:CreateLogGroup logs:DeleteDataProtectionPolicy logs:DeleteLogGroup "
            + "logs:DeleteRetentionPolicy logs:DescribeIndexPolicies logs:DescribeLogGroups logs:DescribeResourcePolicies "
            + "logs:DisassociateKmsKey logs:GetDataProtectionPolicy "
            + "logs:ListTagsForResource logs:PutRetentionPolicy logs:TagResource logs:UntagResource",
        ["AWS::SageMaker::DataQualityJobDefinition"] = JobDefinition("DataQuality"),
        ["AWS::SageMaker::Endpoint"] =
            // With alarms that guard an update, and with scaling: what SageMaker asks of who updates and deletes.
            "application-autoscaling:DeregisterScalableTarget cloudwatch:DescribeAlarms "
            + "sagemaker:AddTags sagemaker:CreateEndpoint sagemaker:DeleteEndpoint sagemaker:DeleteTags "
            + "sagemaker:DescribeEndpoint sagemaker:ListTags sagemaker:UpdateEndpoint kms:CreateGrant",
        ["AWS::SageMaker::EndpointConfig"] =
            "sagemaker:AddTags sagemaker:CreateEndpointConfig sagemaker:DeleteEndpointConfig sagemaker:DeleteTags "
            + "sagemaker:DescribeEndpointConfig sagemaker:ListTags",
        ["AWS::SageMaker::Model"] =
            "iam:PassRole sagemaker:AddTags sagemaker:CreateModel sagemaker:DeleteModel sagemaker:DeleteTags "
            + "sagemaker:DescribeModel sagemaker:ListTags",
        ["AWS::SageMaker::ModelBiasJobDefinition"] = JobDefinition("ModelBias"),
        ["AWS::SageMaker::ModelExplainabilityJobDefinition"] = JobDefinition("ModelExplainability"),
        ["AWS::SageMaker::ModelQualityJobDefinition"] = JobDefinition("ModelQuality"),
        // Of its tags the schema says nothing: its API.
        ["AWS::SageMaker::MonitoringSchedule"] =
            "iam:PassRole sagemaker:AddTags sagemaker:CreateMonitoringSchedule sagemaker:DeleteMonitoringSchedule "
            + "sagemaker:DeleteTags sagemaker:DescribeMonitoringSchedule sagemaker:ListTags sagemaker:UpdateMonitoringSchedule",
        ["AWS::StepFunctions::StateMachine"] =
            "iam:PassRole states:CreateStateMachine states:DeleteStateMachine states:DescribeStateMachine "
            + "states:ListTagsForResource states:TagResource states:UntagResource states:UpdateStateMachine",
    };

    private Declared _declared = null!;

    [OneTimeSetUp]
    public async Task DeclareAsync() => _declared = await Declared.ByAsync(Declared.Settings);

    [TestCaseSource(nameof(Templates))]
    public void CloudFormations_role_may_do_what_each_resource_needs(string template)
    {
        var role = _declared
            .Statements.Where(statement =>
                !statement.IsTrust && statement.Urn.Contains("mlops-dev-cloudformation-role", StringComparison.Ordinal)
            )
            .SelectMany(statement => statement.Actions)
            .ToHashSet(StringComparer.Ordinal);
        var types = ResourceType().Matches(Text(template)).Select(match => match.Groups["type"].Value).Distinct();

        Assert.Multiple(() =>
        {
            foreach (var type in types)
            {
                Assert.That(Handlers, Does.ContainKey(type), "what its handlers need has to be looked up");
                Assert.That(Handlers[type].Split(' ').Except(role), Is.Empty, type);
            }
        });
    }

    [TestCaseSource(nameof(Templates))]
    public void The_boundary_leaves_a_stacks_roles_what_their_policies_give(string template)
    {
        var boundary = DeclaredStatement
            .Of(_declared.OfType("aws-native:iam:ManagedPolicy").Single())
            .SelectMany(statement => statement.Actions);
        var given = GivenAction()
            .Matches(Text(template))
            .Select(match => match.Value)
            .Where(action => action != "sts:AssumeRole")
            .Distinct()
            .ToList();

        Assert.That(given, Is.Not.Empty);
        Assert.That(given.Except(boundary), Is.Empty);
    }

    /// <summary>
    /// Where jobs of SageMaker publish metrics, as the pages of its documentation on monitors and jobs have it; that some
    /// begin with a slash and some do not is theirs.
    /// </summary>
    [TestCase("/aws/sagemaker/Endpoints/data-metric")]
    [TestCase("/aws/sagemaker/TrainingJobs")]
    [TestCase("aws/sagemaker/Endpoints/bias-metrics")]
    [TestCase("aws/sagemaker/Endpoints/explainability-metrics")]
    [TestCase("aws/sagemaker/Endpoints/model-metrics")]
    public void Whoever_publishes_metrics_may_do_it_in_each_namespace_of_SageMaker(string metrics)
    {
        var boundary = DeclaredStatement
            .Of(_declared.OfType("aws-native:iam:ManagedPolicy").Single())
            .Single(statement => statement.Actions.Contains("cloudwatch:PutMetricData"))
            .Json["Condition"]!["StringLike"]!["cloudwatch:namespace"]!
            .AsArray()
            .Select(pattern => pattern!.GetValue<string>());
        var publishing = Templates()
            .Where(template => Text(template).Contains("cloudwatch:PutMetricData", StringComparison.Ordinal))
            .ToList();

        Assert.That(boundary, Has.Some.Matches<string?>(pattern => Covers(pattern!, metrics)));
        Assert.That(publishing, Is.Not.Empty);
        foreach (var template in publishing)
        {
            var allowed = Namespaces().Match(Text(template)).Groups["name"].Captures.Select(name => name.Value);
            Assert.That(allowed, Has.Some.Matches<string?>(pattern => Covers(pattern!, metrics)), template);
        }
    }

    private static bool Covers(string pattern, string name) =>
        pattern.EndsWith('*') ? name.StartsWith(pattern[..^1], StringComparison.Ordinal) : name == pattern;

    [GeneratedRegex(@"cloudwatch:namespace:\s+(?:- (?<name>\S+)\s+)+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Namespaces();

    /// <summary>SageMaker says for whom it acts (SageMaker, cross-service confused deputy prevention: inference).</summary>
    [TestCaseSource(nameof(Templates))]
    public void SageMaker_takes_a_stacks_roles_for_this_account_only(string template)
    {
        var trusts = Text(template).Split("{ Service: sagemaker.amazonaws.com }")[1..];

        Assert.That(trusts.Length > 0, Is.EqualTo(Text(template).Contains("sagemaker:", StringComparison.Ordinal)));
        foreach (var trust in trusts)
        {
            Assert.That(
                trust[..trust.IndexOf("Policies:", StringComparison.Ordinal)],
                Does.Contain("ArnLike:")
                    .And.Contain(
                        "aws:SourceArn: !Sub arn:${AWS::Partition}:sagemaker:${AWS::Region}:${AWS::AccountId}:*"
                    )
            );
        }
    }

    private static IEnumerable<string> Templates() =>
        Directory
            .EnumerateFiles(Path.Combine(Checkout.Path, "blueprints"), "*.yaml", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Checkout.Path, path));

    private static string JobDefinition(string kind) =>
        $"iam:PassRole sagemaker:AddTags sagemaker:Create{kind}JobDefinition sagemaker:Delete{kind}JobDefinition "
        + $"sagemaker:Describe{kind}JobDefinition";

    private static string Text(string template) => File.ReadAllText(Path.Combine(Checkout.Path, template));

    [GeneratedRegex(
        @"^    Type: (?<type>AWS::\w+::\w+)\r?$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex ResourceType();

    [GeneratedRegex(
        @"(?<=^ *(- |Action: ))[a-z0-9]+:[A-Z]\w+(?=\r?$)",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex GivenAction();
}
