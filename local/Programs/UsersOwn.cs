using System.Net;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Mlops.Infra;
using Mlops.Local.Stacks.Wire;

namespace Mlops.Local.Programs;

/// <summary>
/// Settings say that some things are there already. A local AWS is empty, so they are made first, as the user would have
/// made them: by no program, without our tags.
/// </summary>
public sealed class UsersOwn(LocalAws aws, AwsAccount account)
{
    private readonly List<string> made = [];

    /// <summary>What was made, in a sentence; null where nothing was.</summary>
    public string? Sentence =>
        made.Count == 0 ? null : $"Made first, for the settings say that you have them: {string.Join(", ", made)}.";

    /// <summary>Makes what the settings name.</summary>
    /// <returns>The settings, with the ARN that the local web ACL has: nobody can choose its id.</returns>
    /// <exception cref="AwsCallException">The local AWS refused.</exception>
    public async Task<StackSettings> MakeAsync(StackSettings settings, CancellationToken cancellationToken)
    {
        if (settings.ExistingAssetsBucket is { } assets)
        {
            // CodePipeline takes packages from a versioned bucket only.
            await MakeBucketAsync(assets, isVersioned: true, assets == settings.ConfigBucket, cancellationToken);
        }

        if (settings.ConfigBucket is { } config && config != settings.ExistingAssetsBucket)
        {
            await MakeBucketAsync(config, isVersioned: false, tellsEventBridge: true, cancellationToken);
        }

        if (settings.ExistingEcrRepository is { } repository)
        {
            await MakeRepositoryAsync(repository, cancellationToken);
        }

        return settings.WafWebAclArn is { } webAcl
            ? settings with
            {
                WafWebAclArn = await MakeWebAclAsync(webAcl.Split('/')[^2], cancellationToken),
            }
            : settings;
    }

    private async Task MakeBucketAsync(
        string bucket,
        bool isVersioned,
        bool tellsEventBridge,
        CancellationToken cancellationToken
    )
    {
        using var s3 = new AmazonS3Client(
            new BasicAWSCredentials(account.AccessKeyId, account.SecretAccessKey),
            new AmazonS3Config
            {
                ServiceURL = aws.Endpoint.ToString(),
                AuthenticationRegion = account.Region,
                ForcePathStyle = true,
            }
        );
        if (await HasAsync(s3, bucket, cancellationToken))
        {
            return;
        }

        await s3.PutBucketAsync(new PutBucketRequest { BucketName = bucket }, cancellationToken);
        if (isVersioned)
        {
            await s3.PutBucketVersioningAsync(
                new PutBucketVersioningRequest
                {
                    BucketName = bucket,
                    VersioningConfig = new S3BucketVersioningConfig { Status = VersionStatus.Enabled },
                },
                cancellationToken
            );
        }

        if (tellsEventBridge)
        {
            await s3.PutBucketNotificationAsync(
                new PutBucketNotificationRequest
                {
                    BucketName = bucket,
                    EventBridgeConfiguration = new EventBridgeConfiguration(),
                },
                cancellationToken
            );
        }

        made.Add($"bucket {bucket}");
    }

    private static async Task<bool> HasAsync(AmazonS3Client s3, string bucket, CancellationToken cancellationToken)
    {
        try
        {
            await s3.HeadBucketAsync(new HeadBucketRequest { BucketName = bucket }, cancellationToken);
            return true;
        }
        catch (AmazonS3Exception none) when (none.StatusCode is HttpStatusCode.NotFound)
        {
            return false;
        }
    }

    private async Task MakeRepositoryAsync(string repository, CancellationToken cancellationToken)
    {
        try
        {
            await aws.JsonAsync(
                account,
                "ecr",
                "AmazonEC2ContainerRegistry_V20150921.CreateRepository",
                new JsonObject { ["repositoryName"] = repository },
                cancellationToken
            );
            made.Add($"repository {repository}");
        }
        catch (AwsCallException there) when (there.Code == "RepositoryAlreadyExistsException")
        {
            // A local AWS that runs on (AWS_ENDPOINT_URL) has it from before.
        }
    }

    private async Task<string> MakeWebAclAsync(string name, CancellationToken cancellationToken)
    {
        var there = await aws.JsonAsync(
            account,
            "wafv2",
            "AWSWAF_20190729.ListWebACLs",
            new JsonObject { ["Scope"] = "REGIONAL" },
            cancellationToken
        );
        if (there["WebACLs"]?.AsArray().FirstOrDefault(acl => (string?)acl!["Name"] == name) is { } found)
        {
            return (string)found["ARN"]!;
        }

        var answer = await aws.JsonAsync(
            account,
            "wafv2",
            "AWSWAF_20190729.CreateWebACL",
            new JsonObject
            {
                ["Name"] = name,
                ["Scope"] = "REGIONAL",
                ["DefaultAction"] = new JsonObject { ["Allow"] = new JsonObject() },
                ["VisibilityConfig"] = new JsonObject
                {
                    ["SampledRequestsEnabled"] = false,
                    ["CloudWatchMetricsEnabled"] = false,
                    ["MetricName"] = name,
                },
            },
            cancellationToken
        );
        made.Add($"web ACL {name}");
        return (string)answer["Summary"]!["ARN"]!;
    }
}
