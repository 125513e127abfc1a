namespace Mlops.Infra;

/// <summary>
/// The parameters of AWS's MLOps Workload Orchestrator, under which somebody who comes from there may set things. They
/// are understood, not taken: a setting has one name.
/// </summary>
internal static class PredecessorParameters
{
    /// <summary>Parts of targets, which have no fixed names here. The predecessor had three.</summary>
    private static readonly (string Old, string Path, string Name)[] OfTargets =
    [
        ("DevAccountId", "[0].accountId", "dev"),
        ("DevOrgId", "[0].organizationalUnitId", "dev"),
        ("StagingAccountId", "[1].accountId", "staging"),
        ("StagingOrgId", "[1].organizationalUnitId", "staging"),
        ("ProdAccountId", "[2].accountId", "prod"),
        ("ProdOrgId", "[2].organizationalUnitId", "prod"),
    ];

    /// <summary>What goes by another name here.</summary>
    private static readonly (string Old, string Key, bool IsFlag)[] Renamed =
    [
        ("NotificationEmail", StackSettingKeys.NotificationEmail, false),
        ("ConfigS3Bucket", StackSettingKeys.ConfigBucket, false),
        ("CodeCommitRepoAddress", StackSettingKeys.ConfigSource, false),
        ("ExistingS3Bucket", StackSettingKeys.ExistingAssetsBucket, false),
        ("ExistingECRRepo", StackSettingKeys.ExistingEcrRepository, false),
        ("UseModelRegistry", StackSettingKeys.UseModelRegistry, true),
        ("CreateModelRegistry", StackSettingKeys.CreateModelRegistry, true),
        ("DelegatedAdminAccount", StackSettingKeys.DelegatedAdminAccount, true),
        ("AllowDetailedErrorMessage", StackSettingKeys.DetailedErrors, true),
        ("manageApiGatewayLogging", StackSettingKeys.ManageApiGatewayAccount, true),
    ];

    /// <summary>What has no counterpart, and why.</summary>
    private static readonly (string Old, string Why)[] Gone =
    [
        ("SendAnonymizedData", "usage metrics are not collected here, so there is nothing to switch off"),
    ];

    /// <summary>Their names, each with what it is called here; null: nothing.</summary>
    public static IEnumerable<(string Old, string? Key)> All =>
        Renamed
            .Select(name => (name.Old, (string?)name.Key))
            .Concat(OfTargets.Select(name => (name.Old, (string?)StackSettingKeys.Targets)))
            .Concat(Gone.Select(name => (name.Old, (string?)null)));

    public static bool IsKnown(string key) => All.Any(name => StackSettingKeys.Namespace + name.Old == key);

    /// <summary>What a key is called here whose letters, not their case, are an old name; null where it is none.</summary>
    public static string? InAnyCase(string key) =>
        All.FirstOrDefault(name =>
            string.Equals(StackSettingKeys.Namespace + name.Old, key, StringComparison.OrdinalIgnoreCase)
        ).Key;

    /// <summary>Whether a setting is there under its old name.</summary>
    public static bool IsSet(string key, Func<string, string?> read) =>
        Renamed.Any(name => name.Key == key && read(StackSettingKeys.Namespace + name.Old) is not null);

    /// <summary>Whether any target is there under its old name.</summary>
    public static bool HasTargets(StackSettingsReader reader) =>
        Array.Exists(OfTargets, name => reader.Raw(StackSettingKeys.Namespace + name.Old) is not null);

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

        foreach (var (old, part, name) in OfTargets)
        {
            if (reader.Raw(StackSettingKeys.Namespace + old) is { } value)
            {
                TellOfTarget(reader, old, part, name, value.Trim());
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

    private static void TellOfTarget(StackSettingsReader reader, string old, string part, string name, string value)
    {
        var oldKey = StackSettingKeys.Namespace + old;
        var remove = SettingCommand.Remove(oldKey);
        var path = StackSettingKeys.Targets + part;
        var several = string.Equals(
            reader.Raw(StackSettingKeys.AccountMode)?.Trim(),
            nameof(Provisioning.AccountMode.Multi),
            StringComparison.OrdinalIgnoreCase
        );
        var isAccount = part.EndsWith(".accountId", StringComparison.Ordinal);
        var move = SettingCommand.Then(SettingCommand.SetPart(path, value), remove);
        reader.Problem(
            oldKey,
            $"`{old}` is `{path[StackSettingKeys.Namespace.Length..]}` here{(several ? "" : ", for accountMode multi")}",
            value.Length == 0 || reader.Raw(StackSettingKeys.Targets) is not null || !several ? remove
                : isAccount ? SettingCommand.Then(SettingCommand.SetPart(Path(path), name), move)
                : move
        );

        static string Path(string path) => path.Replace(".accountId", ".name", StringComparison.Ordinal);
    }

    private static void Tell(StackSettingsReader reader, string old, string key, string value)
    {
        var oldKey = StackSettingKeys.Namespace + old;
        var remove = SettingCommand.Remove(oldKey);
        reader.Problem(
            oldKey,
            $"`{old}` is `{key[StackSettingKeys.Namespace.Length..]}` here",
            value.Length == 0 || reader.Raw(key) is not null
                ? remove
                : SettingCommand.Then(Set(reader, key, value), remove)
        );
    }

    /// <summary>There a bucket was a source by itself; here a source is chosen.</summary>
    private static string Set(StackSettingsReader reader, string key, string value) =>
        key == StackSettingKeys.ConfigBucket && reader.Raw(StackSettingKeys.ConfigSource) is null
            ? SettingCommand.Then(
                SettingCommand.Set(StackSettingKeys.ConfigSource, "bucket"),
                SettingCommand.Set(key, value)
            )
            : SettingCommand.Set(key, value);
}
