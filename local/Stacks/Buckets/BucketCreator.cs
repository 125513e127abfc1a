using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Mlops.Local.Stacks.Wire;

namespace Mlops.Local.Stacks.Buckets;

/// <summary>S3 resources of Pulumi.Aws, by S3's own API: a bucket, and what is set on it by resources of their own.</summary>
internal sealed class BucketCreator(Uri endpoint, NotCarriedOutList notCarriedOut) : IDisposable
{
    private const string Module = "aws:s3/";
    private readonly ConcurrentDictionary<AwsAccount, AmazonS3Client> clients = new();

    public static bool Takes(string token) => token.StartsWith(Module, StringComparison.Ordinal);

    public async Task<CreatedResource> CreateAsync(
        string token,
        string name,
        JsonObject inputs,
        ProviderAccount provider,
        CancellationToken cancellationToken
    )
    {
        var type = token.Split(':')[^1];
        var s3 = clients.GetOrAdd(provider.Account, NewClient);
        var declared = inputs.DeepClone().AsObject();
        if (type == "Bucket")
        {
            return await CreateBucketAsync(s3, token, name, declared, provider, cancellationToken);
        }

        var setting =
            BucketSettings.ByType.GetValueOrDefault(type)
            ?? throw new NotSupportedException($"The local stack cannot create a {token}: add it to BucketSettings.");
        var bucket = (string)declared["bucket"]!;
        await setting.ApplyAsync(s3, bucket, declared, cancellationToken);
        var found = await setting.ReadAsync(s3, bucket, cancellationToken);
        found["bucket"] = bucket;
        Report(type, name, Without(declared, "region"), found);
        return new CreatedResource(token, name, bucket, declared, declared, provider.Account);
    }

    /// <summary>What a bucket has that is there already; nothing is created.</summary>
    public Task<JsonObject> ReadAsync(string bucket, AwsAccount account, CancellationToken cancellationToken) =>
        BucketReader.ReadAsync(clients.GetOrAdd(account, NewClient), bucket, cancellationToken);

    /// <summary>Whether a bucket that is there already tells EventBridge of its objects.</summary>
    public async Task<bool> TellsEventBridgeAsync(
        string bucket,
        AwsAccount account,
        CancellationToken cancellationToken
    ) =>
        (
            await clients
                .GetOrAdd(account, NewClient)
                .GetBucketNotificationAsync(new GetBucketNotificationRequest { BucketName = bucket }, cancellationToken)
        ).EventBridgeConfiguration
            is not null;

    public void Dispose()
    {
        foreach (var client in clients.Values)
        {
            client.Dispose();
        }
    }

    private async Task<CreatedResource> CreateBucketAsync(
        AmazonS3Client s3,
        string token,
        string name,
        JsonObject declared,
        ProviderAccount provider,
        CancellationToken cancellationToken
    )
    {
        var bucket = (string?)declared["bucket"] ?? AutoName.Make((string?)declared["bucketPrefix"] ?? name, limit: 63);
        declared["bucket"] = bucket;
        await s3.PutBucketAsync(
            new PutBucketRequest
            {
                BucketName = bucket,
                ObjectLockEnabledForBucket = (bool?)declared["objectLockEnabled"] ?? false,
            },
            cancellationToken
        );
        var tags = await TagAsync(s3, bucket, declared, provider, cancellationToken);
        if (tags.Count > 0)
        {
            declared["tags"] = tags;
        }

        var found = await ReadBucketAsync(s3, bucket, declared, cancellationToken);
        Report("Bucket", name, declared, found);
        return new CreatedResource(token, name, bucket, declared, State(bucket, declared, provider), provider.Account);
    }

    private static async Task<JsonObject> TagAsync(
        AmazonS3Client s3,
        string bucket,
        JsonObject declared,
        ProviderAccount provider,
        CancellationToken cancellationToken
    )
    {
        var tags = declared["tags"]?.DeepClone().AsObject() ?? [];
        foreach (var (key, value) in provider.DefaultTags)
        {
            tags[key] ??= value;
        }

        if (tags.Count > 0)
        {
            var set = tags.Select(tag => new Tag { Key = tag.Key, Value = (string?)tag.Value }).ToList();
            await s3.PutBucketTaggingAsync(
                new PutBucketTaggingRequest { BucketName = bucket, TagSet = set },
                cancellationToken
            );
        }

        return tags;
    }

    private static async Task<JsonObject> ReadBucketAsync(
        AmazonS3Client s3,
        string bucket,
        JsonObject declared,
        CancellationToken cancellationToken
    )
    {
        await s3.HeadBucketAsync(new HeadBucketRequest { BucketName = bucket }, cancellationToken);
        var found = new JsonObject { ["bucket"] = bucket };

        // These are about the engine's own doing (deletion, names, where the provider is), so no service has them.
        foreach (var property in new[] { "forceDestroy", "bucketPrefix", "region", "objectLockEnabled" })
        {
            found[property] = declared[property]?.DeepClone();
        }

        if (declared.ContainsKey("tags"))
        {
            var tagging = await s3.GetBucketTaggingAsync(
                new GetBucketTaggingRequest { BucketName = bucket },
                cancellationToken
            );
            found["tags"] = new JsonObject(
                tagging.TagSet.Select(tag => KeyValuePair.Create(tag.Key, (JsonNode?)JsonValue.Create(tag.Value)))
            );
        }

        return found;
    }

    private static JsonObject State(string bucket, JsonObject declared, ProviderAccount provider)
    {
        var state = declared.DeepClone().AsObject();
        state["arn"] = $"arn:aws:s3:::{bucket}";
        state["bucketDomainName"] = $"{bucket}.s3.amazonaws.com";
        state["bucketRegionalDomainName"] = $"{bucket}.s3.{provider.Account.Region}.amazonaws.com";
        state["region"] = provider.Account.Region;
        return state;
    }

    private void Report(string type, string name, JsonObject declared, JsonObject found)
    {
        foreach (var property in Comparison.Missing(declared, found))
        {
            notCarriedOut.Add(new NotCarriedOut($"aws.s3.{type}", property, name));
        }
    }

    private static JsonObject Without(JsonObject declared, string property)
    {
        var rest = declared.DeepClone().AsObject();
        rest.Remove(property);
        return rest;
    }

    private AmazonS3Client NewClient(AwsAccount account)
    {
        AWSCredentials credentials = account.SessionToken is null
            ? new BasicAWSCredentials(account.AccessKeyId, account.SecretAccessKey)
            : new SessionAWSCredentials(account.AccessKeyId, account.SecretAccessKey, account.SessionToken);
        return new AmazonS3Client(
            credentials,
            new AmazonS3Config
            {
                ServiceURL = endpoint.ToString(),
                AuthenticationRegion = account.Region,
                ForcePathStyle = true,
            }
        );
    }
}
