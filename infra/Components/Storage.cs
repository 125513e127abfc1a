using Mlops.Infra.Policies;
using Mlops.Provisioning;
using Pulumi;
using Pulumi.Aws.S3.Inputs;

namespace Mlops.Infra.Components;

/// <summary>What a caller may choose about the <see cref="Storage"/>.</summary>
public sealed record StorageArgs
{
    /// <summary>The account that owns the buckets.</summary>
    public required OrchestratorAccount Account { get; init; }

    /// <summary>Encrypts models, data and packages, and what pipelines pass on.</summary>
    public required EncryptionKeys Keys { get; init; }

    /// <summary>The user's bucket for models, data and packages; null: one is made.</summary>
    public AssetsBucket? ExistingAssets { get; init; }

    /// <summary>Roles of other accounts that read models and data, and deliver.</summary>
    internal TargetRoles? Targets { get; init; }

    /// <summary>Whether buckets and objects outlive the stack.</summary>
    public required bool Retain { get; init; }
}

/// <summary>The buckets: assets (people's models and data, and our packages), artifacts (CodePipeline's), and their logs.</summary>
public sealed class Storage : ComponentResource
{
    /// <summary>How long a pipeline may look back at its artifacts.</summary>
    private const int ArtifactDays = 90;

    /// <summary>Makes the three, or two beside the user's.</summary>
    public Storage(string name, StorageArgs args, ComponentResourceOptions? options = null)
        : base("mlops:storage:Storage", name, options)
    {
        var child = new ComponentResourceOptions { Parent = this };
        var logs = new LogBucket(
            $"{args.Account.Prefix}-logs",
            new LogBucketArgs { Account = args.Account, Retain = args.Retain },
            child
        );
        Assets = args.ExistingAssets ?? OwnAssets(args, logs, child);
        Artifacts = new SecureBucket(
            $"{args.Account.Prefix}-artifacts",
            new SecureBucketArgs
            {
                Account = args.Account,
                KeyArn = args.Keys.Artifacts.Arn,
                Logs = logs,
                Lifecycle = [Expire()],
                Access = bucket => args.Targets is { Any: true } targets ? Deliver(targets, bucket) : [],
                Retain = args.Retain,
            },
            child
        );
        RegisterOutputs();
    }

    /// <summary>People's models and data, and our packages. Nothing in it is made to expire.</summary>
    public AssetsBucket Assets { get; }

    /// <summary>What pipelines pass from action to action.</summary>
    public SecureBucket Artifacts { get; }

    private static AssetsBucket OwnAssets(StorageArgs args, LogBucket logs, ComponentResourceOptions child)
    {
        var bucket = new SecureBucket(
            $"{args.Account.Prefix}-assets",
            new SecureBucketArgs
            {
                Account = args.Account,
                KeyArn = args.Keys.AssetsArn,
                Logs = logs,
                Access = bucket => args.Targets is { Any: true } targets ? UseAssets(targets, bucket) : [],
                Retain = args.Retain,
            },
            child
        );
        return new AssetsBucket(bucket.Name, bucket.Arn, args.Keys.AssetsArn);
    }

    /// <summary>
    /// What the roles of stacks in targets may do with models and data: read, never the packages. Captured data and
    /// results go to buckets of the target. An existing bucket's owner adds these statements.
    /// </summary>
    internal static PolicyStatement[] UseAssets(TargetRoles targets, Output<string> bucket) =>
        [
            new()
            {
                Sid = "TargetsReadModelsAndData",
                Principal = targets.Accounts,
                Actions = ["s3:GetObject"],
                Resources = [Output.Format($"{bucket}/*")],
                Conditions = [targets.AreOfStacks],
            },
            new()
            {
                Sid = "TargetsFindModelsAndData",
                Principal = targets.Accounts,
                Actions = ["s3:ListBucket"],
                Resources = [bucket],
                Conditions = [targets.AreOfStacks],
            },
            new()
            {
                Sid = "PackagesAreNotForTargets",
                Effect = PolicyEffect.Deny,
                Principal = targets.Accounts,
                Actions = ["s3:GetObject"],
                Resources = [Output.Format($"{bucket}/{DeploymentNames.PackagePrefix}*")],
            },
        ];

    /// <summary>CodePipeline's actions run as the target's role, and read and write artifacts as it.</summary>
    private static PolicyStatement[] Deliver(TargetRoles targets, Output<string> bucket) =>
        [
            new()
            {
                Sid = "TargetsReadAndWriteArtifacts",
                Principal = targets.Accounts,
                Actions = ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"],
                Resources = [Output.Format($"{bucket}/*")],
                Conditions = [targets.AreDeliver],
            },
            new()
            {
                Sid = "TargetsFindArtifacts",
                Principal = targets.Accounts,
                Actions = ["s3:GetBucketAcl", "s3:GetBucketLocation", "s3:GetBucketVersioning"],
                Resources = [bucket],
                Conditions = [targets.AreDeliver],
            },
        ];

    private static BucketLifecycleConfigurationRuleArgs Expire() =>
        new()
        {
            Id = "expire-artifacts",
            Status = "Enabled",
            Filter = new BucketLifecycleConfigurationRuleFilterArgs { Prefix = "" },
            Expiration = new BucketLifecycleConfigurationRuleExpirationArgs { Days = ArtifactDays },
            NoncurrentVersionExpiration = new BucketLifecycleConfigurationRuleNoncurrentVersionExpirationArgs
            {
                NoncurrentDays = 1,
            },
        };
}
