using System.Collections.Immutable;
using System.Reflection;
using Pulumi;
using Pulumi.AwsNative.Ecr;
using Pulumi.Testing;

namespace Mlops.StandIns.Tests;

/// <summary>What programs rely on in Pulumi.Aws and Pulumi.AwsNative, whichever source they come from.</summary>
[TestFixture, NonParallelizable] // The SDK documents its test mode as serial only.
public sealed class PulumiProvidersTests
{
    [TestCase(typeof(Pulumi.Aws.S3.Bucket), "aws:s3/bucket:Bucket")]
    [TestCase(typeof(Pulumi.Aws.S3.BucketVersioning), "aws:s3/bucketVersioning:BucketVersioning")]
    [TestCase(typeof(Pulumi.Aws.Lambda.Function), "aws:lambda/function:Function")]
    [TestCase(typeof(Pulumi.Aws.Provider), "pulumi:providers:aws")]
    [TestCase(typeof(Pulumi.AwsNative.ApiGateway.RestApi), "aws-native:apigateway:RestApi")]
    [TestCase(typeof(Pulumi.AwsNative.CloudWatch.Alarm), "aws-native:cloudwatch:Alarm")]
    [TestCase(typeof(Pulumi.AwsNative.CloudWatch.Dashboard), "aws-native:cloudwatch:Dashboard")]
    [TestCase(typeof(Pulumi.AwsNative.Kms.Key), "aws-native:kms:Key")]
    [TestCase(typeof(Pulumi.AwsNative.WaFv2.WebAclAssociation), "aws-native:wafv2:WebAclAssociation")]
    [TestCase(typeof(Pulumi.AwsNative.Sqs.Queue), "aws-native:sqs:Queue")]
    [TestCase(typeof(Pulumi.AwsNative.Sqs.QueueInlinePolicy), "aws-native:sqs:QueueInlinePolicy")]
    [TestCase(typeof(Pulumi.AwsNative.Provider), "pulumi:providers:aws-native")]
    public void A_resource_class_has_the_token_that_the_engine_knows(Type resource, string token)
    {
        Assert.That(resource.GetCustomAttribute<ResourceTypeAttribute>()!.Type, Is.EqualTo(token));
    }

    [Test]
    public void An_enum_value_is_its_text()
    {
        Assert.That(RepositoryImageTagMutability.Immutable.ToString(), Is.EqualTo("IMMUTABLE"));
        Assert.That((string)RepositoryEncryptionType.Kms, Is.EqualTo("KMS"));
        Assert.That(RepositoryEncryptionType.Kms == RepositoryEncryptionType.Aes256, Is.False);
    }

    [Test]
    public async Task A_providers_structured_settings_are_JSON_text_and_its_plain_ones_are_not()
    {
        var mocks = new Recorder();

        await Deployment.TestAsync<ProviderStack>(mocks, new TestOptions { IsPreview = false });

        var inputs = mocks.Inputs["pulumi:providers:aws"];
        Assert.That(inputs["region"], Is.EqualTo("eu-west-1"));
        Assert.That((string)inputs["allowedAccountIds"], Does.Contain("123456789012"));
        Assert.That((string)inputs["skipRegionValidation"], Is.EqualTo("true"), "the provider's own default");
    }

    [Test]
    public async Task A_resource_goes_out_under_its_wire_names_with_its_former_types_and_comes_back_the_same_way()
    {
        var mocks = new Recorder();

        var resources = await Deployment.TestAsync<ProviderStack>(mocks, new TestOptions { IsPreview = false });

        Assert.That(mocks.Inputs["aws:s3/bucket:Bucket"]["forceDestroy"], Is.True);
        var bucket = resources.OfType<Pulumi.Aws.S3.Bucket>().Single();
        Assert.That(await Pulumi.Utilities.OutputUtilities.GetValueAsync(bucket.BucketName), Is.EqualTo("a-name"));
        Assert.That(mocks.Providers["aws:s3/bucket:Bucket"], Does.Contain("pulumi:providers:aws::only"));
    }

