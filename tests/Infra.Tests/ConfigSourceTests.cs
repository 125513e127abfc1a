using System.Text.Json.Nodes;
using Mlops.Infra.Tests.Declaring;
using Mlops.Provisioning;
using Mlops.Provisioning.CodePipelines;

namespace Mlops.Infra.Tests;

/// <summary>What the program makes so that a commit is enough.</summary>
[TestFixture, NonParallelizable] // The SDK documents its test mode as serial only.
public sealed class ConfigSourceTests
{
    private const string Flow = "mlops-dev-deployment-flow-role";
    private const string Connection =
        "arn:aws:codeconnections:us-east-1:123456789012:connection/11111111-2222-3333-4444-555555555555";

    internal static StackSettings ByConnection { get; } =
        Declared.Settings with
        {
            ConfigSource = ConfigSourceKind.Connection,
            ConfigRepository = "my-team/models",
            ConfigConnectionArn = Connection,
        };

    internal static StackSettings ByCodeCommit { get; } =
        Declared.Settings with
        {
            ConfigSource = ConfigSourceKind.CodeCommit,
            ConfigRepository = "models",
            ConfigBranch = "release",
            ConfigPath = "mlops/config.json",
        };

    internal static StackSettings ByBucket { get; } =
        Declared.Settings with
        {
            ConfigSource = ConfigSourceKind.Bucket,
            ConfigBucket = "my-configs",
        };

    [Test]
    public async Task Without_a_source_there_is_nothing_of_it_and_DeploymentFlow_may_not_provision()
    {
        var declared = await Declared.ByAsync(Declared.Settings);

        Assert.That(declared.Resources.Select(resource => resource.Type), Has.None.Contains("codepipeline"));
        Assert.That(Actions(declared, Flow), Has.None.EqualTo("codepipeline:CreatePipeline"));
        Assert.That(Environment(declared), Does.Not.ContainKey(DeploymentEnvironment.PipelineRoleArn));
    }

    [Test]
    public async Task By_a_connection_a_push_of_the_file_starts_the_pipeline_which_applies_it()
    {
        var declared = await Declared.ByAsync(ByConnection);
        var pipeline = declared.OfType("aws-native:codepipeline:Pipeline").Single().Json;

        Assert.That((string?)pipeline["name"], Is.EqualTo("mlops-dev-config"));
        Assert.That((string?)pipeline["pipelineType"], Is.EqualTo("V2"));
        Assert.That((string?)pipeline["executionMode"], Is.EqualTo("SUPERSEDED"));
        var source = pipeline["stages"]![0]!["actions"]![0]!;
        Assert.That((string?)source["actionTypeId"]!["provider"], Is.EqualTo("CodeStarSourceConnection"));
        Same(
            source["configuration"]!,
            $$"""{"ConnectionArn":"{{Connection}}","FullRepositoryId":"my-team/models","BranchName":"main","DetectChanges":"false","OutputArtifactFormat":"CODE_ZIP"}"""
        );
        Same(
            pipeline["triggers"]!,
            """[{"gitConfiguration":{"push":[{"branches":{"includes":["main"]},"filePaths":{"includes":["mlops-config.json"]}}],"sourceActionName":"Source"},"providerType":"CodeStarSourceConnection"}]"""
        );
        Assert.That(
            declared.Statements.Single(statement => (string?)statement.Json["Sid"] == "UseConnection").Resources,
            Is.EqualTo(
                (string[])
                    [
                        Connection,
                        Connection.Replace(":codeconnections:", ":codestar-connections:", StringComparison.Ordinal),
                    ]
            )
        );
    }

    [Test]
    public async Task The_commit_is_handed_to_DeploymentFlow()
    {
        var declared = await Declared.ByAsync(ByConnection);
        var pipeline = declared.OfType("aws-native:codepipeline:Pipeline").Single().Json;

        var apply = pipeline["stages"]![1]!["actions"]![0]!;
        Assert.That((string?)apply["configuration"]!["FunctionName"], Is.EqualTo("mlops-dev-deployment-flow"));
        Assert.That(
            DutyParameters.TryParse(
                (string?)apply["configuration"]!["UserParameters"],
                out var parameters,
                out var problem
            ),
            Is.True,
            problem
        );
        Assert.That(parameters!.Duty, Is.EqualTo(Duty.Apply));
        Assert.That(parameters.Source, Is.EqualTo("connection:my-team/models@main:mlops-config.json"));
        Assert.That(parameters.Revision, Is.EqualTo("#{Source.CommitId}"));
        Assert.That((string?)apply["inputArtifacts"]![0]!["name"], Is.EqualTo("Config"));
    }

    [Test]
    public void A_bucket_that_does_not_tell_EventBridge_is_refused_with_the_command_that_has_it_tell()
    {
        Assert.That(
            async () => await Declared.ByAsync(ByBucket, bucket: new ExistingBucketAnswer { EventBridge = false }),
            Throws
                .Exception.With.Message.Contains(
                    "mlops:configBucket: my-configs does not tell EventBridge of its objects"
                )
                .And.Message.Contains("The command replaces all notifications that the bucket has")
                .And.Message.Contains(
                    """Run: aws s3api put-bucket-notification-configuration --bucket my-configs --notification-configuration '{"EventBridgeConfiguration": {}}'"""
                )
        );
    }

