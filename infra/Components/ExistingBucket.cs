using Pulumi;
using Pulumi.Aws.Kms;
using Pulumi.AwsNative.S3;

namespace Mlops.Infra.Components;

/// <summary>
/// A bucket of the user's as the assets bucket. It is looked at, never changed: its policy, encryption, lifecycle and logs
/// are the user's.
/// </summary>
internal static class ExistingBucket
{
    private const string Setting = StackSettingKeys.ExistingAssetsBucket;

    /// <summary>Looks the bucket up.</summary>
    /// <exception cref="RunException">It is not there, or of no use.</exception>
    public static AssetsBucket Find(string name, OrchestratorAccount account)
    {
        var bucket = Look(name, Setting, account);
        Check(bucket, name, account.Region);
        return new AssetsBucket(
            Output.Create(name),
            Output.Format($"arn:{account.Partition}:s3:::{name}"),
            Key(bucket, Setting, account) is { } key ? (Input<string>)key : null
        );
    }

    /// <summary>What AWS says of a bucket that a setting names.</summary>
    public static GetBucketResult Look(string name, string setting, OrchestratorAccount account) =>
        Lookup.Answer(
            setting,
            $"the bucket {name}",
            GetBucket.InvokeAsync(
                new GetBucketArgs { BucketName = name },
                new InvokeOptions { Provider = account.AwsNative }
            )
        );

    private static void Check(GetBucketResult bucket, string name, string region)
    {
        // bucket.s3.REGION.amazonaws.com; a bucket's own name may have dots.
        var home = bucket.RegionalDomainName?[name.Length..].Split('.').ElementAtOrDefault(2);
        if (home is not null && home != region)
        {
            throw Lookup.Refusal(
                Setting,
                $"{name} is in {home}, and everything else in {region}, where CodePipeline and SageMaker need it",
                SettingCommand.Remove(Setting)
            );
        }

        if (bucket.VersioningConfiguration?.Status != BucketVersioningConfigurationStatus.Enabled)
        {
            throw Lookup.Refusal(
                Setting,
                $"{name} keeps no versions, and CodePipeline takes packages only from a bucket that does",
                $"aws s3api put-bucket-versioning --bucket {name} --versioning-configuration Status=Enabled"
            );
        }
    }

    /// <summary>
    /// The key may be set by id, ARN or alias; a policy wants its ARN. AWS's own key needs no permission besides the
    /// bucket's.
    /// </summary>
    public static string? Key(GetBucketResult bucket, string setting, OrchestratorAccount account)
    {
        var rules = bucket.BucketEncryption?.ServerSideEncryptionConfiguration ?? [];
        var id = (rules.IsDefault ? [] : rules)
            .Select(rule => rule.ServerSideEncryptionByDefault?.KmsMasterKeyId)
            .FirstOrDefault(key => !string.IsNullOrEmpty(key));
        if (id is null)
        {
            return null;
        }

        var found = Lookup.Answer(
            setting,
            $"the bucket's key {id}",
            GetKey.InvokeAsync(new GetKeyArgs { KeyId = id }, new InvokeOptions { Provider = account.Aws })
        );
        return found.KeyManager == "AWS" ? null : found.Arn;
    }
}
