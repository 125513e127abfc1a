using System.Text.Json;
using System.Text.Json.Nodes;
using Mlops.Infra.Operations;
using Mlops.Infra.Policies;
using Mlops.Provisioning;
using Pulumi;
using Pulumi.AwsNative.CodePipeline;
using Pulumi.AwsNative.CodePipeline.Inputs;
using Pulumi.AwsNative.Events;
using Pulumi.AwsNative.Events.Inputs;

namespace Mlops.Infra.Components;

/// <summary>What a caller may choose about the <see cref="ConfigPipeline"/>.</summary>
public sealed record ConfigPipelineArgs
{
    /// <summary>The account of the pipeline.</summary>
    public required OrchestratorAccount Account { get; init; }

    /// <summary>Where commits come from: a repository.</summary>
    public required GitSource Source { get; init; }

    /// <summary>Where artifacts go.</summary>
    public required Storage Storage { get; init; }

    /// <summary>The key of the artifacts.</summary>
    public required EncryptionKeys Keys { get; init; }

    /// <summary>What applies a commit.</summary>
    public required DeploymentFlowFunction Flow { get; init; }

    /// <summary>Keeps the events of commits that did not start it.</summary>
    public required DeadLetters DeadLetters { get; init; }
}

/// <summary>Provisions the pipelines that a committed file names, whenever it changes.</summary>
public sealed class ConfigPipeline : ComponentResource
{
    private const string Commit = "Config";
    private const string SourceName = "Source";
    private const string ApplyName = "Apply";

    /// <summary>Names of its stages, in order.</summary>
    internal static IReadOnlyList<string> Stages => [SourceName, ApplyName];

    /// <summary>Makes the pipeline, called as this component, and what starts it.</summary>
    public ConfigPipeline(string name, ConfigPipelineArgs args, ComponentResourceOptions? options = null)
        : base("mlops:pipelines:ConfigPipeline", name, options)
    {
        var isConnection = args.Source.ConnectionArn is not null;
        var role = Role(name, args);
        var pipeline = new Pipeline(
            $"{name}-pipeline",
            new PipelineArgs
            {
                Name = name,
                PipelineType = PipelineType.V2,
                // A commit that comes while another is applied waits, and a third one takes its place.
                ExecutionMode = PipelineExecutionMode.Superseded,
                // Another branch or path is another file, which no push tells of.
                RestartExecutionOnUpdate = true,
                RoleArn = role.Arn,
                ArtifactStore = new PipelineArtifactStoreArgs
                {
                    Type = PipelineArtifactStoreType.S3,
                    Location = args.Storage.Artifacts.Name,
                    EncryptionKey = new PipelineEncryptionKeyArgs { Id = args.Keys.Artifacts.Arn, Type = "KMS" },
                },
                Stages = { SourceStage(args.Source), ApplyStage(args) },
                Triggers = isConnection ? [Trigger(args.Source)] : [],
            },
            new CustomResourceOptions { Parent = this }
        );
        if (!isConnection)
        {
            StartOnCommits(name, args);
        }

        Name = pipeline.Name.Apply(made => made ?? name);
        RegisterOutputs();
    }

    /// <summary>Name of the pipeline.</summary>
    [Output("name")]
    public Output<string> Name { get; private set; }

    /// <summary>The rules, which the queue of dead letters has to know before there are any.</summary>
    internal static IReadOnlyList<TellingRule> Rules(string prefix, GitSource? source) =>
        source is { ConnectionArn: null } ? [OnCommits(DeploymentNames.Config(prefix))] : [];

    private static TellingRule OnCommits(string name) => new($"{name}-commits");

    private static Output<string> Arn(ConfigPipelineArgs args) =>
        args.Account.Arn("codepipeline", DeploymentNames.Config(args.Account.Prefix));

    private static Output<string> RepositoryArn(ConfigPipelineArgs args) =>
        args.Account.Arn("codecommit", args.Source.Repository);

    private static PipelineStageDeclarationArgs SourceStage(GitSource source)
    {
        var isConnection = source.ConnectionArn is not null;
        var configuration = isConnection
            ? new JsonObject
            {
                ["ConnectionArn"] = source.ConnectionArn,
                ["FullRepositoryId"] = source.Repository,
                ["BranchName"] = source.Branch,
                ["DetectChanges"] = "false",
                ["OutputArtifactFormat"] = "CODE_ZIP",
            }
            : new JsonObject
            {
                ["RepositoryName"] = source.Repository,
                ["BranchName"] = source.Branch,
                ["PollForSourceChanges"] = "false",
                ["OutputArtifactFormat"] = "CODE_ZIP",
            };
        return new PipelineStageDeclarationArgs
        {
            Name = SourceName,
            Actions =
            {
                new PipelineActionDeclarationArgs
                {
                    Name = SourceName,
                    Namespace = SourceName,
                    ActionTypeId = Type(
                        PipelineActionTypeIdCategory.Source,
                        isConnection ? "CodeStarSourceConnection" : "CodeCommit"
                    ),
                    Configuration = Value(configuration),
                    OutputArtifacts = { new PipelineOutputArtifactArgs { Name = Commit } },
                },
            },
        };
    }

    private static PipelineStageDeclarationArgs ApplyStage(ConfigPipelineArgs args) =>
        new()
        {
            Name = ApplyName,
            Actions =
            {
                new PipelineActionDeclarationArgs
                {
                    Name = ApplyName,
                    Namespace = ApplyName,
                    ActionTypeId = Type(PipelineActionTypeIdCategory.Invoke, "Lambda"),
                    Configuration = args.Flow.Name.Apply(function =>
                        (object)
                            JsonSerializer.SerializeToElement(
                                new JsonObject
                                {
                                    ["FunctionName"] = function,
                                    ["UserParameters"] = args.Source.UserParameters,
                                }
                            )
                    ),
                    InputArtifacts = { new PipelineInputArtifactArgs { Name = Commit } },
                },
            },
        };