    [Test]
    public async Task A_function_of_a_provider_answers_with_nested_values_and_enums()
    {
        var mocks = new Answers();

        await Deployment.TestAsync<AskingStack>(mocks, new TestOptions { IsPreview = false });

        Assert.That(
            mocks.Asked,
            Is.EqualTo([
                "aws-native:s3:getBucket bucketName=models",
                "aws:s3/getBucketNotification:getBucketNotification bucket=models",
                "aws:kms/getKey:getKey keyId=alias/models",
            ])
        );
        Assert.That(AskingStack.Bucket!.Arn, Is.EqualTo("arn:aws:s3:::models"));
        Assert.That(
            AskingStack.Bucket.VersioningConfiguration!.Status,
            Is.EqualTo(Pulumi.AwsNative.S3.BucketVersioningConfigurationStatus.Enabled)
        );
        Assert.That(AskingStack.Bucket.BucketEncryption, Is.Null);
        Assert.That(AskingStack.Notification!.Eventbridge, Is.True);
        Assert.That(AskingStack.Key!.KeyManager, Is.EqualTo("CUSTOMER"));
    }

    private sealed class ProviderStack : Stack
    {
        public ProviderStack()
        {
            var provider = new Pulumi.Aws.Provider(
                "only",
                new Pulumi.Aws.ProviderArgs { Region = "eu-west-1", AllowedAccountIds = { "123456789012" } }
            );
            _ = new Pulumi.Aws.S3.Bucket(
                "bucket",
                new Pulumi.Aws.S3.BucketArgs { ForceDestroy = true },
                new CustomResourceOptions { Provider = provider }
            );
        }
    }

    /// <summary>Asks while it is made, and waits for the answers.</summary>
    private sealed class AskingStack : Stack
    {
        public AskingStack()
        {
            Bucket = Pulumi
                .AwsNative.S3.GetBucket.InvokeAsync(new Pulumi.AwsNative.S3.GetBucketArgs { BucketName = "models" })
                .GetAwaiter()
                .GetResult();
            Notification = Pulumi
                .Aws.S3.GetBucketNotification.InvokeAsync(
                    new Pulumi.Aws.S3.GetBucketNotificationArgs { Bucket = "models" }
                )
                .GetAwaiter()
                .GetResult();
            Key = Pulumi
                .Aws.Kms.GetKey.InvokeAsync(new Pulumi.Aws.Kms.GetKeyArgs { KeyId = "alias/models" })
                .GetAwaiter()
                .GetResult();
        }

        public static Pulumi.AwsNative.S3.GetBucketResult? Bucket { get; private set; }

        public static Pulumi.Aws.S3.GetBucketNotificationResult? Notification { get; private set; }

        public static Pulumi.Aws.Kms.GetKeyResult? Key { get; private set; }
    }

    private sealed class Answers : IMocks
    {
        public List<string> Asked { get; } = [];

        public Task<object> CallAsync(MockCallArgs args)
        {
            Asked.Add($"{args.Token} {string.Join(' ', args.Args.Select(arg => $"{arg.Key}={arg.Value}"))}");
            var answer = ImmutableDictionary<string, object>.Empty;
            return Task.FromResult<object>(
                args.Token == "aws:kms/getKey:getKey"
                    ? answer.Add("arn", "arn:aws:kms:us-east-1:123456789012:key/k").Add("keyManager", "CUSTOMER")
                    : answer
                        .Add("arn", "arn:aws:s3:::models")
                        .Add("bucket", "models")
                        .Add("eventbridge", true)
                        .Add(
                            "versioningConfiguration",
                            ImmutableDictionary<string, object>.Empty.Add("status", "Enabled")
                        )
            );
        }

        public Task<(string? id, object state)> NewResourceAsync(MockResourceArgs args) =>
            throw new NotSupportedException(args.Type);
    }

    private sealed class Recorder : IMocks
    {
        public Dictionary<string, ImmutableDictionary<string, object>> Inputs { get; } = [];

        public Dictionary<string, string?> Providers { get; } = [];

        public Task<object> CallAsync(MockCallArgs args) => throw new NotSupportedException(args.Token);

        public Task<(string? id, object state)> NewResourceAsync(MockResourceArgs args)
        {
            Inputs[args.Type!] = args.Inputs;
            Providers[args.Type!] = args.Provider;
            return Task.FromResult<(string?, object)>(("id", args.Inputs.SetItem("bucket", "a-name")));
        }
    }
}
