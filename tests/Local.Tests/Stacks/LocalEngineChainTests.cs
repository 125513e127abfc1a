using System.IO.Compression;
using System.Security.Cryptography;
using Mlops.Local.Stacks.Lambdas;

namespace Mlops.Local.Tests.Stacks;

/// <summary>Resources that stand on others.</summary>
public sealed class LocalEngineChainTests
{
    private EngineFixture fixture = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => fixture = await EngineFixture.StartAsync();

    [OneTimeTearDown]
    public async Task EndAsync() => await fixture.DisposeAsync();

    [SetUp]
    public Task EmptyAsync() => fixture.ResetAsync();

    [Test]
    public async Task A_bucket_gets_what_is_set_on_it()
    {
        var (log, _) = await fixture.CreateAsync("aws:s3/bucket:Bucket", "log", "{}");
        var (bucket, state) = await fixture.CreateAsync("aws:s3/bucket:Bucket", "assets", """{"forceDestroy":true}""");
        await SetAsync("BucketVersioning", """ "versioningConfiguration":{"status":"Enabled"} """);
        await SetAsync(
            "BucketPublicAccessBlock",
            """ "blockPublicAcls":true,"blockPublicPolicy":true,"ignorePublicAcls":true,"restrictPublicBuckets":true """
        );
        await SetAsync(
            "BucketServerSideEncryptionConfiguration",
            """ "rules":[{"bucketKeyEnabled":true,"applyServerSideEncryptionByDefault":{"sseAlgorithm":"aws:kms","kmsMasterKeyId":"arn:aws:kms:us-east-1:123456789012:key/k"}}] """
        );
        await SetAsync("BucketOwnershipControls", """ "rule":{"objectOwnership":"BucketOwnerEnforced"} """);
        await SetAsync(
            "BucketPolicy",
            """ "policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:*\",\"Resource\":\"*\",\"Condition\":{\"Bool\":{\"aws:SecureTransport\":\"false\"}}},{\"Effect\":\"Deny\",\"Principal\":{\"AWS\":\"arn:aws:iam::222222222222:root\"},\"Action\":\"s3:*\",\"Resource\":\"*\"}]}" """
        );
        await SetAsync(
            "BucketLifecycleConfiguration",
            """ "rules":[{"id":"old","status":"Enabled","filter":{"prefix":""},"noncurrentVersionExpiration":{"noncurrentDays":90},"abortIncompleteMultipartUpload":{"daysAfterInitiation":7}}] """
        );
        await fixture.CreateAsync(
            "aws:s3/bucketPolicy:BucketPolicy",
            "log-policy",
            $$"""{"bucket":"{{log}}","policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"logging.s3.amazonaws.com\"},\"Action\":\"s3:PutObject\",\"Resource\":\"arn:aws:s3:::{{log}}/*\"}]}"}"""
        );
        await SetAsync("BucketLogging", $$""" "targetBucket":"{{log}}","targetPrefix":"assets/" """);

        Assert.That(bucket, Does.Match("^assets-[0-9a-f]{7}$"));
        Assert.That(state["arn"], Is.EqualTo($"arn:aws:s3:::{bucket}"));
        Assert.That(fixture.Missing, Is.EqualTo(["aws.s3.BucketPolicy.policy"]));

        Task SetAsync(string type, string inputs) =>
            fixture.CreateAsync(
                $"aws:s3/{char.ToLowerInvariant(type[0])}{type[1..]}:{type}",
                type,
                $$"""{"bucket":"{{bucket}}",{{inputs}}}"""
            );
    }

    [Test]
    public async Task A_queue_has_the_policy_that_was_declared_for_it()
    {
        var (url, state) = await fixture.CreateAsync(
            "aws-native:sqs:Queue",
            "letters",
            """{"queueName":"mlops-dev-dead-letters"}"""
        );
        var (id, _) = await fixture.CreateAsync(
            "aws-native:sqs:QueueInlinePolicy",
            "policy",
            $$$"""{"queue":"{{{url}}}","policyDocument":{"Version":"2012-10-17","Statement":[{"Sid":"Rules","Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"sqs:SendMessage","Resource":"{{{state["arn"]}}}","Condition":{"ArnEquals":{"aws:SourceArn":["arn:aws:events:us-east-1:123456789012:rule/r"]} } }]} }"""
        );

        Assert.That(state["arn"], Is.EqualTo("arn:aws:sqs:us-east-1:123456789012:mlops-dev-dead-letters"));
        Assert.That(id, Is.EqualTo(url));
        Assert.That(fixture.Missing, Is.Empty);
    }

