using Mlops.Infra.Policies;
using Mlops.Provisioning;
using Pulumi;

namespace Mlops.Infra.Components;

/// <summary>What a caller may choose about the <see cref="EncryptionKeys"/>.</summary>
public sealed record EncryptionKeysArgs
{
    /// <summary>The account that owns the keys.</summary>
    public required OrchestratorAccount Account { get; init; }

    /// <summary>Whether there is anything for the key of assets: not where bucket and repository are the user's.</summary>
    public bool HasAssets { get; init; } = true;

    /// <summary>Roles of other accounts that read models and data, and deliver.</summary>
    internal TargetRoles? Targets { get; init; }

    /// <summary>Whether the keys of data outlive the stack.</summary>
    public required bool Retain { get; init; }
}

/// <summary>
/// Three keys, because three groups of principals use them: whoever brings or runs models (assets), CodePipeline and its
/// targets (artifacts), and the services that tell and log (operations).
/// </summary>
public sealed class EncryptionKeys : ComponentResource
{
    /// <summary>
    /// Start of the name that API Gateway gives to the log of what it does itself; the API's id and the stage follow
    /// (API Gateway, "Set up CloudWatch logging for REST APIs").
    /// </summary>
    internal const string ApiExecutionLogs = "API-Gateway-Execution-Logs_";

    /// <summary>What whoever reads and writes artifacts does with their key.</summary>
    internal static IReadOnlyList<string> ArtifactActions { get; } =
    ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey", "kms:ReEncryptFrom", "kms:ReEncryptTo"];

    /// <summary>Makes the three.</summary>
    public EncryptionKeys(string name, EncryptionKeysArgs args, ComponentResourceOptions? options = null)
        : base("mlops:encryption:EncryptionKeys", name, options)
    {
        Assets = args.HasAssets
            ? Key("assets", "models, data and packages", args.Retain, UseAssets(args.Targets))
            : null;
        Artifacts = Key("artifacts", "what pipelines pass from action to action", args.Retain, Deliver(args.Targets));
        Operations = Key(
            "operations",
            "notifications, dead letters and logs",
            args.Retain,
            [Events(args), DeadLetters(args), Alarms(args), Logs(args)]
        );
        RegisterOutputs();

        EncryptionKey Key(string use, string encrypts, bool retain, IReadOnlyList<PolicyStatement> services) =>
            new(
                $"{args.Account.Prefix}-{use}",
                new EncryptionKeyArgs
                {
                    Account = args.Account,
                    Description = $"{args.Account.Prefix}: {encrypts}",
                    Services = services,
                    Retain = retain,
                },
                new ComponentResourceOptions { Parent = this }
            );
    }

    /// <summary>Assets bucket and image repository; null where nothing of ours needs it.</summary>
    public EncryptionKey? Assets { get; }

    /// <summary>ARN of <see cref="Assets"/>.</summary>
    public Input<string>? AssetsArn => Assets is { } key ? (Input<string>)key.Arn : null;

    /// <summary>CodePipeline's artifact store.</summary>
    public EncryptionKey Artifacts { get; }

    /// <summary>Notification topic, dead letters and log groups.</summary>
    public EncryptionKey Operations { get; }

    /// <summary>What the roles of stacks in targets need for models and data of this account.</summary>
    internal static IReadOnlyList<PolicyStatement> UseAssets(TargetRoles? targets) =>
        targets is not { Any: true }
            ? []
            :
            [
                new()
                {
                    Sid = "TargetsDecryptModelsAndData",
                    Principal = targets.Accounts,
                    Actions = ["kms:Decrypt", "kms:DescribeKey"],
                    Resources = PolicyStatement.AnyResource,
                    Conditions = [targets.AreOfStacks],
                },
            ];

    private static IReadOnlyList<PolicyStatement> Deliver(TargetRoles? targets) =>
        targets is not { Any: true }
            ? []
            :
            [
                new()
                {
                    Sid = "TargetsUseArtifacts",
                    Principal = targets.Accounts,
                    Actions = ArtifactActions,
                    Resources = PolicyStatement.AnyResource,
                    Conditions = [targets.AreDeliver],
                },
            ];

    /// <summary>
    /// Services that publish to an encrypted topic need the key themselves. EventBridge does not say for whom it acts: under a
    /// condition on aws:SourceAccount nothing would arrive. So the key is its for our topic alone.
    /// </summary>
    private static PolicyStatement Events(EncryptionKeysArgs args) =>
        new()
        {
            Sid = "EventsPublish",
            Principal = PolicyPrincipal.Service("events.amazonaws.com"),
            Actions = ["kms:Decrypt", "kms:GenerateDataKey"],
            Resources = PolicyStatement.AnyResource,
            Conditions = [ForOurTopic(args)],
        };

    /// <summary>As with the topic: EventBridge may use the key for our queue alone, by the encryption context that SQS gives.</summary>
    private static PolicyStatement DeadLetters(EncryptionKeysArgs args) =>
        new()
        {
            Sid = "EventsPutDeadLetters",
            Principal = PolicyPrincipal.Service("events.amazonaws.com"),
            Actions = ["kms:Decrypt", "kms:GenerateDataKey"],
            Resources = PolicyStatement.AnyResource,
            Conditions =
            [
                new PolicyCondition(
                    "ArnEquals",
                    "kms:EncryptionContext:aws:sqs:arn",
                    args.Account.Arn("sqs", DeploymentNames.DeadLetters(args.Account.Prefix))
                ),
            ],
        };

    private static PolicyStatement Alarms(EncryptionKeysArgs args) =>
        new()
        {
            Sid = "AlarmsPublish",
            Principal = PolicyPrincipal.Service("cloudwatch.amazonaws.com"),
            Actions = ["kms:Decrypt", "kms:GenerateDataKey"],
            Resources = PolicyStatement.AnyResource,
            Conditions = [PolicyCondition.SourceAccount(args.Account), ForOurTopic(args)],
        };

    /// <summary>The encryption context that SNS gives; by name, for the topic is made with the key.</summary>
    private static PolicyCondition ForOurTopic(EncryptionKeysArgs args) =>
        new(
            "ArnEquals",
            "kms:EncryptionContext:aws:sns:topicArn",
            args.Account.Arn("sns", DeploymentNames.NotificationTopic(args.Account.Prefix))
        );

    private static PolicyStatement Logs(EncryptionKeysArgs args) =>
        new()
        {
            Sid = "LogGroupsOfThisStack",
            Principal = PolicyPrincipal.Service(Output.Format($"logs.{args.Account.Region}.amazonaws.com")),
            Actions =
            [
                "kms:Decrypt",
                "kms:DescribeKey",
                "kms:Encrypt",
                "kms:GenerateDataKey",
                "kms:GenerateDataKeyWithoutPlaintext",
                "kms:ReEncryptFrom",
                "kms:ReEncryptTo",
            ],
            Resources = PolicyStatement.AnyResource,
            Conditions =
            [
                new PolicyCondition(
                    "ArnLike",
                    "kms:EncryptionContext:aws:logs:arn",
                    args.Account.Arn("logs", $"log-group:/aws/*/{args.Account.Prefix}-*"),
                    args.Account.Arn("logs", $"log-group:{ApiExecutionLogs}*")
                ),
            ],
        };
}
