using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Mlops.Local.Stacks.Buckets;
using Mlops.Local.Stacks.Natives;
using Mlops.Local.Stacks.Wire;

namespace Mlops.Local.Stacks;

/// <summary>What the providers' functions answer about things that the program did not make.</summary>
internal sealed class Lookups(LocalAws aws, BucketCreator buckets, NativeCreator natives)
{
    public const string Bucket = "aws-native:s3:getBucket";
    public const string Repository = "aws-native:ecr:getRepository";
    public const string BucketNotification = "aws:s3/getBucketNotification:getBucketNotification";
    public const string Key = "aws:kms/getKey:getKey";

    public async Task<ImmutableDictionary<string, object>> BucketAsync(
        string name,
        ProviderAccount provider,
        CancellationToken cancellationToken
    )
    {
        var found = await buckets.ReadAsync(name, provider.Account, cancellationToken);
        return PulumiValues.ToState(found);
    }

    public async Task<ImmutableDictionary<string, object>> BucketNotificationAsync(
        string name,
        ProviderAccount provider,
        CancellationToken cancellationToken
    ) =>
        PulumiValues.ToState(
            new JsonObject
            {
                ["bucket"] = name,
                ["eventbridge"] = await buckets.TellsEventBridgeAsync(name, provider.Account, cancellationToken),
            }
        );

    public async Task<ImmutableDictionary<string, object>> RepositoryAsync(
        string name,
        ProviderAccount provider,
        CancellationToken cancellationToken
    )
    {
        var found = await natives.ReadAsync("aws-native:ecr:Repository", name, name, provider, cancellationToken);
        return PulumiValues.ToState(found.State);
    }

    public async Task<ImmutableDictionary<string, object>> KeyAsync(
        string id,
        ProviderAccount provider,
        CancellationToken cancellationToken
    )
    {
        var answer = await aws.JsonAsync(
            provider.Account,
            "kms",
            "TrentService.DescribeKey",
            new JsonObject { ["KeyId"] = id },
            cancellationToken
        );
        var key = answer["KeyMetadata"]!;
        return PulumiValues.ToState(
            new JsonObject
            {
                ["arn"] = key["Arn"]?.DeepClone(),
                ["id"] = key["KeyId"]?.DeepClone(),
                ["keyManager"] = key["KeyManager"]?.DeepClone(),
            }
        );
    }
}
