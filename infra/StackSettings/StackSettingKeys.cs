namespace Mlops.Infra;

/// <summary>What the settings are called in a stack's configuration. Nothing else spells them.</summary>
internal static class StackSettingKeys
{
    public const string Namespace = "mlops:";

    public const string Region = "aws:region";

    public const string AccountId = Namespace + "accountId";
    public const string AccountMode = Namespace + "accountMode";
    public const string ApiThrottle = Namespace + "apiThrottle";
    public const string BlueprintPaths = Namespace + "blueprintPaths";
    public const string ConfigBranch = Namespace + "configBranch";
    public const string ConfigBucket = Namespace + "configBucket";
    public const string ConfigConnectionArn = Namespace + "configConnectionArn";
    public const string ConfigPath = Namespace + "configPath";
    public const string ConfigRepository = Namespace + "configRepository";
    public const string ConfigSource = Namespace + "configSource";
    public const string CreateModelRegistry = Namespace + "createModelRegistry";
    public const string DelegatedAdminAccount = Namespace + "delegatedAdminAccount";
    public const string DetailedErrors = Namespace + "detailedErrors";
    public const string ExistingAssetsBucket = Namespace + "existingAssetsBucket";
    public const string ExistingEcrRepository = Namespace + "existingEcrRepository";
    public const string LambdaPackage = Namespace + "lambdaPackage";
    public const string LogRetentionDays = Namespace + "logRetentionDays";
    public const string ManageApiGatewayAccount = Namespace + "manageApiGatewayAccount";
    public const string NotificationEmail = Namespace + "notificationEmail";
    public const string NotificationSubscription = Namespace + "notificationSubscription";
    public const string PlanProviderArn = Namespace + "planProviderArn";
    public const string PlanSubject = Namespace + "planSubject";
    public const string PreventSelfApproval = Namespace + "preventSelfApproval";
    public const string ReservedConcurrency = Namespace + "reservedConcurrency";
    public const string RetainData = Namespace + "retainData";
    public const string Tags = Namespace + "tags";
    public const string Targets = Namespace + "targets";
    public const string UseModelRegistry = Namespace + "useModelRegistry";
    public const string WafWebAclArn = Namespace + "wafWebAclArn";

    /// <summary>Every key in our namespace.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        AccountId,
        AccountMode,
        ApiThrottle,
        BlueprintPaths,
        ConfigBranch,
        ConfigBucket,
        ConfigConnectionArn,
        ConfigPath,
        ConfigRepository,
        ConfigSource,
        CreateModelRegistry,
        DelegatedAdminAccount,
        DetailedErrors,
        ExistingAssetsBucket,
        ExistingEcrRepository,
        LambdaPackage,
        LogRetentionDays,
        ManageApiGatewayAccount,
        NotificationEmail,
        NotificationSubscription,
        PlanProviderArn,
        PlanSubject,
        PreventSelfApproval,
        ReservedConcurrency,
        RetainData,
        Tags,
        Targets,
        UseModelRegistry,
        WafWebAclArn,
    ];
}
