using System.IO.Compression;
using System.Text.Json.Nodes;
using Mlops.Local.Git;
using Mlops.Local.Tests.Git;
using static Mlops.Local.Tests.CodePipelines.Definitions;

namespace Mlops.Local.Tests.CodePipelines;

/// <summary>Pipelines whose source is a repository, and what starts them.</summary>
public sealed class GitSourceTests
{
    private const string Repository = "me/models";
    private const string Connection = "arn:aws:codeconnections:us-east-1:123456789012:connection/0";

    /// <summary>Longer than the watch takes to look again.</summary>
    private static readonly TimeSpan AWhile = TimeSpan.FromMilliseconds(800);

    private Work work = null!;
    private Bench bench = null!;

    [SetUp]
    public async Task Start()
    {
        work = await Work.BeginAsync();
        bench = await Bench.StartAsync(
            repositories: new Dictionary<string, GitRepository>
            {
                [Repository] = work.Repository,
                ["models"] = work.Repository,
            }
        );
        bench.Functions.On("apply", job => bench.SucceedAsync(job));
    }

    [TearDown]
    public async Task End()
    {
        await bench.DisposeAsync();
        work.Dispose();
    }

    [Test]
    public async Task A_connection_gives_the_commit_as_a_zip_without_history_and_its_variables()
    {
        var commit = await work.PushAsync("mlops-config.json", "[1]", "Why\n\nso");

        await bench.EndAsync(await bench.CreateAsync(Definition(FromConnection())));

        var job = bench.Functions.Jobs.Single()["data"]!;
        var place = job["inputArtifacts"]![0]!["location"]!["s3Location"]!;
        using var artifact = await bench.S3.GetObjectAsync($"{place["bucketName"]}", $"{place["objectKey"]}");
        using var bytes = new MemoryStream();
        await artifact.ResponseStream.CopyToAsync(bytes);
        using var zip = new ZipArchive(bytes);
        Assert.That(zip.Entries.Select(entry => entry.FullName), Is.EqualTo(["mlops-config.json"]));
        Assert.That(
            job["actionConfiguration"]!["configuration"]!["UserParameters"]!.ToString(),
            Is.EqualTo($"{commit} main Why\n\nso {Repository} {Connection}")
        );
        var revision = (await bench.ExecutionsAsync())[0]["sourceRevisions"]![0]!;
        Assert.That($"{revision["revisionId"]}", Is.EqualTo(commit));
        Assert.That($"{revision["revisionSummary"]}", Is.EqualTo("Why\n\nso"));
    }

    [Test]
    public async Task CodeCommit_has_variables_of_its_own()
    {
        var source = Source(
            "CodeCommit",
            new()
            {
                ["RepositoryName"] = "models",
                ["BranchName"] = "main",
                ["PollForSourceChanges"] = "false",
            }
        );
        var definition = Definition(source, "#{Source.RepositoryName} #{Source.CommitId}");

        await bench.EndAsync(await bench.CreateAsync(definition));
        var next = await work.PushAsync("README.md", "any file");
        await StartedAsync(2);
        await bench.EndAsync($"{(await bench.ExecutionsAsync())[0]["pipelineExecutionId"]}");

        Assert.That(
            bench.Functions.Jobs.Last()["data"]!["actionConfiguration"]!["configuration"]![
                "UserParameters"
            ]!.ToString(),
            Is.EqualTo($"models {next}")
        );
        var trigger = (await bench.ExecutionsAsync())[0]["trigger"]!;
        Assert.That($"{trigger["triggerType"]}", Is.EqualTo("CloudWatchEvent"));
    }

    [Test]
    public async Task A_branch_that_is_not_there_fails_the_source_and_says_which()
    {
        var source = FromConnection();
        source["configuration"]!["BranchName"] = "release";

        var status = await bench.EndAsync(await bench.CreateAsync(Definition(source)));

        Assert.That(status, Is.EqualTo("Failed"));
        Assert.That(
            $"{(await bench.ActionAsync("Source", "Source"))["latestExecution"]!["errorDetails"]!["message"]}",
            Is.EqualTo($"The repository '{Repository}' has no branch 'release'")
        );
    }

    [Test]
    public async Task A_push_starts_a_pipeline_once_with_its_newest_commit()
    {
        await bench.EndAsync(await bench.CreateAsync(Definition(FromConnection())));

        await work.PushAsync("mlops-config.json", "1");
        await StartedAsync(2);
        await work.InAsync("commit", "--quiet", "--allow-empty", "--message", "on the way");
        var newest = await work.PushAsync("mlops-config.json", "2");
        await StartedAsync(3);
        await Task.Delay(AWhile);

        var executions = await bench.ExecutionsAsync();
        Assert.That(executions, Has.Count.EqualTo(3));
        Assert.That($"{executions[0]["sourceRevisions"]![0]!["revisionId"]}", Is.EqualTo(newest));
        Assert.That($"{executions[0]["trigger"]!["triggerType"]}", Is.EqualTo("WebhookV2"));
    }

