using System.Collections.Frozen;
using System.Text.Json.Nodes;
using Amazon.S3;
using Amazon.S3.Model;

namespace Mlops.Local.Stacks.Buckets;

/// <summary>Pulumi.Aws's resources that set something on a bucket, by the last part of their token.</summary>
internal static class BucketSettings
{
    public static readonly FrozenDictionary<string, BucketSetting> ByType = new Dictionary<string, BucketSetting>
    {
        ["BucketVersioning"] = new(PutVersioningAsync, VersioningAsync),
        ["BucketServerSideEncryptionConfiguration"] = new(PutEncryptionAsync, EncryptionAsync),
        ["BucketPublicAccessBlock"] = new(PutPublicAccessBlockAsync, PublicAccessBlockAsync),
        ["BucketOwnershipControls"] = new(PutOwnershipAsync, OwnershipAsync),
        ["BucketPolicy"] = new(BucketPolicies.PutAsync, BucketPolicies.ReadAsync),
        ["BucketLogging"] = new(PutLoggingAsync, LoggingAsync),
        ["BucketLifecycleConfiguration"] = new(BucketLifecycle.PutAsync, BucketLifecycle.ReadAsync),
    }.ToFrozenDictionary();

    private static Task<PutBucketVersioningResponse> PutVersioningAsync(
        IAmazonS3 s3,
        string bucket,
        JsonObject declared,
        CancellationToken ct
    ) =>
        s3.PutBucketVersioningAsync(
            new PutBucketVersioningRequest
            {
                BucketName = bucket,
                VersioningConfig = new S3BucketVersioningConfig
                {
                    Status = (string?)declared["versioningConfiguration"]?["status"],
                },
            },
            ct
        );

    private static async Task<JsonObject> VersioningAsync(IAmazonS3 s3, string bucket, CancellationToken ct)
    {
        var answer = await s3.GetBucketVersioningAsync(new GetBucketVersioningRequest { BucketName = bucket }, ct);
        return new JsonObject
        {
            ["versioningConfiguration"] = new JsonObject { ["status"] = answer.VersioningConfig.Status?.Value },
        };
    }

    private static Task<PutBucketEncryptionResponse> PutEncryptionAsync(
        IAmazonS3 s3,
        string bucket,
        JsonObject declared,
        CancellationToken ct
    ) =>
        s3.PutBucketEncryptionAsync(
            new PutBucketEncryptionRequest
            {
                BucketName = bucket,
                ServerSideEncryptionConfiguration = new ServerSideEncryptionConfiguration
                {
                    ServerSideEncryptionRules =
                    [
                        .. declared["rules"]!
                            .AsArray()
                            .Select(rule => new ServerSideEncryptionRule
                            {
                                BucketKeyEnabled = (bool?)rule!["bucketKeyEnabled"],
                                ServerSideEncryptionByDefault = new ServerSideEncryptionByDefault
                                {
                                    ServerSideEncryptionAlgorithm = (string?)
                                        rule["applyServerSideEncryptionByDefault"]?["sseAlgorithm"],
                                    ServerSideEncryptionKeyManagementServiceKeyId = (string?)
                                        rule["applyServerSideEncryptionByDefault"]?["kmsMasterKeyId"],
                                },
                            }),
                    ],
                },
            },
            ct
        );

    private static async Task<JsonObject> EncryptionAsync(IAmazonS3 s3, string bucket, CancellationToken ct)
    {
        var answer = await s3.GetBucketEncryptionAsync(new GetBucketEncryptionRequest { BucketName = bucket }, ct);
        var rules = answer.ServerSideEncryptionConfiguration.ServerSideEncryptionRules.Select(rule => new JsonObject
        {
            ["bucketKeyEnabled"] = rule.BucketKeyEnabled,
            ["applyServerSideEncryptionByDefault"] = new JsonObject
            {
                ["sseAlgorithm"] = rule.ServerSideEncryptionByDefault?.ServerSideEncryptionAlgorithm?.Value,
                ["kmsMasterKeyId"] = rule.ServerSideEncryptionByDefault?.ServerSideEncryptionKeyManagementServiceKeyId,
            },
        });
        return new JsonObject { ["rules"] = new JsonArray([.. rules]) };
    }

