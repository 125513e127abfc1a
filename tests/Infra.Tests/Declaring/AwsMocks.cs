using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Pulumi.Testing;

namespace Mlops.Infra.Tests.Declaring;

/// <summary>
/// Answers as AWS would, and only what the program is known to make: a type or a call that is not listed fails the run.
/// </summary>
internal sealed partial class AwsMocks : IMocks
{
    public const string Account = "123456789012";
    private const string BucketNotification = "aws:s3/getBucketNotification:getBucketNotification";

    private static readonly Dictionary<string, Func<string, ImmutableDictionary<string, object>, Attributes>> Known =
        new()
        {
            ["pulumi:providers:aws"] = (name, _) => new(name),
            ["pulumi:providers:aws-native"] = (name, _) => new(name),
            ["aws:s3/bucket:Bucket"] = (name, _) =>
                new($"{name}-1a2b3c4", ("bucket", $"{name}-1a2b3c4"), ("arn", $"arn:aws:s3:::{name}-1a2b3c4")),
            ["aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration"] = OfBucket,
            ["aws:s3/bucketLogging:BucketLogging"] = OfBucket,
            ["aws:s3/bucketOwnershipControls:BucketOwnershipControls"] = OfBucket,
            ["aws:s3/bucketPolicy:BucketPolicy"] = OfBucket,
            ["aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"] = OfBucket,
            ["aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"] = OfBucket,
            ["aws:s3/bucketVersioning:BucketVersioning"] = OfBucket,
            ["aws:lambda/function:Function"] = (_, inputs) =>
                new((string)inputs["name"], ("arn", Arn("lambda", $"function:{inputs["name"]}"))),
            ["aws-native:apigateway:Account"] = (_, _) => new("account", ("awsId", "account")),
            ["aws-native:apigateway:Deployment"] = (_, _) => new("dep|api", ("deploymentId", "dep123")),
            ["aws-native:apigateway:RestApi"] = (_, _) =>
                new("api123", ("restApiId", "api123"), ("rootResourceId", "root")),
            ["aws-native:apigateway:Stage"] = (_, inputs) => new($"{inputs["restApiId"]}|{inputs["stageName"]}"),
            ["aws-native:cloudwatch:Alarm"] = (_, inputs) =>
                new((string)inputs["alarmName"], ("arn", Arn("cloudwatch", $"alarm:{inputs["alarmName"]}"))),
            ["aws-native:cloudwatch:Dashboard"] = (_, inputs) => new((string)inputs["dashboardName"]),
            ["aws-native:codepipeline:Pipeline"] = (_, inputs) => new((string)inputs["name"], ("version", "1")),
            ["aws-native:ecr:Repository"] = (_, inputs) =>
                new(
                    (string)inputs["repositoryName"],
                    ("arn", Arn("ecr", $"repository/{inputs["repositoryName"]}")),
                    ("repositoryUri", $"{Account}.dkr.ecr.us-east-1.amazonaws.com/{inputs["repositoryName"]}")
                ),
            ["aws-native:events:EventBus"] = (_, inputs) =>
                new((string)inputs["name"], ("arn", Arn("events", $"event-bus/{inputs["name"]}"))),
            ["aws-native:events:Rule"] = (_, inputs) =>
                new((string)inputs["name"], ("arn", Arn("events", $"rule/{RulePath(inputs)}"))),
            ["aws-native:iam:ManagedPolicy"] = (_, inputs) =>
                OfPolicy($"arn:aws:iam::{Account}:policy{inputs["path"]}{inputs["managedPolicyName"]}"),
            ["aws-native:iam:Role"] = (name, inputs) =>
                OfRole((string)inputs.GetValueOrDefault("roleName", $"{name}-1a2b3c4"), inputs),
            ["aws-native:kms:Alias"] = (_, inputs) => new((string)inputs["aliasName"]),
            ["aws-native:kms:Key"] = (name, _) => new(name, ("keyId", name), ("arn", Arn("kms", $"key/{name}"))),
            ["aws-native:lambda:EventInvokeConfig"] = (_, inputs) => new($"{inputs["functionName"]}|$LATEST"),
            ["aws-native:lambda:Permission"] = (_, inputs) => new($"{inputs["functionName"]}|1", ("awsId", "1")),
            ["aws-native:logs:LogGroup"] = (_, inputs) =>
                new((string)inputs["logGroupName"], ("arn", Arn("logs", $"log-group:{inputs["logGroupName"]}:*"))),
            ["aws-native:sagemaker:ModelPackageGroup"] = (_, inputs) =>
                OfGroup(Arn("sagemaker", $"model-package-group/{inputs["modelPackageGroupName"]}")),
            ["aws-native:sns:Subscription"] = (_, _) => new("subscription", ("arn", Arn("sns", "topic:subscription"))),
            ["aws-native:sns:Topic"] = (_, inputs) => OfTopic(Arn("sns", $"{inputs["topicName"]}")),
            ["aws-native:sns:TopicPolicy"] = (_, _) => new("topic-policy"),
            ["aws-native:wafv2:WebAclAssociation"] = (_, inputs) =>
                new($"{inputs["resourceArn"]}|{inputs["webAclArn"]}"),
            ["aws-native:sqs:Queue"] = (_, inputs) => OfQueue((string)inputs["queueName"]),
            ["aws-native:sqs:QueueInlinePolicy"] = (_, inputs) => new((string)inputs["queue"]),
        };

    private readonly List<DeclaredResource> _resources = [];

    /// <summary>Of each provider, by its id.</summary>
    private readonly Dictionary<string, string> _accounts = [];