    [Test]
    public async Task A_push_right_after_the_creation_is_not_overlooked()
    {
        await bench.CreateAsync(Definition(FromConnection()));
        await Bench.UntilAsync(async () =>
            (await bench.ExecutionsAsync())[0]["sourceRevisions"]!.AsArray() is { Count: 1 }
        );

        var commit = await work.PushAsync("mlops-config.json", "1");
        await StartedAsync(2);
        await bench.EndAsync($"{(await bench.ExecutionsAsync())[0]["pipelineExecutionId"]}");

        Assert.That($"{(await bench.ExecutionsAsync())[0]["sourceRevisions"]![0]!["revisionId"]}", Is.EqualTo(commit));
    }

    [TestCase("other.json", 1, Description = "the trigger names another file")]
    [TestCase("config/deep/b.json", 1, Description = "one star is one folder")]
    [TestCase("config/skipped.json", 1, Description = "what is excluded starts nothing")]
    [TestCase("config/a.json", 2)]
    [TestCase("all/deep/down/c.json", 2, Description = "two stars cross folders")]
    public async Task A_trigger_starts_a_pipeline_for_the_files_that_it_names(string file, int executions)
    {
        var definition = Definition(FromConnection());
        definition["triggers"]![0]!["gitConfiguration"]!["push"]![0]!["filePaths"] = new JsonObject
        {
            ["includes"] = new JsonArray("config/*.json", "all/**"),
            ["excludes"] = new JsonArray("config/skipped.json"),
        };
        await bench.EndAsync(await bench.CreateAsync(definition));

        await work.PushAsync(file, "{}");
        await (executions == 1 ? Task.Delay(AWhile) : StartedAsync(executions));

        Assert.That(await bench.ExecutionsAsync(), Has.Count.EqualTo(executions));
    }

    [Test]
    public async Task Another_branch_starts_nothing()
    {
        await bench.EndAsync(await bench.CreateAsync(Definition(FromConnection())));
        await work.InAsync("commit", "--quiet", "--allow-empty", "--message", "elsewhere");

        await work.PushAsync("release");
        await Task.Delay(AWhile);

        Assert.That(await bench.ExecutionsAsync(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_force_push_that_leaves_nothing_of_what_was_there_starts_the_pipeline()
    {
        await work.PushAsync("mlops-config.json", "1");
        await bench.EndAsync(await bench.CreateAsync(Definition(FromConnection())));

        await work.InAsync("checkout", "--quiet", "--orphan", "anew");
        var commit = await work.PushAsync("mlops-config.json", "2");
        await work.GitAsync("--git-dir", work.Repository.Path, "gc", "--quiet", "--prune=now");
        await StartedAsync(2);
        await bench.EndAsync($"{(await bench.ExecutionsAsync())[0]["pipelineExecutionId"]}");

        Assert.That($"{(await bench.ExecutionsAsync())[0]["sourceRevisions"]![0]!["revisionId"]}", Is.EqualTo(commit));
    }

    [Test]
    public async Task A_trigger_of_an_action_that_is_no_connection_is_refused()
    {
        var definition = Definition(FromConnection());
        definition["triggers"]![0]!["gitConfiguration"]!["sourceActionName"] = "Apply";

        var answer = await bench.Api.SendAsync("CreatePipeline", new JsonObject { ["pipeline"] = definition });

        Assert.That(answer.Error, Is.EqualTo("InvalidStructureException"));
        Assert.That(answer.Message, Does.Contain("'Apply'"));
    }

    private Task StartedAsync(int executions) =>
        Bench.UntilAsync(async () => (await bench.ExecutionsAsync()).Count >= executions);

    private JsonObject Definition(
        JsonObject source,
        string parameters =
            "#{Source.CommitId} #{Source.BranchName} #{Source.CommitMessage} #{Source.FullRepositoryName} #{Source.ConnectionArn}"
    )
    {
        var definition = Of(bench, ("Apply", [Lambda("Apply", 1, "apply", parameters)]));
        definition["stages"]![0]!["actions"] = new JsonArray(source.In("Source"));
        if ($"{source["actionTypeId"]!["provider"]}" == "CodeStarSourceConnection")
        {
            definition["triggers"] = new JsonArray(
                new JsonObject
                {
                    ["providerType"] = "CodeStarSourceConnection",
                    ["gitConfiguration"] = new JsonObject
                    {
                        ["sourceActionName"] = "Source",
                        ["push"] = new JsonArray(
                            new JsonObject
                            {
                                ["branches"] = new JsonObject { ["includes"] = new JsonArray("main") },
                                ["filePaths"] = new JsonObject { ["includes"] = new JsonArray("mlops-config.json") },
                            }
                        ),
                    },
                }
            );
        }

        return definition;
    }

    private static JsonObject FromConnection() =>
        Source(
            "CodeStarSourceConnection",
            new()
            {
                ["ConnectionArn"] = Connection,
                ["FullRepositoryId"] = Repository,
                ["BranchName"] = "main",
                ["DetectChanges"] = "false",
            }
        );

    private static JsonObject Source(string provider, JsonObject configuration)
    {
        var source = Action("Source", $"Source/{provider}", 1, configuration);
        source["outputArtifacts"] = new JsonArray(new JsonObject { ["name"] = "Package" });
        return source;
    }
}