    private static Task<PutPublicAccessBlockResponse> PutPublicAccessBlockAsync(
        IAmazonS3 s3,
        string bucket,
        JsonObject declared,
        CancellationToken ct
    ) =>
        s3.PutPublicAccessBlockAsync(
            new PutPublicAccessBlockRequest
            {
                BucketName = bucket,
                PublicAccessBlockConfiguration = new PublicAccessBlockConfiguration
                {
                    BlockPublicAcls = (bool?)declared["blockPublicAcls"],
                    BlockPublicPolicy = (bool?)declared["blockPublicPolicy"],
                    IgnorePublicAcls = (bool?)declared["ignorePublicAcls"],
                    RestrictPublicBuckets = (bool?)declared["restrictPublicBuckets"],
                },
            },
            ct
        );

    private static async Task<JsonObject> PublicAccessBlockAsync(IAmazonS3 s3, string bucket, CancellationToken ct)
    {
        var answer = await s3.GetPublicAccessBlockAsync(new GetPublicAccessBlockRequest { BucketName = bucket }, ct);
        var block = answer.PublicAccessBlockConfiguration;
        return new JsonObject
        {
            ["blockPublicAcls"] = block.BlockPublicAcls,
            ["blockPublicPolicy"] = block.BlockPublicPolicy,
            ["ignorePublicAcls"] = block.IgnorePublicAcls,
            ["restrictPublicBuckets"] = block.RestrictPublicBuckets,
        };
    }

    private static Task<PutBucketOwnershipControlsResponse> PutOwnershipAsync(
        IAmazonS3 s3,
        string bucket,
        JsonObject declared,
        CancellationToken ct
    ) =>
        s3.PutBucketOwnershipControlsAsync(
            new PutBucketOwnershipControlsRequest
            {
                BucketName = bucket,
                OwnershipControls = new OwnershipControls
                {
                    Rules =
                    [
                        new OwnershipControlsRule { ObjectOwnership = (string?)declared["rule"]?["objectOwnership"] },
                    ],
                },
            },
            ct
        );

    private static async Task<JsonObject> OwnershipAsync(IAmazonS3 s3, string bucket, CancellationToken ct)
    {
        var request = new GetBucketOwnershipControlsRequest { BucketName = bucket };
        var answer = await s3.GetBucketOwnershipControlsAsync(request, ct);
        var ownership = answer.OwnershipControls.Rules.FirstOrDefault()?.ObjectOwnership?.Value;
        return new JsonObject { ["rule"] = new JsonObject { ["objectOwnership"] = ownership } };
    }

    private static Task<PutBucketLoggingResponse> PutLoggingAsync(
        IAmazonS3 s3,
        string bucket,
        JsonObject declared,
        CancellationToken ct
    ) =>
        s3.PutBucketLoggingAsync(
            new PutBucketLoggingRequest
            {
                BucketName = bucket,
                LoggingConfig = new S3BucketLoggingConfig
                {
                    TargetBucketName = (string?)declared["targetBucket"],
                    TargetPrefix = (string?)declared["targetPrefix"],
                },
            },
            ct
        );

    private static async Task<JsonObject> LoggingAsync(IAmazonS3 s3, string bucket, CancellationToken ct)
    {
        var answer = await s3.GetBucketLoggingAsync(new GetBucketLoggingRequest { BucketName = bucket }, ct);
        return new JsonObject
        {
            ["targetBucket"] = answer.BucketLoggingConfig?.TargetBucketName,
            ["targetPrefix"] = answer.BucketLoggingConfig?.TargetPrefix,
        };
    }
}
