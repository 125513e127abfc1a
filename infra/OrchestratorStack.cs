using Mlops.Infra.Components;
using Mlops.Infra.Operations;
using Mlops.Infra.Policies;
using Mlops.Infra.Publishing;
using Mlops.Provisioning;
using Pulumi;

namespace Mlops.Infra;

/// <summary>
/// Everything that <c>pulumi up</c> makes, for one account or for several. Only a declaration: it reads no configuration, no file
/// and no environment.
/// </summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage(
    "Naming",
    "CA1711:Identifiers should not have incorrect suffix",
    Justification = "It is a stack of Pulumi's, and everybody calls such a class so."
)]
public sealed partial class OrchestratorStack : Stack
{
    /// <summary>Declares the stack.</summary>
    /// <param name="settings">What the user has chosen.</param>
    /// <param name="packages">The functions' code.</param>
    /// <param name="options">Of Pulumi.</param>
    /// <param name="besides">A repository of config files that is there besides what the settings say, as on one machine.</param>
    public OrchestratorStack(
        StackSettings settings,
        LambdaPackages packages,
        StackOptions? options = null,
        GitSource? besides = null
    )
        : base(options)
    {
        var git = GitSource.Of(settings) ?? besides;
        var isBucket = settings.ConfigSource is ConfigSourceKind.Bucket;
        var provisions = git is not null || isBucket;
        var prefix = DeploymentName.Of(Deployment.Instance.ProjectName, Deployment.Instance.StackName);
        var account = new OrchestratorAccount(prefix, settings);
        var existing = Existing.Find(settings, account);
        var targets = new TargetRoles(account, settings.Targets);
        var flowEvents = FlowEvents.Of(prefix, settings);
        var rules = TellingRules(prefix, targets, git, flowEvents);

        var keys = new EncryptionKeys(
            $"{prefix}-keys",
            new EncryptionKeysArgs
            {
                Account = account,
                HasAssets = existing.Assets is null || existing.Repository is null,
                Targets = targets,
                Retain = settings.RetainData,
            },
            account.Options
        );
        var storage = new Storage(
            $"{prefix}-storage",
            new StorageArgs
            {
                Account = account,
                Keys = keys,
                ExistingAssets = existing.Assets,
                Targets = targets,
                Retain = settings.RetainData,
            },
            account.Options
        );
        var repository = new ImageRepository(
            $"{prefix}-algorithms",
            new ImageRepositoryArgs
            {
                Existing = existing.Repository,
                KeyArn = keys.AssetsArn,
                Targets = targets,
                Retain = settings.RetainData,
            },
            account.Options
        );
        var registry = settings.CreateModelRegistry
            ? new ModelRegistry(
                $"{prefix}-registry",
                new ModelRegistryArgs
                {
                    Account = account,
                    Targets = targets,
                    Retain = settings.RetainData,
                },
                account.Options
            )
            : null;
        var topic = new NotificationTopic(
            DeploymentNames.NotificationTopic(prefix),
            new NotificationTopicArgs
            {
                Account = account,
                Email = settings.NotificationEmail,
                Also = settings.NotificationSubscription,
                KeyArn = keys.Operations.Arn,
            },
            account.Options
        );
        var deadLetters = new DeadLetters(
            DeploymentNames.DeadLetters(prefix),
            new DeadLettersArgs
            {
                Account = account,
                Key = keys.Operations,
                Rules = rules,
            },
            account.Options
        );
        _ = new PipelineNotifications(
            $"{prefix}-pipeline-events",
            new PipelineNotificationsArgs
            {
                Account = account,
                TopicArn = topic.Arn,
                DeadLetters = deadLetters,
            },
            account.Options
        );
        _ = new MonitorNotifications(
            $"{prefix}-monitor-events",
            new MonitorNotificationsArgs
            {
                Account = account,
                TopicArn = topic.Arn,
                DeadLetters = deadLetters,
            },
            account.Options
        );
        var targetEvents = targets.Any ? TellOfTargets(account, targets, topic, deadLetters) : null;
        var pipelineRole = new PipelineRole(
            $"{prefix}-pipelines",
            new PipelineRoleArgs
            {
                Account = account,
                Storage = storage,
                Keys = keys,
                Targets = targets,
                CloudFormationRoleArn = DeliveryRole(account, storage).Arn,
            },
            account.Options
        );

        var environment = new FunctionEnvironment(
            settings,
            account,
            storage,
            topic,
            // A bucket is the settings' own, and another repository only besides it.
            isBucket ? DeploymentTags.BucketOrigin(settings.ConfigBucket!, settings.ConfigPath) : git?.Origin
        );
        var flow = new DeploymentFlowFunction(
            $"{prefix}-flow",
            new DeploymentFlowFunctionArgs
            {
                Account = account,
                Package = packages.DeploymentFlow,
                LogRetentionDays = settings.LogRetentionDays,
                Environment = environment.OfDeploymentFlow(provisions, keys, pipelineRole, repository),
                Provisioning = provisions ? new ProvisioningPermissions(account, storage, pipelineRole.Arn) : null,
                ConfigObject = isBucket ? $"{settings.ConfigBucket}/{settings.ConfigPath}" : null,
                ConfigKeyArn = existing.ConfigKeyArn,
                Repository = git,
                Targets = targets,
                Keys = keys,
                Storage = storage,
                TopicArn = topic.Arn,
                DeadLetters = deadLetters,
            },
            account.Options
        );
        var orchestrator = new OrchestratorFunction(
            $"{prefix}-requests",
            new OrchestratorFunctionArgs
            {
                Account = account,
                Package = packages.Orchestrator,
                LogRetentionDays = settings.LogRetentionDays,
                ReservedConcurrency = settings.ReservedConcurrency,
                Environment = environment.OfProvisioning(keys, pipelineRole, repository),
                Storage = storage,
                Keys = keys,
                PipelineRoleArn = pipelineRole.Arn,
            },
            account.Options
        );

        foreach (var events in flowEvents)
        {
            _ = new FlowRule(
                events.Rule.Name,
                new FlowRuleArgs
                {
                    Events = events,
                    Flow = flow,
                    DeadLetters = deadLetters,
                },
                account.Options
            );
        }

        ConfigPipeline = git is null ? Nothing : Apply(git, account, storage, keys, flow, deadLetters);
        foreach (var target in settings.Targets.Where(target => target.SetupRoleArn is not null))
        {
            Deliver(target, settings, account, storage, keys, targetEvents!);
        }

        Watch(account, topic, rules);

        var api = Api(settings, account, orchestrator, keys);
        ApiUrl = api.Url;
        PlanRoleArn = PlanAccess.Of(settings) is { } access ? Ask(access, account, api) : Nothing;
        AssetsBucket = storage.Assets.Name;
        ArtifactBucket = storage.Artifacts.Name;
        NotificationsTopic = topic.Arn;
        EcrRepository = repository.Uri;
        AssetsBucketStatements =
            targets.Any && existing.Assets is { } bucket
                ? StatementsToAdd.To(
                    $"the bucket {settings.ExistingAssetsBucket}",
                    Storage.UseAssets(targets, bucket.Arn)
                )
                : Nothing;
        AssetsKeyStatement =
            targets.Any && existing.Assets?.KeyArn is not null
                ? StatementsToAdd.To(
                    $"the key of the bucket {settings.ExistingAssetsBucket}",
                    EncryptionKeys.UseAssets(targets)
                )
                : Nothing;
        EcrRepositoryStatement =
            targets.Any && existing.Repository is not null
                ? StatementsToAdd.To($"the repository {settings.ExistingEcrRepository}", ImageRepository.Pull(targets))
                : Nothing;
        ModelRegistryArn = registry?.Arn.Apply(arn => (string?)arn) ?? Nothing;
    }

