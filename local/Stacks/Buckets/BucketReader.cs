using System.Text.Json.Nodes;
using Amazon.S3;
using Amazon.S3.Model;

namespace Mlops.Local.Stacks.Buckets;

/// <summary>What a bucket has that somebody else made, in AWS Native's words.</summary>
internal static class BucketReader
{
    /// <exception cref="AmazonS3Exception">There is no such bucket.</exception>
    public static async Task<JsonObject> ReadAsync(IAmazonS3 s3, string bucket, CancellationToken cancellationToken)
    {
        var place = await s3.GetBucketLocationAsync(
            new GetBucketLocationRequest { BucketName = bucket },
            cancellationToken
        );
        var versioning = await s3.GetBucketVersioningAsync(
            new GetBucketVersioningRequest { BucketName = bucket },
            cancellationToken
        );

        // S3 writes its oldest region as nothing.
        var region = place.Location?.Value is { Length: > 0 } named ? named : "us-east-1";
        var found = new JsonObject
        {
            ["arn"] = $"arn:aws:s3:::{bucket}",
            ["regionalDomainName"] = $"{bucket}.s3.{region}.amazonaws.com",
            ["bucketEncryption"] = new JsonObject
            {
                ["serverSideEncryptionConfiguration"] = new JsonArray([
                    .. await RulesAsync(s3, bucket, cancellationToken),
                ]),
            },
        };
        if (versioning.VersioningConfig?.Status?.Value is { Length: > 0 } status && status != VersionStatus.Off)
        {
            found["versioningConfiguration"] = new JsonObject { ["status"] = status };
        }

        return found;
    }

    private static async Task<IEnumerable<JsonNode>> RulesAsync(
        IAmazonS3 s3,
        string bucket,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var answer = await s3.GetBucketEncryptionAsync(
                new GetBucketEncryptionRequest { BucketName = bucket },
                cancellationToken
            );
            return (answer.ServerSideEncryptionConfiguration?.ServerSideEncryptionRules ?? []).Select(Rule);
        }
        catch (AmazonS3Exception none) when (none.ErrorCode == "ServerSideEncryptionConfigurationNotFoundError")
        {
            return [];
        }
    }

    private static JsonObject Rule(ServerSideEncryptionRule rule)
    {
        var byDefault = rule.ServerSideEncryptionByDefault;
        var json = new JsonObject { ["sseAlgorithm"] = byDefault?.ServerSideEncryptionAlgorithm?.Value };
        if (!string.IsNullOrEmpty(byDefault?.ServerSideEncryptionKeyManagementServiceKeyId))
        {
            json["kmsMasterKeyId"] = byDefault.ServerSideEncryptionKeyManagementServiceKeyId;
        }

        return new JsonObject { ["serverSideEncryptionByDefault"] = json };
    }
}
