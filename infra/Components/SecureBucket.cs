using Mlops.Infra.Policies;
using Pulumi;
using Pulumi.Aws.S3;
using Inputs = Pulumi.Aws.S3.Inputs;

namespace Mlops.Infra.Components;

/// <summary>What a caller may choose about a <see cref="SecureBucket"/>.</summary>
public sealed record SecureBucketArgs
{
    /// <summary>The account that owns the bucket.</summary>
    public required OrchestratorAccount Account { get; init; }

    /// <summary>ARN of the key of its objects; null: S3's own key.</summary>
    public Input<string>? KeyArn { get; init; }

    /// <summary>Where access is logged, under the bucket's logical name; null: nowhere.</summary>
    public LogBucket? Logs { get; init; }

    /// <summary>What expires, in addition to uploads that were never finished.</summary>
    public IReadOnlyList<Inputs.BucketLifecycleConfigurationRuleArgs> Lifecycle { get; init; } = [];

    /// <summary>Who else may do what, given the bucket's ARN; that plain HTTP is refused is not a choice.</summary>
    public Func<Output<string>, IEnumerable<PolicyStatement>> Access { get; init; } = _ => [];

    /// <summary>Whether bucket and objects outlive the stack.</summary>
    public required bool Retain { get; init; }
}

/// <summary>A bucket that is versioned, encrypted, private, reached by TLS only, and owned by its account alone.</summary>
public sealed class SecureBucket : ComponentResource
{
    /// <summary>After so many days an upload that was not finished is thrown away.</summary>
    private const int UnfinishedUploadDays = 7;

    private readonly SecureBucketArgs _args;
    private readonly string _name;

    /// <summary>Makes the bucket. Its real name begins with <paramref name="name"/> and is made unique by Pulumi.</summary>
    public SecureBucket(string name, SecureBucketArgs args, ComponentResourceOptions? options = null)
        : base("mlops:storage:SecureBucket", name, options)
    {
        (_name, _args) = (name, args);

        var bucket = new Bucket(name, new BucketArgs { ForceDestroy = !args.Retain }, Retention.Of(args.Retain, this));
        Name = bucket.BucketName;
        Arn = bucket.Arn;

        var closed = Close();
        Keep();
        Policy = Allow(closed);
        RegisterOutputs();
    }

    /// <summary>The real name.</summary>
    [Output("name")]
    public Output<string> Name { get; private set; }

    /// <summary>ARN of the bucket.</summary>
    [Output("arn")]
    public Output<string> Arn { get; private set; }

    /// <summary>What S3 enforces.</summary>
    public BucketPolicy Policy { get; }

    /// <summary>A setting of the bucket stays with it: without them a bucket that outlives the stack would be an open one.</summary>
    private CustomResourceOptions With(params Resource[] first)
    {
        var options = Retention.Of(_args.Retain, this);
        options.DependsOn = first;
        return options;
    }

    private BucketPublicAccessBlock Close()
    {
        _ = new BucketOwnershipControls(
            $"{_name}-ownership",
            new BucketOwnershipControlsArgs
            {
                Bucket = Name,
                Rule = new Inputs.BucketOwnershipControlsRuleArgs { ObjectOwnership = "BucketOwnerEnforced" },
            },
            With()
        );
        return new BucketPublicAccessBlock(
            $"{_name}-public-access",
            new BucketPublicAccessBlockArgs
            {
                Bucket = Name,
                BlockPublicAcls = true,
                BlockPublicPolicy = true,
                IgnorePublicAcls = true,
                RestrictPublicBuckets = true,
            },
            With()
        );
    }

    private void Keep()
    {
        _ = new BucketVersioning(
            $"{_name}-versioning",
            new BucketVersioningArgs
            {
                Bucket = Name,
                VersioningConfiguration = new Inputs.BucketVersioningVersioningConfigurationArgs { Status = "Enabled" },
            },
            With()
        );
        _ = new BucketServerSideEncryptionConfiguration(
            $"{_name}-encryption",
            new BucketServerSideEncryptionConfigurationArgs { Bucket = Name, Rules = { Encryption() } },
            With()
        );
        _ = new BucketLifecycleConfiguration(
            $"{_name}-lifecycle",
            new BucketLifecycleConfigurationArgs { Bucket = Name, Rules = Lifecycle() },
            With()
        );
        if (_args.Logs is { } logs)
        {
            _ = new BucketLogging(
                $"{_name}-logging",
                new BucketLoggingArgs
                {
                    Bucket = Name,
                    TargetBucket = logs.Name,
                    TargetPrefix = $"{_name}/",
                },
                With(logs.Policy)
            );
        }
    }

    private Inputs.BucketServerSideEncryptionConfigurationRuleArgs Encryption() =>
        new()
        {
            BucketKeyEnabled = _args.KeyArn is not null,
            ApplyServerSideEncryptionByDefault =
                new Inputs.BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultArgs
                {
                    SseAlgorithm = _args.KeyArn is null ? "AES256" : "aws:kms",
                    KmsMasterKeyId = _args.KeyArn,
                },
        };

    private InputList<Inputs.BucketLifecycleConfigurationRuleArgs> Lifecycle()
    {
        var rules = new InputList<Inputs.BucketLifecycleConfigurationRuleArgs>
        {
            new Inputs.BucketLifecycleConfigurationRuleArgs
            {
                Id = "drop-unfinished-uploads",
                Status = "Enabled",
                Filter = new Inputs.BucketLifecycleConfigurationRuleFilterArgs { Prefix = "" },
                AbortIncompleteMultipartUpload =
                    new Inputs.BucketLifecycleConfigurationRuleAbortIncompleteMultipartUploadArgs
                    {
                        DaysAfterInitiation = UnfinishedUploadDays,
                    },
            },
        };
        foreach (var rule in _args.Lifecycle)
        {
            rules.Add(rule);
        }

        return rules;
    }

    /// <summary>After the public access block: S3 refuses two changes of a bucket's access at once.</summary>
    private BucketPolicy Allow(BucketPublicAccessBlock closed) =>
        new(
            $"{_name}-policy",
            new BucketPolicyArgs
            {
                Bucket = Name,
                Policy = PolicyDocument.Text([PlainHttpRefused(), .. _args.Access(Arn)]),
            },
            With(closed)
        );

    private PolicyStatement PlainHttpRefused() =>
        new()
        {
            Sid = "PlainHttpIsRefused",
            Effect = PolicyEffect.Deny,
            Principal = PolicyPrincipal.Anybody,
            Actions = ["s3:*"],
            Resources = [Arn, Output.Format($"{Arn}/*")],
            Conditions = [new PolicyCondition("Bool", "aws:SecureTransport", "false")],
        };
}
