namespace Mlops.Infra.Components;

/// <summary>What the user has already, and wants used.</summary>
/// <param name="Assets">The assets bucket; null: one is made.</param>
/// <param name="Repository">The repository of custom algorithm images; null: one is made.</param>
internal sealed record Existing(AssetsBucket? Assets, ExistingRepository? Repository)
{
    /// <summary>Before anything is declared, so that a refusal is all that happens.</summary>
    public static Existing Find(StackSettings settings, OrchestratorAccount account)
    {
        if (settings is { ConfigSource: ConfigSourceKind.Bucket, ConfigBucket: { } config })
        {
            ExistingConfigBucket.Check(config, account);
        }

        return new(
            settings.ExistingAssetsBucket is { } bucket ? ExistingBucket.Find(bucket, account) : null,
            settings.ExistingEcrRepository is { } repository ? ExistingRepository.Find(repository, account) : null
        );
    }
}
