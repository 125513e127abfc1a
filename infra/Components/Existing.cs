namespace Mlops.Infra.Components;

/// <summary>What the user has already, and wants used.</summary>
/// <param name="Assets">The assets bucket; null: one is made.</param>
/// <param name="Repository">The repository of custom algorithm images; null: one is made.</param>
/// <param name="ConfigKeyArn">ARN of the key of the bucket of config files; null where it has none of the user's, or there is no bucket.</param>
internal sealed record Existing(AssetsBucket? Assets, ExistingRepository? Repository, string? ConfigKeyArn)
{
    /// <summary>Before anything is declared, so that a refusal is all that happens.</summary>
    public static Existing Find(StackSettings settings, OrchestratorAccount account)
    {
        var configKey = settings is { ConfigSource: ConfigSourceKind.Bucket, ConfigBucket: { } config }
            ? ExistingConfigBucket.Check(config, account)
            : null;
        return new(
            settings.ExistingAssetsBucket is { } bucket ? ExistingBucket.Find(bucket, account) : null,
            settings.ExistingEcrRepository is { } repository ? ExistingRepository.Find(repository, account) : null,
            configKey
        );
    }
}
