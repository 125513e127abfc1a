using System.Collections.ObjectModel;
using Mlops.Provisioning;
using Mlops.Provisioning.Configs;

namespace Mlops.Infra;

/// <summary>Which Lambda package is built.</summary>
public enum LambdaPackageKind
{
    /// <summary>NativeAOT where this machine can build it for Amazon Linux 2023, else managed.</summary>
    Auto,

    /// <summary>NativeAOT for <c>provided.al2023</c>, or an error that says why not.</summary>
    Aot,

    /// <summary>Framework-dependent, for Lambda's managed <c>dotnet10</c> runtime.</summary>
    Managed,
}

/// <summary>Everything a stack's configuration decides, read once.</summary>
public sealed record StackSettings
{
    /// <summary>Which accounts pipelines are deployed to (<c>mlops:accountMode</c>, required).</summary>
    public required AccountMode AccountMode { get; init; }

    /// <summary>
    /// The accounts that pipelines are delivered to, in that order (<c>mlops:targets</c>): one to ten in multi-account mode,
    /// none in single-account mode, where the orchestrator account is the only one.
    /// </summary>
    public IReadOnlyList<TargetSettings> Targets { get; init; } = [];

    /// <summary>
    /// Whether somebody's approval of their own request is refused (<c>mlops:preventSelfApproval</c>, default false).
    /// </summary>
    public bool PreventSelfApproval { get; init; }

    /// <summary>
    /// Whether the orchestrator account is a delegated administrator of AWS Organizations
    /// (<c>mlops:delegatedAdminAccount</c>, default false). Kept for a delivery by StackSets; nothing else asks for it.
    /// </summary>
    public bool DelegatedAdminAccount { get; init; }

    /// <summary>The region of everything (<c>aws:region</c>, required).</summary>
    public required string Region { get; init; }

    /// <summary>Who hears of every outcome; gets a mail to confirm first (<c>mlops:notificationEmail</c>, required).</summary>
    public required string NotificationEmail { get; init; }

    /// <summary>
    /// Who hears of everything besides the mailbox: a web address or a queue (<c>mlops:notificationSubscription</c>); null: nobody.
    /// </summary>
    public NotificationSubscription? NotificationSubscription { get; init; }

    /// <summary>
    /// Whether buckets, keys and the repository outlive the stack (<c>mlops:retainData</c>, default
    /// true). Otherwise <c>pulumi destroy</c> empties and removes them.
    /// </summary>
    public bool RetainData { get; init; } = true;

    /// <summary>Which Lambda package is built (<c>mlops:lambdaPackage</c>, default auto).</summary>
    public LambdaPackageKind LambdaPackage { get; init; } = LambdaPackageKind.Auto;

    /// <summary>
    /// The orchestrator account, the only one that the program's own credentials may belong to (<c>mlops:accountId</c>,
    /// required in multi-account mode, where a target may be that account itself); null: whichever they belong to.
    /// </summary>
    public string? AccountId { get; init; }

    /// <summary>
    /// Folders of blueprints besides ours, one blueprint each, relative to the project (<c>mlops:blueprintPaths</c>).
    /// </summary>
    public IReadOnlyList<string> BlueprintPaths { get; init; } = [];

    /// <summary>
    /// Where the config file comes from that names the pipelines (<c>mlops:configSource</c>, default none). The address to
    /// clone a repository of CodeCommit is a source, too.
    /// </summary>
    public ConfigSourceKind ConfigSource { get; init; }

    /// <summary>
    /// A bucket of the user's that the config file is put into (<c>mlops:configBucket</c>): of the same account and region,
    /// and with its events sent to EventBridge. Required with the source bucket.
    /// </summary>
    public string? ConfigBucket { get; init; }

    /// <summary>
    /// The repository that the config file is committed to (<c>mlops:configRepository</c>): its name in CodeCommit, or, by a
    /// connection, <c>owner/name</c>. Required with both.
    /// </summary>
    public string? ConfigRepository { get; init; }

    /// <summary>
    /// ARN of the connection to the repository (<c>mlops:configConnectionArn</c>), of the same region. Required with the
    /// source connection.
    /// </summary>
    public string? ConfigConnectionArn { get; init; }

    /// <summary>The branch that is followed (<c>mlops:configBranch</c>, default <c>main</c>); up to 255 characters.</summary>
    public string ConfigBranch { get; init; } = ConfigSourceReader.DefaultBranch;

    /// <summary>
    /// The config file (<c>mlops:configPath</c>, default <c>mlops-config.json</c>): in a repository from its root, up to 255
    /// characters; in a bucket the exact key.
    /// </summary>
    public string ConfigPath { get; init; } = ConfigFile.DefaultPath;

    /// <summary>
    /// A bucket of the user's for models, data and packages (<c>mlops:existingAssetsBucket</c>): of the same account and
    /// region, and versioned. Null: one is made.
    /// </summary>
    public string? ExistingAssetsBucket { get; init; }

    /// <summary>
    /// A repository of the user's for images of custom algorithms (<c>mlops:existingEcrRepository</c>), by its name: of
    /// the same account and region. Null: one is made.
    /// </summary>
    public string? ExistingEcrRepository { get; init; }

    /// <summary>Whether models come from the SageMaker Model Registry (<c>mlops:useModelRegistry</c>, default false).</summary>
    public bool UseModelRegistry { get; init; }

