using Mlops.Infra.Policies;
using Pulumi;
using Pulumi.AwsNative.Sns;

namespace Mlops.Infra.Components;

/// <summary>What a caller may choose about a <see cref="NotificationTopic"/>.</summary>
public sealed record NotificationTopicArgs
{
    /// <summary>The account of the topic and of the alarms that publish to it.</summary>
    public required OrchestratorAccount Account { get; init; }

    /// <summary>Address that gets a confirmation mail first; 320 characters at most (RFC 3696, erratum 1690).</summary>
    public required Input<string> Email { get; init; }

    /// <summary>Who hears of everything, too; null: nobody. A web address has to confirm first, a queue has to let SNS send.</summary>
    public NotificationSubscription? Also { get; init; }

    /// <summary>ARN of the key that encrypts messages at rest; its policy must let EventBridge and CloudWatch use it.</summary>
    public required Input<string> KeyArn { get; init; }
}

/// <summary>The topic that tells people how their pipelines went. Publishers must use TLS.</summary>
public sealed class NotificationTopic : ComponentResource
{
    /// <summary>Makes the topic, called as this component.</summary>
    public NotificationTopic(string name, NotificationTopicArgs args, ComponentResourceOptions? options = null)
        : base("mlops:notifications:NotificationTopic", name, options)
    {
        var child = new CustomResourceOptions { Parent = this };

        var topic = new Topic(
            $"{name}-topic",
            new TopicArgs
            {
                TopicName = name,
                DisplayName = "MLOps",
                KmsMasterKeyId = args.KeyArn,
            },
            child
        );
        _ = new TopicPolicy(
            $"{name}-policy",
            new TopicPolicyArgs
            {
                Topics = { topic.TopicArn },
                PolicyDocument = PolicyDocument.Value(
                    Events(topic.TopicArn),
                    Alarms(args.Account, topic.TopicArn),
                    PlainHttpRefused(topic.TopicArn)
                ),
            },
            child
        );
        _ = new Subscription(
            $"{name}-email",
            new SubscriptionArgs
            {
                Protocol = "email",
                Endpoint = args.Email,
                TopicArn = topic.TopicArn,
            },
            child
        );

        if (args.Also is { } also)
        {
            _ = new Subscription(
                $"{name}-{also.Protocol}",
                new SubscriptionArgs
                {
                    Protocol = also.Protocol,
                    Endpoint = also.Endpoint,
                    TopicArn = topic.TopicArn,
                },
                child
            );
        }

        Arn = topic.TopicArn;
        RegisterOutputs();
    }

    /// <summary>ARN of the topic.</summary>
    [Output("arn")]
    public Output<string> Arn { get; private set; }

    /// <summary>
    /// Without a condition: a topic's policy cannot have one on EventBridge, nor can its key's policy have one on whose rule it
    /// is. So a rule of another account that knows the topic could send a mail here, and no more than that.
    /// </summary>
    private static PolicyStatement Events(Output<string> topic) =>
        new()
        {
            Sid = "RulesPublish",
            Principal = PolicyPrincipal.Service("events.amazonaws.com"),
            Actions = ["sns:Publish"],
            Resources = [topic],
        };

    /// <summary>Alarms of this deployment and of the endpoints that its pipelines deploy, which CloudFormation names after their stacks (Amazon SNS, use cases for access control: CloudWatch alarms).</summary>
    private static PolicyStatement Alarms(OrchestratorAccount account, Output<string> topic) =>
        new()
        {
            Sid = "AlarmsPublish",
            Principal = PolicyPrincipal.Service("cloudwatch.amazonaws.com"),
            Actions = ["sns:Publish"],
            Resources = [topic],
            Conditions =
            [
                PolicyCondition.SourceAccount(account),
                new PolicyCondition(
                    "ArnLike",
                    "aws:SourceArn",
                    account.Arn("cloudwatch", $"alarm:{account.Prefix}-*"),
                    account.Arn("cloudwatch", $"alarm:{CloudAccount.PipelinePrefix}*")
                ),
            ],
        };

    private static PolicyStatement PlainHttpRefused(Output<string> topic) =>
        new()
        {
            Sid = "PlainHttpIsRefused",
            Effect = PolicyEffect.Deny,
            Principal = PolicyPrincipal.Anybody,
            Actions = ["sns:Publish"],
            Resources = [topic],
            Conditions = [new PolicyCondition("Bool", "aws:SecureTransport", "false")],
        };
}
