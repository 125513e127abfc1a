using Mlops.Infra.Operations;
using Mlops.Infra.Policies;
using Mlops.Provisioning;
using Pulumi;
using Pulumi.AwsNative.Sqs;

namespace Mlops.Infra.Components;

/// <summary>What a caller may choose about the <see cref="DeadLetters"/>.</summary>
public sealed record DeadLettersArgs
{
    /// <summary>The account of the queue and of whoever sends to it.</summary>
    public required OrchestratorAccount Account { get; init; }

    /// <summary>Encrypts the messages; its policy must let EventBridge use it for this queue.</summary>
    public required EncryptionKey Key { get; init; }

    /// <summary>The EventBridge rules that may put there what they could not deliver.</summary>
    public required IReadOnlyList<TellingRule> Rules { get; init; }
}

/// <summary>
/// The queue of what could not be delivered: jobs that DeploymentFlow never answered, events that it failed to handle, and
/// what rules could not tell the topic, the function or the config pipeline. Nothing reads it but people. An event of a job carries credentials of its artifacts, so it is encrypted.
/// </summary>
public sealed class DeadLetters : ComponentResource
{
    /// <summary>The longest that SQS keeps a message (its quotas): a holiday is shorter.</summary>
    private static readonly TimeSpan Retention = TimeSpan.FromDays(14);

    private readonly DeadLettersArgs _args;

    /// <summary>Makes the queue, called as this component.</summary>
    public DeadLetters(string name, DeadLettersArgs args, ComponentResourceOptions? options = null)
        : base("mlops:operations:DeadLetters", name, options)
    {
        _args = args;
        var queue = new Queue(
            $"{name}-queue",
            new QueueArgs
            {
                QueueName = name,
                KmsMasterKeyId = args.Key.Arn,
                MessageRetentionPeriod = (int)Retention.TotalSeconds,
            },
            new CustomResourceOptions { Parent = this }
        );
        _ = new QueueInlinePolicy(
            $"{name}-policy",
            new QueueInlinePolicyArgs
            {
                Queue = queue.QueueUrl,
                PolicyDocument = PolicyDocument.Value(Rules(queue.Arn), PlainHttpRefused(queue.Arn)),
            },
            new CustomResourceOptions { Parent = this }
        );

        Name = name;
        Arn = queue.Arn;
        RegisterOutputs();
    }

    /// <summary>Name of the queue.</summary>
    public string Name { get; }

    /// <summary>ARN of the queue.</summary>
    [Output("arn")]
    public Output<string> Arn { get; private set; }

    /// <summary>What the role of a function needs to have its failures put here: SQS asks the sender for the key, too.</summary>
    public IReadOnlyList<PolicyStatement> Send() =>
        [
            new()
            {
                Sid = "PutDeadLetters",
                Actions = ["sqs:SendMessage"],
                Resources = [Arn],
            },
            new()
            {
                Sid = "EncryptDeadLetters",
                Actions = ["kms:Decrypt", "kms:GenerateDataKey"],
                Resources = [_args.Key.Arn],
                Conditions =
                [
                    new PolicyCondition("StringEquals", "kms:ViaService", $"sqs.{_args.Account.Region}.amazonaws.com"),
                ],
            },
        ];

    private PolicyStatement Rules(Output<string> queue) =>
        new()
        {
            Sid = "RulesPutWhatTheyCouldNotDeliver",
            Principal = PolicyPrincipal.Service("events.amazonaws.com"),
            Actions = ["sqs:SendMessage"],
            Resources = [queue],
            Conditions =
            [
                new PolicyCondition(
                    "ArnEquals",
                    "aws:SourceArn",
                    [.. _args.Rules.Select(rule => (Input<string>)_args.Account.Arn("events", $"rule/{rule.Path}"))]
                ),
            ],
        };

    private static PolicyStatement PlainHttpRefused(Output<string> queue) =>
        new()
        {
            Sid = "PlainHttpIsRefused",
            Effect = PolicyEffect.Deny,
            Principal = PolicyPrincipal.Anybody,
            Actions = ["sqs:*"],
            Resources = [queue],
            Conditions = [new PolicyCondition("Bool", "aws:SecureTransport", "false")],
        };
}
