using System.Text.Json.Nodes;
using Amazon.S3;
using Amazon.S3.Model;

namespace Mlops.Local.Stacks.Buckets;

/// <summary>Lifecycle rules: expiry of objects, of old versions and of unfinished uploads, below a prefix.</summary>
internal static class BucketLifecycle
{
    public static Task PutAsync(
        IAmazonS3 s3,
        string bucket,
        JsonObject declared,
        CancellationToken cancellationToken
    ) =>
        s3.PutLifecycleConfigurationAsync(
            new PutLifecycleConfigurationRequest
            {
                BucketName = bucket,
                Configuration = new LifecycleConfiguration
                {
                    Rules = [.. declared["rules"]!.AsArray().Select(rule => Rule(rule!))],
                },
            },
            cancellationToken
        );

    public static async Task<JsonObject> ReadAsync(IAmazonS3 s3, string bucket, CancellationToken cancellationToken)
    {
        var request = new GetLifecycleConfigurationRequest { BucketName = bucket };
        var answer = await s3.GetLifecycleConfigurationAsync(request, cancellationToken);
        return new JsonObject { ["rules"] = new JsonArray([.. answer.Configuration.Rules.Select(Rule)]) };
    }

    private static LifecycleRule Rule(JsonNode rule)
    {
        var expiration = rule["expiration"];
        var noncurrent = rule["noncurrentVersionExpiration"];
        var unfinished = rule["abortIncompleteMultipartUpload"];
        return new LifecycleRule
        {
            Id = (string?)rule["id"],
            Status = (string?)rule["status"],
            Filter = new LifecycleFilter
            {
                LifecycleFilterPredicate = new LifecyclePrefixPredicate
                {
                    Prefix = (string?)rule["filter"]?["prefix"] ?? "",
                },
            },
            Expiration = expiration is null
                ? null
                : new LifecycleRuleExpiration
                {
                    Days = (int?)expiration["days"],
                    ExpiredObjectDeleteMarker = (bool?)expiration["expiredObjectDeleteMarker"],
                },
            NoncurrentVersionExpiration = noncurrent is null
                ? null
                : new LifecycleRuleNoncurrentVersionExpiration
                {
                    NoncurrentDays = (int?)noncurrent["noncurrentDays"],
                    NewerNoncurrentVersions = (int?)noncurrent["newerNoncurrentVersions"],
                },
            AbortIncompleteMultipartUpload = unfinished is null
                ? null
                : new LifecycleRuleAbortIncompleteMultipartUpload
                {
                    DaysAfterInitiation = (int?)unfinished["daysAfterInitiation"],
                },
        };
    }

    private static JsonObject Rule(LifecycleRule rule) =>
        new()
        {
            ["id"] = rule.Id,
            ["status"] = rule.Status?.Value,
            ["filter"] = new JsonObject
            {
                ["prefix"] = (rule.Filter?.LifecycleFilterPredicate as LifecyclePrefixPredicate)?.Prefix ?? "",
            },
            ["expiration"] = new JsonObject
            {
                ["days"] = rule.Expiration?.Days,
                ["expiredObjectDeleteMarker"] = rule.Expiration?.ExpiredObjectDeleteMarker,
            },
            ["noncurrentVersionExpiration"] = new JsonObject
            {
                ["noncurrentDays"] = rule.NoncurrentVersionExpiration?.NoncurrentDays,
                ["newerNoncurrentVersions"] = rule.NoncurrentVersionExpiration?.NewerNoncurrentVersions,
            },
            ["abortIncompleteMultipartUpload"] = new JsonObject
            {
                ["daysAfterInitiation"] = rule.AbortIncompleteMultipartUpload?.DaysAfterInitiation,
            },
        };
}