    private static Output<string?> Nothing => Output.Create((string?)null);

    private static Output<string?> Ask(PlanAccess access, OrchestratorAccount account, ProvisioningApi api) =>
        new PlanRole(
            DeploymentNames.PlanRole(account.Prefix),
            new PlanRoleArgs
            {
                Account = account,
                Access = access,
                ApiId = api.Id,
            },
            account.Options
        ).Arn.Apply(made => (string?)made);

    private static Output<string?> Apply(
        GitSource source,
        OrchestratorAccount account,
        Storage storage,
        EncryptionKeys keys,
        DeploymentFlowFunction flow,
        DeadLetters deadLetters
    ) =>
        new ConfigPipeline(
            DeploymentNames.Config(account.Prefix),
            new ConfigPipelineArgs
            {
                Account = account,
                Source = source,
                Storage = storage,
                Keys = keys,
                Flow = flow,
                DeadLetters = deadLetters,
            },
            account.Options
        ).Name.Apply(made => (string?)made);

    private static void Deliver(
        TargetSettings target,
        StackSettings settings,
        OrchestratorAccount home,
        Storage storage,
        EncryptionKeys keys,
        TargetEvents events
    )
    {
        var account = new RemoteAccount(home, target, settings.Tags);
        _ = new TargetAccount(
            $"{home.Prefix}-{target.Name}",
            new TargetAccountArgs
            {
                Account = account,
                Home = home,
                Storage = storage,
                Keys = keys,
                EventBusArn = events.Arn,
                ManageApiGatewayAccount = settings.ManageApiGatewayAccount,
            },
            account.Options
        );
    }

