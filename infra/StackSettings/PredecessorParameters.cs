namespace Mlops.Infra;

/// <summary>
/// The parameters of AWS's MLOps Workload Orchestrator, under which somebody who comes from there may set things. They
/// are understood, not taken: a setting has one name.
/// </summary>
internal static class PredecessorParameters
{
    private const string SeveralAccounts =
        "target accounts are mlops:targets here, and several accounts come with a later release";

    /// <summary>What goes by another name here.</summary>
    private static readonly (string Old, string Key, bool IsFlag)[] Renamed =
    [
        ("NotificationEmail", StackSettingKeys.NotificationEmail, false),
        ("ConfigS3Bucket", StackSettingKeys.ConfigBucket, false),
        ("ExistingS3Bucket", StackSettingKeys.ExistingAssetsBucket, false),
        ("ExistingECRRepo", StackSettingKeys.ExistingEcrRepository, false),
        ("UseModelRegistry", StackSettingKeys.UseModelRegistry, true),
        ("CreateModelRegistry", StackSettingKeys.CreateModelRegistry, true),
        ("AllowDetailedErrorMessage", StackSettingKeys.DetailedErrors, true),
        ("manageApiGatewayLogging", StackSettingKeys.ManageApiGatewayAccount, true),
    ];

    /// <summary>What has no counterpart, and why.</summary>
    private static readonly (string Old, string Why)[] Gone =
    [
        ("CodeCommitRepoAddress", "a Git repository as the source of requests comes with a later release"),
        ("DelegatedAdminAccount", SeveralAccounts),
        ("DevAccountId", SeveralAccounts),
        ("DevOrgId", SeveralAccounts),
        ("StagingAccountId", SeveralAccounts),
        ("StagingOrgId", SeveralAccounts),
        ("ProdAccountId", SeveralAccounts),
        ("ProdOrgId", SeveralAccounts),
        ("SendAnonymizedData", "usage metrics are not collected here, so there is nothing to switch off"),
    ];

    /// <summary>Their names, each with what it is called here; null: nothing.</summary>
    public static IEnumerable<(string Old, string? Key)> All =>
        Renamed.Select(name => (name.Old, (string?)name.Key)).Concat(Gone.Select(name => (name.Old, (string?)null)));

    public static bool IsKnown(string key) => All.Any(name => StackSettingKeys.Namespace + name.Old == key);

    /// <summary>What a key is called here whose letters, not their case, are an old name; null where it is none.</summary>
    public static string? InAnyCase(string key) =>
        All.FirstOrDefault(name =>
            string.Equals(StackSettingKeys.Namespace + name.Old, key, StringComparison.OrdinalIgnoreCase)
        ).Key;

    /// <summary>Whether a setting is there under its old name.</summary>
    public static bool IsSet(string key, Func<string, string?> read) =>
        Renamed.Any(name => name.Key == key && read(StackSettingKeys.Namespace + name.Old) is not null);

    /// <summary>Tells of each that is set.</summary>
    public static void Check(StackSettingsReader reader)
    {
        foreach (var (old, key, isFlag) in Renamed)
        {
            if (reader.Raw(StackSettingKeys.Namespace + old) is { } value)
            {
                Tell(reader, old, key, isFlag ? Flag(value) ?? value : value.Trim());
            }
        }

        foreach (var (old, why) in Gone.Where(name => reader.Raw(StackSettingKeys.Namespace + name.Old) is not null))
        {
            var oldKey = StackSettingKeys.Namespace + old;
            reader.Problem(oldKey, why, SettingCommand.Remove(oldKey));
        }
    }

    /// <summary><c>true</c> or <c>false</c> for what says yes or no in another way; null where it says neither.</summary>
    public static string? Flag(string text) =>
        text.Trim().ToUpperInvariant() switch
        {
            "YES" or "Y" or "TRUE" or "ON" or "1" => "true",
            "NO" or "N" or "FALSE" or "OFF" or "0" => "false",
            _ => null,
        };

    private static void Tell(StackSettingsReader reader, string old, string key, string value)
    {
        var oldKey = StackSettingKeys.Namespace + old;
        var remove = SettingCommand.Remove(oldKey);
        reader.Problem(
            oldKey,
            $"`{old}` is `{key[StackSettingKeys.Namespace.Length..]}` here",
            value.Length == 0 || reader.Raw(key) is not null
                ? remove
                : SettingCommand.Then(SettingCommand.Set(key, value), remove)
        );
    }
}
