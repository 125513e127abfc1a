using Mlops.Infra.Policies;
using Pulumi;
using Pulumi.AwsNative.Kms;
using Alias = Pulumi.AwsNative.Kms.Alias;

namespace Mlops.Infra.Components;

/// <summary>What a caller may choose about an <see cref="EncryptionKey"/>.</summary>
public sealed record EncryptionKeyArgs
{
    /// <summary>The account that owns the key.</summary>
    public required OrchestratorAccount Account { get; init; }

    /// <summary>What is encrypted with it, for people.</summary>
    public required string Description { get; init; }

    /// <summary>AWS services that use it in their own name; roles get theirs from their own policies.</summary>
    public IReadOnlyList<PolicyStatement> Services { get; init; } = [];

    /// <summary>Whether the key outlives the stack: without it, what it encrypted is lost.</summary>
    public required bool Retain { get; init; }
}

/// <summary>A customer key that is renewed every year, with an alias of its own name.</summary>
public sealed class EncryptionKey : ComponentResource
{
    /// <summary>Days in which a deletion can be taken back: the most and the least that KMS knows.</summary>
    private const int LongestWindow = 30;
    private const int ShortestWindow = 7;

    /// <summary>What an administrator, or a role of this account, may be given by an IAM policy.</summary>
    private static readonly string[] AccountActions =
    [
        "kms:CancelKeyDeletion",
        "kms:CreateAlias",
        "kms:CreateGrant",
        "kms:Decrypt",
        "kms:DeleteAlias",
        "kms:DescribeKey",
        "kms:DisableKey",
        "kms:DisableKeyRotation",
        "kms:EnableKey",
        "kms:EnableKeyRotation",
        "kms:Encrypt",
        "kms:GenerateDataKey",
        "kms:GenerateDataKeyWithoutPlaintext",
        "kms:GetKeyPolicy",
        "kms:GetKeyRotationStatus",
        "kms:ListGrants",
        "kms:ListKeyPolicies",
        "kms:ListKeyRotations",
        "kms:ListResourceTags",
        "kms:PutKeyPolicy",
        "kms:ReEncryptFrom",
        "kms:ReEncryptTo",
        "kms:RetireGrant",
        "kms:RevokeGrant",
        "kms:RotateKeyOnDemand",
        "kms:ScheduleKeyDeletion",
        "kms:TagResource",
        "kms:UntagResource",
        "kms:UpdateAlias",
        "kms:UpdateKeyDescription",
    ];

    /// <summary>Makes the key and its alias.</summary>
    public EncryptionKey(string name, EncryptionKeyArgs args, ComponentResourceOptions? options = null)
        : base("mlops:encryption:EncryptionKey", name, options)
    {
        var account = new PolicyStatement
        {
            Sid = "AccountDecidesByIam",
            Principal = PolicyPrincipal.Account(args.Account),
            Actions = AccountActions,
            Resources = PolicyStatement.AnyResource,
        };

        var key = new Key(
            $"{name}-key",
            new KeyArgs
            {
                Description = args.Description,
                EnableKeyRotation = true,
                PendingWindowInDays = args.Retain ? LongestWindow : ShortestWindow,
                KeyPolicy = PolicyDocument.Value([account, .. args.Services]),
            },
            Retention.Of(args.Retain, this)
        );
        _ = new Alias(
            $"{name}-alias",
            new AliasArgs { AliasName = $"alias/{name}", TargetKeyId = key.KeyId },
            new CustomResourceOptions { Parent = this }
        );

        Arn = key.Arn;
        RegisterOutputs();
    }

    /// <summary>ARN of the key, never of the alias: other accounts cannot use an alias.</summary>
    [Output("arn")]
    public Output<string> Arn { get; private set; }
}