    private static PipelineActionTypeIdArgs Type(PipelineActionTypeIdCategory category, string provider) =>
        new()
        {
            Category = category,
            Owner = "AWS",
            Provider = provider,
            Version = "1",
        };

    private static Input<object> Value(JsonObject json) => JsonSerializer.SerializeToElement(json);

    /// <summary>Only commits that touch the file: any other would apply what is applied.</summary>
    private static PipelineTriggerDeclarationArgs Trigger(GitSource source) =>
        new()
        {
            ProviderType = PipelineTriggerDeclarationProviderType.CodeStarSourceConnection,
            GitConfiguration = new PipelineGitConfigurationArgs
            {
                SourceActionName = SourceName,
                Push =
                {
                    new PipelineGitPushFilterArgs
                    {
                        Branches = new PipelineGitBranchFilterCriteriaArgs { Includes = { source.Branch } },
                        FilePaths = new PipelineGitFilePathFilterCriteriaArgs { Includes = { source.Path } },
                    },
                },
            },
        };

    private ServiceRole Role(string name, ConfigPipelineArgs args) =>
        new(
            name,
            new ServiceRoleArgs
            {
                Description = "What CodePipeline does to apply a committed config file",
                Service = "codepipeline.amazonaws.com",
                TrustedWhen =
                [
                    PolicyCondition.SourceAccount(args.Account),
                    new PolicyCondition("ArnLikeIfExists", "aws:SourceArn", Arn(args)),
                ],
                Policies = new Dictionary<string, IReadOnlyList<PolicyStatement>>
                {
                    ["Source"] = [See(args)],
                    ["Artifacts"] = PipelineRole.Artifacts(args.Storage, args.Keys),
                    ["Duties"] = PipelineRole.Duties(args.Account),
                },
            },
            new ComponentResourceOptions { Parent = this }
        );

    private const string Newer = ":codeconnections:";
    private const string Older = ":codestar-connections:";

    private static PolicyStatement See(ConfigPipelineArgs args) =>
        args.Source.ConnectionArn is not null
            ? new PolicyStatement
            {
                // Under the service's older name, too: which of the two is asked for depends on the connection's age.
                Sid = "UseConnection",
                Actions = ["codeconnections:UseConnection", "codestar-connections:UseConnection"],
                Resources =
                [
                    args.Source.ConnectionArn!.Replace(Older, Newer, StringComparison.Ordinal),
                    args.Source.ConnectionArn!.Replace(Newer, Older, StringComparison.Ordinal),
                ],
            }
            : new PolicyStatement
            {
                Sid = "ReadRepository",
                Actions =
                [
                    "codecommit:CancelUploadArchive",
                    "codecommit:GetBranch",
                    "codecommit:GetCommit",
                    "codecommit:GetRepository",
                    "codecommit:GetUploadArchiveStatus",
                    "codecommit:UploadArchive",
                ],
                Resources = [RepositoryArn(args)],
            };

    /// <summary>CodeCommit tells EventBridge of commits, not CodePipeline.</summary>
    private void StartOnCommits(string name, ConfigPipelineArgs args)
    {
        var rule = OnCommits(name).Name;
        var role = new ServiceRole(
            rule,
            new ServiceRoleArgs
            {
                Description = "Starts the pipeline that applies a committed config file",
                Service = "events.amazonaws.com",
                TrustedWhen =
                [
                    PolicyCondition.SourceAccount(args.Account),
                    new PolicyCondition("ArnEquals", "aws:SourceArn", args.Account.Arn("events", $"rule/{rule}")),
                ],
                Policies = new Dictionary<string, IReadOnlyList<PolicyStatement>>
                {
                    ["Start"] =
                    [
                        new()
                        {
                            Sid = "Start",
                            Actions = ["codepipeline:StartPipelineExecution"],
                            Resources = [Arn(args)],
                        },
                    ],
                },
            },
            new ComponentResourceOptions { Parent = this }
        );
        _ = new Rule(
            $"{rule}-rule",
            new RuleArgs
            {
                Name = rule,
                Description = $"Commits to {args.Source.Repository}, branch {args.Source.Branch}",
                State = RuleState.Enabled,
                EventPattern = RepositoryArn(args).Apply(repository => (object)Pattern(repository, args.Source.Branch)),
                Targets =
                {
                    new RuleTargetArgs
                    {
                        Id = "config",
                        Arn = Arn(args),
                        RoleArn = role.Arn,
                        DeadLetterConfig = new RuleDeadLetterConfigArgs { Arn = args.DeadLetters.Arn },
                    },
                },
            },
            new CustomResourceOptions { Parent = this }
        );
    }

    /// <summary>AWS CodePipeline, "CodeCommit source actions and EventBridge".</summary>
    private static JsonElement Pattern(string repository, string branch) =>
        JsonSerializer.SerializeToElement(
            new JsonObject
            {
                ["source"] = new JsonArray("aws.codecommit"),
                ["detail-type"] = new JsonArray("CodeCommit Repository State Change"),
                ["resources"] = new JsonArray(repository),
                ["detail"] = new JsonObject
                {
                    ["event"] = new JsonArray("referenceCreated", "referenceUpdated"),
                    ["referenceType"] = new JsonArray("branch"),
                    ["referenceName"] = new JsonArray(branch),
                },
            }
        );
}