    /// <summary>Whether a model package group is made (<c>mlops:createModelRegistry</c>, default false).</summary>
    public bool CreateModelRegistry { get; init; }

    /// <summary>
    /// Whether an error answer has details and the values found (<c>mlops:detailedErrors</c>, default true).
    /// </summary>
    public bool DetailedErrors { get; init; } = true;

    /// <summary>
    /// Days that logs are kept (<c>mlops:logRetentionDays</c>, default 90); one of the numbers that CloudWatch Logs knows.
    /// </summary>
    public int LogRetentionDays { get; init; } = 90;

    /// <summary>
    /// How many requests the Orchestrator function answers at a time at most, kept free for it (<c>mlops:reservedConcurrency</c>,
    /// 1 or more); null: what the account has left.
    /// </summary>
    public int? ReservedConcurrency { get; init; }

    /// <summary>How many calls the API takes (<c>mlops:apiThrottle</c>).</summary>
    public ApiThrottle ApiThrottle { get; init; } = ApiThrottle.Default;

    /// <summary>
    /// Whether the program sets the role with which API Gateway writes logs (<c>mlops:manageApiGatewayAccount</c>,
    /// default true). It is one setting for all APIs of an account and region: set it to false where somebody else
    /// keeps it.
    /// </summary>
    public bool ManageApiGatewayAccount { get; init; } = true;

    /// <summary>ARN of a regional web ACL that stands before the API (<c>mlops:wafWebAclArn</c>); null: none.</summary>
    public string? WafWebAclArn { get; init; }

    /// <summary>
    /// ARN of the OpenID Connect provider whose jobs may ask what a config file would do (<c>mlops:planProviderArn</c>); null:
    /// no role is made for them.
    /// </summary>
    public string? PlanProviderArn { get; init; }

    /// <summary>Which of its jobs (<c>mlops:planSubject</c>): the <c>sub</c> of their tokens.</summary>
    public string? PlanSubject { get; init; }

    /// <summary>
    /// Tags of everything that the program makes (<c>mlops:tags</c>), besides its own; at most 49.
    /// </summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Reads the configuration of a stack.</summary>
    /// <param name="read">Gives the value of a key with its namespace (<c>mlops:accountMode</c>), or null.</param>
    /// <param name="keys">Every key that is set, where they are known: one that means nothing is a problem.</param>
    /// <exception cref="StackSettingsException">At least one setting is missing or wrong; the message names all.</exception>
    public static StackSettings Read(Func<string, string?> read, IEnumerable<string>? keys = null)
    {
        var reader = new StackSettingsReader(read);
        var mode = reader.AccountMode(StackSettingKeys.AccountMode);
        var region = reader.Region(StackSettingKeys.Region);
        var account = reader.AccountId(StackSettingKeys.AccountId, required: mode is Provisioning.AccountMode.Multi);
        var settings = new StackSettings
        {
            AccountMode = mode ?? default,
            Targets = TargetList.Read(reader, mode, account),
            PreventSelfApproval = reader.Flag(StackSettingKeys.PreventSelfApproval, otherwise: false),
            DelegatedAdminAccount = reader.Flag(StackSettingKeys.DelegatedAdminAccount, otherwise: false),
            Region = region,
            AccountId = account,
            NotificationEmail = reader.Email(StackSettingKeys.NotificationEmail),
            NotificationSubscription = NotificationSubscription.Read(reader, StackSettingKeys.NotificationSubscription),
            RetainData = reader.Flag(StackSettingKeys.RetainData, otherwise: true),
            LambdaPackage = reader.Choice(StackSettingKeys.LambdaPackage, otherwise: LambdaPackageKind.Auto),
            BlueprintPaths = FolderSettings.Read(reader, StackSettingKeys.BlueprintPaths),
            ExistingAssetsBucket = reader.Bucket(StackSettingKeys.ExistingAssetsBucket),
            ExistingEcrRepository = reader.Repository(StackSettingKeys.ExistingEcrRepository),
            UseModelRegistry = reader.Flag(StackSettingKeys.UseModelRegistry, otherwise: false),
            CreateModelRegistry = reader.Flag(StackSettingKeys.CreateModelRegistry, otherwise: false),
            DetailedErrors = reader.Flag(StackSettingKeys.DetailedErrors, otherwise: true),
            LogRetentionDays = reader.LogRetention(StackSettingKeys.LogRetentionDays, otherwise: 90),
            ReservedConcurrency = reader.Concurrency(StackSettingKeys.ReservedConcurrency),
            ApiThrottle = StructuredSettings.Throttle(reader, StackSettingKeys.ApiThrottle),
            ManageApiGatewayAccount = reader.Flag(StackSettingKeys.ManageApiGatewayAccount, otherwise: true),
            WafWebAclArn = WebAclSetting.Read(reader, StackSettingKeys.WafWebAclArn, region, account),
            PlanProviderArn = reader.Value(StackSettingKeys.PlanProviderArn),
            PlanSubject = reader.Value(StackSettingKeys.PlanSubject),
            Tags = StructuredSettings.Tags(reader, StackSettingKeys.Tags),
        };
        settings = ConfigSourceReader.Read(settings, reader);
        TargetTags.Check(reader, settings.Tags, settings.Targets);
        PlanAccess.Check(reader, settings);
        PredecessorParameters.Check(reader);
        UnknownSettings.Check(reader, keys ?? []);
        reader.ThrowIfAnyProblem();
        return settings;
    }
}