    [Test]
    public void A_bucket_that_is_not_there_is_refused()
    {
        Assert.That(
            async () => await Declared.ByAsync(ByBucket with { ConfigBucket = "no-such" }),
            Throws.Exception.With.Message.Contains(
                "mlops:configBucket: the bucket no-such cannot be looked up: it is not there"
            )
        );
    }

    [Test]
    public async Task CodeCommit_tells_EventBridge_of_commits_to_the_branch()
    {
        var declared = await Declared.ByAsync(ByCodeCommit);
        var pipeline = declared.OfType("aws-native:codepipeline:Pipeline").Single().Json;
        var rule = declared
            .OfType("aws-native:events:Rule")
            .Single(rule => (string?)rule.Json["name"] == "mlops-dev-config-commits")
            .Json;

        Same(
            pipeline["stages"]![0]!["actions"]![0]!["configuration"]!,
            """{"RepositoryName":"models","BranchName":"release","PollForSourceChanges":"false","OutputArtifactFormat":"CODE_ZIP"}"""
        );
        Same(
            rule["eventPattern"]!,
            """{"source":["aws.codecommit"],"detail-type":["CodeCommit Repository State Change"],"resources":["arn:aws:codecommit:us-east-1:123456789012:models"],"detail":{"event":["referenceCreated","referenceUpdated"],"referenceType":["branch"],"referenceName":["release"]}}"""
        );
        Assert.That(
            (string?)rule["targets"]![0]!["arn"],
            Is.EqualTo("arn:aws:codepipeline:us-east-1:123456789012:mlops-dev-config")
        );
        Assert.That(
            declared.Statements.Single(statement => (string?)statement.Json["Sid"] == "ReadRepository").Resources,
            Is.EqualTo((string[])["arn:aws:codecommit:us-east-1:123456789012:models"])
        );
    }

    [Test]
    public async Task Of_a_bucket_exactly_the_file_is_heard_of_and_read()
    {
        var declared = await Declared.ByAsync(ByBucket);
        var rule = declared
            .OfType("aws-native:events:Rule")
            .Single(rule => (string?)rule.Json["name"] == "mlops-dev-config")
            .Json;

        Assert.That(declared.Resources.Select(resource => resource.Type), Has.None.Contains("codepipeline"));
        Same(
            rule["eventPattern"]!,
            """{"source":["aws.s3"],"detail-type":["Object Created"],"detail":{"bucket":{"name":["my-configs"]},"object":{"key":["mlops-config.json"]}}}"""
        );
        Assert.That(
            declared.Statements.Single(statement => (string?)statement.Json["Sid"] == "ReadConfig").Resources,
            Is.EqualTo((string[])["arn:aws:s3:::my-configs/mlops-config.json"])
        );
        Assert.That((string?)Environment(declared)[DeploymentEnvironment.ConfigBucket], Is.EqualTo("my-configs"));
        Assert.That((string?)Environment(declared)[DeploymentEnvironment.ConfigPath], Is.EqualTo("mlops-config.json"));
        Assert.That(Actions(declared, Flow), Has.Some.EqualTo("sns:Publish"), "nobody waits for an answer");
    }

    [TestCaseSource(nameof(Sources))]
    public async Task DeploymentFlow_may_then_provision_as_the_Orchestrator_does_and_nothing_else_of_what_that_may(
        StackSettings settings
    )
    {
        var declared = await Declared.ByAsync(settings);
        string[] ofBoth = ["policies/Packages", "policies/Pipelines"];

        Assert.That(
            declared
                .Statements.Where(of => of.Urn.EndsWith(Flow, StringComparison.Ordinal) && ofBoth.Contains(of.Property))
                .Select(of => of.Json.ToJsonString()),
            Is.EquivalentTo(
                declared
                    .Statements.Where(of =>
                        of.Urn.EndsWith("mlops-dev-orchestrator-role", StringComparison.Ordinal)
                        && ofBoth.Contains(of.Property)
                    )
                    .Select(of => of.Json.ToJsonString())
            )
        );
        Assert.That(
            Actions(declared, Flow)
                .Intersect([
                    "sagemaker:CreateModelCard",
                    "codepipeline:PutApprovalResult",
                    "codepipeline:RetryStageExecution",
                ]),
            Is.Empty
        );
        Assert.That(Environment(declared), Does.ContainKey(DeploymentEnvironment.PipelineRoleArn));
    }