    /// <summary>
    /// What the orchestrator account has to have to be delivered into: the only target, one of several, or for the types
    /// that never leave it.
    /// </summary>
    private static CloudFormationRole DeliveryRole(OrchestratorAccount account, Storage storage)
    {
        var boundary = new DeploymentBoundary(
            DeploymentNames.Boundary(account.Prefix),
            new DeploymentBoundaryArgs
            {
                Account = account,
                Home = account,
                Storage = storage,
            },
            account.Options
        );
        return new CloudFormationRole(
            DeploymentNames.CloudFormationRole(account.Prefix),
            new CloudFormationRoleArgs
            {
                Account = account,
                Home = account,
                BoundaryArn = boundary.Arn,
            },
            account.Options
        );
    }

    /// <summary>Monitors run where their endpoint is, and SageMaker tells that account only.</summary>
    private static TargetEvents TellOfTargets(
        OrchestratorAccount account,
        TargetRoles targets,
        NotificationTopic topic,
        DeadLetters deadLetters
    )
    {
        var events = new TargetEvents(
            $"{account.Prefix}-target-events",
            new TargetEventsArgs { Account = account, Targets = targets },
            account.Options
        );
        _ = new MonitorNotifications(
            $"{account.Prefix}-target-monitor-events",
            new MonitorNotificationsArgs
            {
                Account = account,
                TopicArn = topic.Arn,
                DeadLetters = deadLetters,
                Bus = events,
            },
            account.Options
        );
        return events;
    }

    private static void Watch(OrchestratorAccount account, NotificationTopic topic, IReadOnlyList<TellingRule> rules)
    {
        var parts = new WatchedParts(
            account.Prefix,
            account.Region,
            ApiName(account),
            ProvisioningApi.StageName,
            rules
        );
        var alarms = new Alarms(
            $"{account.Prefix}-alarms",
            new AlarmsArgs { Parts = parts, TopicArn = topic.Arn },
            account.Options
        );
        _ = new OperationsDashboard(
            $"{account.Prefix}-operations",
            new OperationsDashboardArgs { Parts = parts, Alarms = alarms },
            account.Options
        );
    }

    private static IReadOnlyList<TellingRule> TellingRules(
        string prefix,
        TargetRoles targets,
        GitSource? git,
        IReadOnlyList<FlowEvents> flowEvents
    ) =>
        [
            .. PipelineNotifications.Rules(prefix),
            .. MonitorNotifications.Rules(prefix, ofTargets: false),
            .. targets.Any ? MonitorNotifications.Rules(prefix, ofTargets: true) : [],
            .. flowEvents.Select(events => events.Rule),
            .. Components.ConfigPipeline.Rules(prefix, git),
        ];

    private static string ApiName(OrchestratorAccount account) => $"{account.Prefix}-api";

    private static ProvisioningApi Api(
        StackSettings settings,
        OrchestratorAccount account,
        OrchestratorFunction orchestrator,
        EncryptionKeys keys
    ) =>
        new(
            ApiName(account),
            new ProvisioningApiArgs
            {
                Account = account,
                Orchestrator = orchestrator,
                LogKeyArn = keys.Operations.Arn,
                LogRetentionDays = settings.LogRetentionDays,
                Throttle = settings.ApiThrottle,
                WebAclArn = settings.WafWebAclArn,
                Logging = settings.ManageApiGatewayAccount
                    ? new ApiGatewayLogging(
                        $"{account.Prefix}-api-logging",
                        new ApiGatewayLoggingArgs { Account = account },
                        account.Options
                    )
                    : null,
            },
            account.Options
        );
}
