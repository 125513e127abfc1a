namespace Mlops.Local.Tests.Stacks;

public sealed class LocalEngineTests
{
    private EngineFixture fixture = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => fixture = await EngineFixture.StartAsync();

    [OneTimeTearDown]
    public async Task EndAsync() => await fixture.DisposeAsync();

    [SetUp]
    public Task EmptyAsync() => fixture.ResetAsync();

    [Test]
    public async Task A_role_is_in_the_local_AWS_with_all_that_was_declared()
    {
        var (id, state) = await fixture.CreateAsync(
            "aws-native:iam:Role",
            "delivery",
            """
            {"path":"/mlops-orchestrator/","assumeRolePolicyDocument":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]},
             "policies":[{"policyName":"own","policyDocument":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:GetObject"],"Resource":"arn:aws:s3:::b/*","Condition":{"StringEquals":{"aws:PrincipalTag/team":"x"}}}]}}]}
            """
        );

        Assert.That(id, Does.Match("^delivery-[0-9a-f]{7}$"));
        Assert.That(state["arn"], Is.EqualTo($"arn:aws:iam::123456789012:role/mlops-orchestrator/{id}"));
        Assert.That(state["roleId"], Does.StartWith("AROA"));
        Assert.That(fixture.Missing, Is.Empty);
    }

    [TestCase(
        "aws-native:kms:Key",
        """{"description":"d","enableKeyRotation":true,"pendingWindowInDays":7,"keyPolicy":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:root"},"Action":"kms:*","Resource":"*"}]}}""",
        "arn,keyId",
        ""
    )]
    [TestCase(
        "aws-native:iam:ManagedPolicy",
        """{"managedPolicyName":"mlops-dev-boundary","path":"/mlops-orchestrator/","description":"d","policyDocument":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}}""",
        "policyArn",
        ""
    )]
    [TestCase(
        "aws-native:logs:LogGroup",
        """{"logGroupName":"/aws/lambda/x","retentionInDays":30,"kmsKeyId":"arn:aws:kms:us-east-1:123456789012:key/k"}""",
        "arn",
        "AWS::Logs::LogGroup.KmsKeyId"
    )]
    [TestCase(
        "aws-native:sns:Topic",
        """{"kmsMasterKeyId":"arn:aws:kms:us-east-1:123456789012:key/k","displayName":"d"}""",
        "topicArn",
        "AWS::SNS::Topic.Tags"
    )]
    [TestCase(
        "aws-native:sqs:Queue",
        """{"queueName":"mlops-dev-dead-letters","kmsMasterKeyId":"arn:aws:kms:us-east-1:123456789012:key/k","messageRetentionPeriod":1209600}""",
        "arn,queueUrl",
        ""
    )]
    [TestCase(
        "aws-native:cloudwatch:Alarm",
        """{"alarmName":"mlops-dev-a","alarmDescription":"d","namespace":"AWS/Lambda","metricName":"Errors","dimensions":[{"name":"FunctionName","value":"f"}],"statistic":"Sum","period":300,"evaluationPeriods":3,"datapointsToAlarm":2,"threshold":1,"comparisonOperator":"GreaterThanOrEqualToThreshold","treatMissingData":"notBreaching","alarmActions":["arn:aws:sns:us-east-1:123456789012:t"]}""",
        "arn",
        ""
    )]
    [TestCase(
        "aws-native:cloudwatch:Dashboard",
        """{"dashboardName":"mlops-dev","dashboardBody":"{\"widgets\":[]}"}""",
        "dashboardName",
        "AWS::CloudWatch::Dashboard.Tags"
    )]
    [TestCase(
        "aws-native:ecr:Repository",
        """{"encryptionConfiguration":{"encryptionType":"KMS","kmsKey":"arn:aws:kms:us-east-1:123456789012:key/k"},"imageScanningConfiguration":{"scanOnPush":true},"imageTagMutability":"IMMUTABLE","emptyOnDelete":true,"lifecyclePolicy":{"lifecyclePolicyText":"{\"rules\":[]}"}}""",
        "arn,repositoryUri",
        "AWS::ECR::Repository.EncryptionConfiguration,AWS::ECR::Repository.ImageScanningConfiguration,AWS::ECR::Repository.LifecyclePolicy"
    )]
    [TestCase(
        "aws-native:sagemaker:ModelPackageGroup",
        """{"modelPackageGroupName":"mlops-dev-models","modelPackageGroupDescription":"d","modelPackageGroupPolicy":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:root"},"Action":"sagemaker:CreateModel","Resource":"arn:aws:sagemaker:us-east-1:123456789012:model-package/mlops-dev-models/*"}]}}""",
        "modelPackageGroupArn",
        "AWS::SageMaker::ModelPackageGroup.ModelPackageGroupPolicy"
    )]
    [TestCase(
        "aws-native:events:EventBus",
        """{"name":"mlops-dev-targets","description":"d","policy":{"Version":"2012-10-17","Statement":[{"Sid":"TargetsSend","Effect":"Allow","Principal":{"AWS":["arn:aws:iam::111111111111:root"]},"Action":"events:PutEvents","Resource":"arn:aws:events:us-east-1:123456789012:event-bus/mlops-dev-targets","Condition":{"ArnEquals":{"aws:PrincipalArn":["arn:aws:iam::111111111111:role/forward"]}}}]}}""",
        "arn",
        ""
    )]
    [TestCase(
        "aws-native:events:Rule",
        """{"description":"d","eventPattern":{"source":["aws.codepipeline"],"detail-type":["CodePipeline Pipeline Execution State Change"]},"state":"ENABLED","targets":[{"arn":"arn:aws:sns:us-east-1:123456789012:t","id":"topic","deadLetterConfig":{"arn":"arn:aws:sqs:us-east-1:123456789012:q"},"inputTransformer":{"inputPathsMap":{"pipeline":"$.detail.pipeline"},"inputTemplate":"\"<pipeline>\""}}]}""",
        "arn",
        ""
    )]
    [TestCase(
        "aws-native:apigateway:RestApi",
        """{"description":"d","endpointConfiguration":{"types":["REGIONAL"]},"disableExecuteApiEndpoint":false,"failOnWarnings":true,"body":{"openapi":"3.0.1","info":{"title":"t","version":"1"},"paths":{"/provisionpipeline":{"post":{"responses":{"default":{"description":"d"}},"x-amazon-apigateway-integration":{"type":"aws_proxy","httpMethod":"POST","uri":"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/f/invocations"}}}}}}""",
        "restApiId,rootResourceId",
        "AWS::ApiGateway::RestApi.Tags"
    )]
    public async Task Of_a_resource_arrives_and_does_not(string type, string inputs, string attributes, string dropped)
    {
        var (id, state) = await fixture.CreateAsync(type, "thing", inputs);

        Assert.That(id, Is.Not.Empty);
        foreach (var attribute in attributes.Split(','))
        {
            Assert.That(state.GetValueOrDefault(attribute) as string, Is.Not.Null.And.Not.Empty, attribute);
        }

        Assert.That(string.Join(',', fixture.Missing), Is.EqualTo(dropped));
    }
}