    [TestCaseSource(nameof(Sources))]
    public async Task It_may_see_whether_a_job_is_still_asked_for_and_of_CodeCommit_who_committed(
        StackSettings settings
    )
    {
        var declared = await Declared.ByAsync(settings);
        var seen = declared
            .Statements.Where(of =>
                of.Urn.EndsWith(Flow, StringComparison.Ordinal) && of.Property == "policies/Commits"
            )
            .SelectMany(of => of.Actions.Select(action => $"{action} {string.Join(' ', of.Resources)}"));

        Assert.That(
            seen,
            Is.EqualTo(
                new[]
                {
                    "codepipeline:ListActionExecutions arn:aws:codepipeline:us-east-1:123456789012:mlops-dev-config",
                    "codecommit:GetCommit arn:aws:codecommit:us-east-1:123456789012:models",
                }.Take(
                    settings.ConfigSource switch
                    {
                        ConfigSourceKind.CodeCommit => 2,
                        ConfigSourceKind.Connection => 1,
                        _ => 0,
                    }
                )
            )
        );
    }

    [TestCase(null)]
    [TestCase("alias/the-users")]
    [TestCase("alias/aws/s3", Description = "AWS's own needs no permission")]
    public async Task A_file_in_a_bucket_with_a_key_can_be_read(string? key)
    {
        var declared = await Declared.ByAsync(ByBucket, bucket: new ExistingBucketAnswer { Key = key });

        var decrypt = declared
            .Statements.Where(of => of.Urn.EndsWith(Flow, StringComparison.Ordinal) && of.Property == "policies/Config")
            .Where(of => of.Actions.Contains("kms:Decrypt"))
            .SelectMany(of => of.Resources);

        Assert.That(
            decrypt,
            Is.EqualTo(key == "alias/the-users" ? ["arn:aws:kms:us-east-1:123456789012:key/the-users"] : (string[])[])
        );
    }

    /// <summary>The resource of a retry is the stage; that of all else is the pipeline.</summary>
    [Test]
    public async Task The_Orchestrator_sees_the_pipeline_of_commits_and_retries_its_stages()
    {
        const string pipeline = "arn:aws:codepipeline:us-east-1:123456789012:mlops-dev-config";
        var declared = await Declared.ByAsync(ByConnection);

        var allowed = declared
            .Statements.Where(of =>
                of.Urn.EndsWith("mlops-dev-orchestrator-role", StringComparison.Ordinal)
                && of.Resources.Any(resource => resource.StartsWith(pipeline, StringComparison.Ordinal))
            )
            .SelectMany(of => of.Actions.Select(action => (action, Resources: string.Join(' ', of.Resources))))
            .ToList();

        Assert.That(
            allowed.Where(one => one.Resources == pipeline).Select(one => one.action),
            Is.EqualTo(
                (string[])
                    [
                        "codepipeline:GetPipeline",
                        "codepipeline:GetPipelineExecution",
                        "codepipeline:GetPipelineState",
                        "codepipeline:ListTagsForResource",
                    ]
            )
        );
        Assert.That(
            allowed.Where(one => one.Resources != pipeline),
            Is.EqualTo([("codepipeline:RetryStageExecution", $"{pipeline} {pipeline}/Source {pipeline}/Apply")])
        );
    }

    /// <summary>A plan is of what a file would do that came from there.</summary>
    [Test]
    public async Task The_Orchestrator_knows_the_source_as_pipelines_of_it_are_tagged()
    {
        var besides = new GitSource("local/mlops-config", "main", "mlops-config.json") { ConnectionArn = Connection };
        var known = new List<string?>();
        foreach (var settings in (StackSettings[])[Declared.Settings, ByConnection, ByCodeCommit, ByBucket])
        {
            known.Add(Source(await Declared.ByAsync(settings)));
        }

        Assert.That(
            known,
            Is.EqualTo(
                (string?[])
                    [
                        null,
                        "connection:my-team/models@main:mlops-config.json",
                        "codecommit:models@release:mlops/config.json",
                        "s3:my-configs/mlops-config.json",
                    ]
            )
        );
        Assert.That(Source(await Declared.ByAsync(Declared.Settings, besides: besides)), Is.EqualTo(besides.Origin));
        Assert.That(
            Source(await Declared.ByAsync(ByBucket, besides: besides)),
            Is.EqualTo("s3:my-configs/mlops-config.json"),
            "the settings' own"
        );

        static string? Source(Declared declared) =>
            (string?)Environment(declared, "mlops-dev-orchestrator")[DeploymentEnvironment.ConfigSource];
    }

    private static void Same(JsonNode declared, string json) =>
        Assert.That(JsonNode.DeepEquals(declared, JsonNode.Parse(json)), Is.True, declared.ToJsonString());

    private static IEnumerable<StackSettings> Sources() => [ByConnection, ByCodeCommit, ByBucket];

    private static IEnumerable<string> Actions(Declared declared, string role) =>
        declared
            .Statements.Where(statement => statement.Urn.EndsWith(role, StringComparison.Ordinal))
            .SelectMany(statement => statement.Actions);

    private static JsonObject Environment(Declared declared, string function = "mlops-dev-deployment-flow") =>
        declared.OfType("aws:lambda/function:Function").Single(made => (string?)made.Json["name"] == function).Json[
            "environment"
        ]!["variables"]!.AsObject();
}