    [Test]
    public async Task An_API_is_deployed_to_a_stage_and_may_invoke_its_function()
    {
        var (role, roleState) = await fixture.CreateAsync(
            "aws-native:iam:Role",
            "role",
            """{"assumeRolePolicyDocument":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}}"""
        );
        var (function, functionState) = await fixture.CreateAsync(
            "aws:lambda/function:Function",
            "function",
            $$$"""{"name":"mlops-dev-orchestrator","role":"{{{roleState["arn"]}}}","runtime":"provided.al2023","handler":"bootstrap","timeout":30,"memorySize":256,"architectures":["x86_64"],"sourceCodeHash":"{{{fixture.Package.Sha256Base64}}}","environment":{"variables":{"MLOPS_ACCOUNT_MODE":"single"}},"tracingConfig":{"mode":"Active"},"reservedConcurrentExecutions":10}"""
        );
        await fixture.CreateAsync(
            "aws-native:lambda:EventInvokeConfig",
            "retries",
            $$"""{"functionName":"{{function}}","qualifier":"$LATEST","maximumRetryAttempts":0,"destinationConfig":{"onFailure":{"destination":"arn:aws:sqs:us-east-1:123456789012:q"} } }"""
        );
        var (api, _) = await fixture.CreateAsync(
            "aws-native:apigateway:RestApi",
            "api",
            $$$"""{"body":{"openapi":"3.0.1","info":{"title":"t","version":"1"},"paths":{"/provisionpipeline":{"post":{"responses":{"default":{"description":"d"}},"x-amazon-apigateway-integration":{"type":"aws_proxy","httpMethod":"POST","uri":"{{{functionState["invokeArn"]}}}"} } } } } }"""
        );
        var (deployment, deploymentState) = await fixture.CreateAsync(
            "aws-native:apigateway:Deployment",
            "deployment",
            $$"""{"restApiId":"{{api}}","description":"d"}"""
        );
        var (stage, _) = await fixture.CreateAsync(
            "aws-native:apigateway:Stage",
            "stage",
            $$"""{"restApiId":"{{api}}","deploymentId":"{{deploymentState["deploymentId"]}}","stageName":"prod","tracingEnabled":true,"methodSettings":[{"httpMethod":"*","resourcePath":"/*","throttlingRateLimit":10}]}"""
        );
        await fixture.CreateAsync(
            "aws-native:lambda:Permission",
            "permission",
            $$"""{"functionName":"{{function}}","action":"lambda:InvokeFunction","principal":"apigateway.amazonaws.com","sourceArn":"arn:aws:execute-api:us-east-1:123456789012:{{api}}/*/*/*"}"""
        );

        Assert.That(role, Does.StartWith("role-"));
        Assert.That(stage, Is.EqualTo($"{api}|prod"));
        Assert.That(deployment, Does.EndWith($"|{api}"));
        Assert.That(
            functionState["invokeArn"],
            Is.EqualTo(
                "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:mlops-dev-orchestrator/invocations"
            )
        );
        Assert.That(
            fixture.Missing,
            Is.EqualTo(["AWS::ApiGateway::RestApi.Tags", "AWS::ApiGateway::Stage.MethodSettings"])
        );
    }

    [Test]
    public async Task A_topic_gets_its_policy_and_subscription()
    {
        var (topic, _) = await fixture.CreateAsync("aws-native:sns:Topic", "notifications", "{}");
        await fixture.CreateAsync(
            "aws-native:sns:TopicPolicy",
            "policy",
            $$$"""{"topics":["{{{topic}}}"],"policyDocument":{"Version":"2012-10-17","Statement":[{"Sid":"tls","Effect":"Deny","Principal":"*","Action":"sns:Publish","Resource":"{{{topic}}}","Condition":{"Bool":{"aws:SecureTransport":"false"} } }]} }"""
        );
        var (subscription, _) = await fixture.CreateAsync(
            "aws-native:sns:Subscription",
            "mail",
            $$"""{"topicArn":"{{topic}}","protocol":"email","endpoint":"team@example.com"}"""
        );

        Assert.That(subscription, Does.StartWith($"{topic}:"));
        Assert.That(fixture.Missing, Is.EqualTo(["AWS::SNS::Topic.Tags"]));
    }
}