    /// <summary>What AWS says of the user's bucket.</summary>
    public ExistingBucketAnswer Bucket { get; init; } = new();

    public IReadOnlyList<DeclaredResource> Resources => _resources;

    public Task<object> CallAsync(MockCallArgs args) =>
        args.Token switch
        {
            "aws:index/getCallerIdentity:getCallerIdentity" => Answer(
                ("accountId", Account),
                ("arn", $"arn:aws:iam::{Account}:user/dev"),
                ("id", Account),
                ("userId", "AIDA")
            ),
            "aws:index/getPartition:getPartition" => Answer(
                ("dnsSuffix", "amazonaws.com"),
                ("id", "aws"),
                ("partition", "aws"),
                ("reverseDnsPrefix", "com.amazonaws")
            ),
            "aws-native:s3:getBucket"
            or "aws-native:ecr:getRepository"
            or BucketNotification when args.Args.ContainsValue("no-such") => throw new InvalidOperationException(
                "it is not there."
            ),
            "aws-native:s3:getBucket" => Task.FromResult<object>(Bucket.Of((string)args.Args["bucketName"])),
            BucketNotification => Answer(("bucket", (string)args.Args["bucket"]), ("eventbridge", Bucket.EventBridge)),
            "aws:kms/getKey:getKey" => Answer(
                ("arn", Arn("kms", "key/the-users")),
                ("keyManager", (string)args.Args["keyId"] == "alias/aws/s3" ? "AWS" : "CUSTOMER")
            ),
            "aws-native:ecr:getRepository" => Answer(
                ("arn", Arn("ecr", $"repository/{args.Args["repositoryName"]}")),
                ("repositoryUri", $"{Account}.dkr.ecr.us-east-1.amazonaws.com/{args.Args["repositoryName"]}")
            ),
            _ => throw new InvalidOperationException($"The program called {args.Token}, which no test knows."),
        };

    public Task<(string? id, object state)> NewResourceAsync(MockResourceArgs args)
    {
        var (type, name) = (args.Type!, args.Name!);
        if (type.StartsWith("mlops:", StringComparison.Ordinal))
        {
            // A component of ours is nothing in AWS.
            return Task.FromResult<(string?, object)>((null, args.Inputs));
        }

        if (!Known.TryGetValue(type, out var make))
        {
            throw new InvalidOperationException($"The program made a {type} ({name}), which no test knows.");
        }

        var attributes = make(name, args.Inputs).In(AccountOf(args.Provider));
        if (type.StartsWith("pulumi:providers:", StringComparison.Ordinal))
        {
            Assume(name, args.Inputs);
        }

        var state = args.Inputs.ToBuilder();
        foreach (var (key, value) in attributes.Values)
        {
            state[key] = value;
        }

        lock (_resources)
        {
            _resources.Add(new DeclaredResource(type, name, args.Provider ?? "", args.Inputs));
        }

        return Task.FromResult<(string?, object)>((attributes.Id, state.ToImmutable()));
    }

    private static Attributes OfBucket(string name, ImmutableDictionary<string, object> inputs) =>
        new((string)inputs["bucket"]);

    /// <summary>Where the program gives no name, AWS does.</summary>
    private static Attributes OfRole(string name, ImmutableDictionary<string, object> inputs) =>
        new(name, ("arn", $"arn:aws:iam::{Account}:role{inputs["path"]}{name}"), ("roleId", "AROA"));

    /// <summary>Of another bus than the default one, with the bus.</summary>
    private static string RulePath(ImmutableDictionary<string, object> inputs) =>
        inputs.TryGetValue("eventBusName", out var bus) ? $"{bus}/{inputs["name"]}" : (string)inputs["name"];

    private static Attributes OfPolicy(string arn) => new(arn, ("policyArn", arn));

    private static Attributes OfGroup(string arn) => new(arn, ("modelPackageGroupArn", arn));

    private static Attributes OfTopic(string arn) => new(arn, ("topicArn", arn));

    private static Attributes OfQueue(string name) =>
        new(
            $"https://sqs.us-east-1.amazonaws.com/{Account}/{name}",
            ("arn", Arn("sqs", name)),
            ("queueUrl", $"https://sqs.us-east-1.amazonaws.com/{Account}/{name}")
        );

    private static string Arn(string service, string resource) => $"arn:aws:{service}:us-east-1:{Account}:{resource}";

    private static Task<object> Answer(params (string Key, object Value)[] values) =>
        Task.FromResult<object>(values.ToImmutableDictionary(value => value.Key, value => value.Value));

    private void Assume(string name, ImmutableDictionary<string, object> inputs)
    {
        var role = inputs.GetValueOrDefault("assumeRole") ?? inputs.GetValueOrDefault("assumeRoles");
        lock (_accounts)
        {
            _accounts[name] = role is null ? Account : RoleArn().Match((string)role).Groups["account"].Value;
        }
    }

    private string AccountOf(string? provider)
    {
        lock (_accounts)
        {
            return _accounts.GetValueOrDefault((provider ?? "").Split("::")[^1], Account);
        }
    }

    [GeneratedRegex(
        @"arn:aws:iam::(?<account>\d{12}):role/",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex RoleArn();

    private sealed record Attributes(string Id, params (string Key, object Value)[] Values)
    {
        /// <summary>The same in another account.</summary>
        public Attributes In(string account) =>
            new(
                Id.Replace(Account, account, StringComparison.Ordinal),
                [
                    .. Values.Select(value =>
                        (
                            value.Key,
                            value.Value is string text
                                ? text.Replace(Account, account, StringComparison.Ordinal)
                                : value.Value
                        )
                    ),
                ]
            );
    }
}
