using Mlops.Infra.Policies;
using Pulumi;
using Pulumi.Aws.S3;
using Pulumi.Aws.S3.Inputs;

namespace Mlops.Infra.Components;

/// <summary>What a caller may choose about the <see cref="LogBucket"/>.</summary>
public sealed record LogBucketArgs
{
    /// <summary>The account whose buckets log here.</summary>
    public required OrchestratorAccount Account { get; init; }

    /// <summary>Whether the bucket outlives the stack.</summary>
    public required bool Retain { get; init; }
}

/// <summary>
/// Where the access logs of the other buckets go. Encrypted by S3's own key: the log delivery service cannot use a
/// customer key on the bucket that it writes to.
/// </summary>
public sealed class LogBucket : ComponentResource
{
    /// <summary>How long an access log is kept.</summary>
    private const int RetentionInDays = 365;

    /// <summary>Makes the bucket.</summary>
    public LogBucket(string name, LogBucketArgs args, ComponentResourceOptions? options = null)
        : base("mlops:storage:LogBucket", name, options)
    {
        var bucket = new SecureBucket(
            name,
            new SecureBucketArgs
            {
                Account = args.Account,
                Retain = args.Retain,
                Lifecycle =
                [
                    new BucketLifecycleConfigurationRuleArgs
                    {
                        Id = "expire-access-logs",
                        Status = "Enabled",
                        Filter = new BucketLifecycleConfigurationRuleFilterArgs { Prefix = "" },
                        Expiration = new BucketLifecycleConfigurationRuleExpirationArgs { Days = RetentionInDays },
                        NoncurrentVersionExpiration =
                            new BucketLifecycleConfigurationRuleNoncurrentVersionExpirationArgs { NoncurrentDays = 1 },
                    },
                ],
                Access = arn => [Delivery(args.Account, arn)],
            },
            new ComponentResourceOptions { Parent = this }
        );

        Name = bucket.Name;
        Policy = bucket.Policy;
        RegisterOutputs();
    }

    /// <summary>Name of the bucket.</summary>
    [Output("name")]
    public Output<string> Name { get; private set; }

    /// <summary>A bucket can log here once this is in place.</summary>
    public BucketPolicy Policy { get; }

    /// <summary>By the names of our buckets, not by their ARNs, which exist only after this policy.</summary>
    private static PolicyStatement Delivery(OrchestratorAccount account, Output<string> arn) =>
        new()
        {
            Sid = "OurBucketsLogHere",
            Principal = PolicyPrincipal.Service("logging.s3.amazonaws.com"),
            Actions = ["s3:PutObject"],
            Resources = [Output.Format($"{arn}/*")],
            Conditions =
            [
                PolicyCondition.SourceAccount(account),
                new PolicyCondition(
                    "ArnLike",
                    "aws:SourceArn",
                    Output.Format($"arn:{account.Partition}:s3:::{account.Prefix}-*")
                ),
            ],
        };
}
