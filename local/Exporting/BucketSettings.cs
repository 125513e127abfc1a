using System.Collections.Frozen;
using static Mlops.Local.Exporting.Shapes;

namespace Mlops.Local.Exporting;

/// <summary>One property of <c>AWS::S3::Bucket</c>, which Pulumi's AWS package has as a resource of its own.</summary>
/// <param name="Property">The property.</param>
/// <param name="Shape">Makes its value of the resource's inputs, of which <c>bucket</c> is taken away.</param>
internal sealed record BucketSetting(string Property, Shape Shape);

/// <summary>The settings of buckets, by the token of their resource.</summary>
internal static class BucketSettings
{
    /// <summary>The input that says of which bucket.</summary>
    public const string Bucket = "bucket";

    /// <summary>Of the bucket itself: to empty it on destroy is Pulumi's doing, not AWS's.</summary>
    public static readonly Shape OfBucket = Members(("bucket", "BucketName", Same), ("forceDestroy", "", null));

    public static readonly FrozenDictionary<string, BucketSetting> ByToken = new Dictionary<string, BucketSetting>
    {
        ["aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration"] = new(
            "LifecycleConfiguration",
            Members(("rules", "Rules", Each(Rule())))
        ),
        ["aws:s3/bucketLogging:BucketLogging"] = new(
            "LoggingConfiguration",
            Members(("targetBucket", "DestinationBucketName", Same), ("targetPrefix", "LogFilePrefix", Same))
        ),
        ["aws:s3/bucketOwnershipControls:BucketOwnershipControls"] = new(
            "OwnershipControls",
            Members(("rule", "Rules", One(Members(("objectOwnership", "ObjectOwnership", Same)))))
        ),
        ["aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"] = new(
            "PublicAccessBlockConfiguration",
            Members(
                ("blockPublicAcls", "BlockPublicAcls", Same),
                ("blockPublicPolicy", "BlockPublicPolicy", Same),
                ("ignorePublicAcls", "IgnorePublicAcls", Same),
                ("restrictPublicBuckets", "RestrictPublicBuckets", Same)
            )
        ),
        ["aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"] = new(
            "BucketEncryption",
            Members(("rules", "ServerSideEncryptionConfiguration", Each(Encryption())))
        ),
        ["aws:s3/bucketVersioning:BucketVersioning"] = new(
            "VersioningConfiguration",
            Only("versioningConfiguration", Members(("status", "Status", Same)))
        ),
    }.ToFrozenDictionary();

    private static Shape Encryption() =>
        Members(
            ("bucketKeyEnabled", "BucketKeyEnabled", Same),
            (
                "applyServerSideEncryptionByDefault",
                "ServerSideEncryptionByDefault",
                Members(("sseAlgorithm", "SSEAlgorithm", Same), ("kmsMasterKeyId", "KMSMasterKeyID", Same))
            )
        );

    private static Shape Rule() =>
        Members(
            ("id", "Id", Same),
            ("status", "Status", Same),
            ("filter", "Prefix", Only("prefix", Same)),
            (
                "abortIncompleteMultipartUpload",
                "AbortIncompleteMultipartUpload",
                Members(("daysAfterInitiation", "DaysAfterInitiation", Same))
            ),
            ("expiration", "ExpirationInDays", Only("days", Same)),
            (
                "noncurrentVersionExpiration",
                "NoncurrentVersionExpiration",
                Members(("noncurrentDays", "NoncurrentDays", Same))
            )
        );
}
