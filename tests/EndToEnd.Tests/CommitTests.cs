using System.Net;
using System.Text.Json.Nodes;

namespace Mlops.EndToEnd.Tests;

/// <summary>
/// A commit is enough: pipelines by <c>git push</c> to the repository that <c>./mlops local</c> prints, on one system with
/// the shipped binaries. The AWS CLI is the witness.
/// </summary>
[TestFixture]
public sealed partial class CommitTests
{
    private const string Origin = "connection:local/mlops-config@main:mlops-config.json";

    private LocalSystem _system = null!;
    private Mailbox _mailbox = null!;
    private ConfigClone _clone = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _system = await LocalSystem.StartAsync("--no-example");
        _mailbox = await Mailbox.SubscribeAsync(_system);
        _clone = await ConfigClone.MakeAsync(_system);
    }

    [OneTimeTearDown]
    public async Task EndAsync()
    {
        _clone?.Dispose();
        if (_system is not null)
        {
            await _system.DisposeAsync();
        }
    }

    [Test]
    public async Task A_push_makes_and_deploys_every_pipeline_of_the_file_and_each_says_where_it_came_from()
    {
        var commit = await _clone.PushAsync(ConfigClone.Config(Request("pushed"), Request("pushed-too")));

        var run = await _clone.RunAsync(commit);

        Assert.That(run, Is.EqualTo(new ConfigRun("Succeeded", Summary(made: 2, commit: commit))));
        var listed = await _system.AwsAsync("codepipeline", "list-pipelines");
        var names = listed["pipelines"]!.AsArray().Select(one => (string)one!["name"]!).ToList();
        foreach (var model in new[] { "pushed", "pushed-too" })
        {
            var pipeline = Pipeline(model);
            Assert.That(names, Does.Contain(pipeline));
            Assert.That(
                await _system.EndedAsync(pipeline),
                Is.EqualTo("Succeeded"),
                await _system.StateAsync(pipeline)
            );
            Assert.That(await _system.ExecutionsAsync(pipeline), Has.Count.EqualTo(1));
            var tags = await TagsAsync(pipeline);
            Assert.That(tags["mlops:origin"], Is.EqualTo(Origin));
            Assert.That(tags["mlops:revision"], Is.EqualTo(commit));
            Assert.That(tags["mlops:deployment"], Is.EqualTo("mlops-dev"));
        }

        var told = (await PipelinesAsync())[Pipeline("pushed")];
        Assert.That((string)told["origin"]!, Is.EqualTo(Origin));
        Assert.That((string)told["revision"]!, Is.EqualTo(commit));
        var list = await _system.MlopsAsync("list", "--output", "json");
        Assert.That(list.Code, Is.Zero, list.Errors);
        Assert.That(list.Output, Does.Contain(Pipeline("pushed")).And.Contain(Origin));
        Assert.That(list.Output, Does.Not.Contain(ConfigClone.Pipeline), "it is ours, not the user's");
        Assert.That(
            (await TagsAsync(ConfigClone.Pipeline))["mlops:deployment"],
            Is.EqualTo("mlops-dev"),
            "its tag is not what keeps it out"
        );
        var endpoints = await _system.AwsAsync("sagemaker", "list-endpoints");
        Assert.That(
            endpoints["Endpoints"]!.AsArray().Where(one => $"{one!["EndpointName"]}".Contains("pushed")),
            Has.Exactly(2).Items
        );
    }

    [Test]
    public async Task The_witness_sees_the_commit_go_through_the_config_pipeline()
    {
        var commit = await _clone.PushAsync(ConfigClone.Config(Request("witnessed")));
        await _clone.RunAsync(commit);

        var state = await _system.AwsAsync("codepipeline", "get-pipeline-state", "--name", ConfigClone.Pipeline);
        var execution = (await _system.ExecutionsAsync(ConfigClone.Pipeline))[0];

        Assert.That(
            state["stageStates"]!.AsArray().Select(one => $"{one!["stageName"]} {one["latestExecution"]!["status"]}"),
            Is.EqualTo(["Source Succeeded", "Apply Succeeded"])
        );
        Assert.That((string)execution["sourceRevisions"]![0]!["revisionId"]!, Is.EqualTo(commit));
        Assert.That(
            (string)execution["sourceRevisions"]![0]!["revisionSummary"]!,
            Is.EqualTo("What mlops-config.json says")
        );
        Assert.That((string)execution["trigger"]!["triggerType"]!, Is.EqualTo("WebhookV2"));
    }

    [Test]
    public async Task A_commit_that_only_touches_the_file_changes_and_starts_nothing()
    {
        var config = ConfigClone.Config(Request("touched"));
        await _clone.ApplyAsync(config);
        await _system.EndedAsync(Pipeline("touched"));
        var before = await SeenAsync();

        var run = await _clone.ApplyAsync(config + "\n\n");

        Assert.That(run.Said, Does.StartWith("0 made, 0 updated, 1 unchanged"));
        Assert.That(await SeenAsync(), Is.EqualTo(before));
        Assert.That(await _system.ExecutionsAsync(Pipeline("touched")), Has.Count.EqualTo(1));
        Assert.That(await _system.PackageVersionsAsync(Pipeline("touched")), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_changed_request_updates_its_pipeline_and_leaves_the_others()
    {
        await _clone.ApplyAsync(ConfigClone.Config(Request("larger"), Request("as-it-was")));
        await _system.EndedAsync(Pipeline("larger"));
        await _system.EndedAsync(Pipeline("as-it-was"));
        var larger = Request("larger");
        larger["inference_instance"] = "ml.m5.2xlarge";

        var run = await _clone.ApplyAsync(ConfigClone.Config(larger, Request("as-it-was")));

        Assert.That(run.Said, Does.StartWith("0 made, 1 updated, 1 unchanged"));
        Assert.That(await _system.EndedAsync(Pipeline("larger")), Is.EqualTo("Succeeded"));
        Assert.That(await _system.ExecutionsAsync(Pipeline("larger")), Has.Count.EqualTo(2));
        Assert.That(await _system.ExecutionsAsync(Pipeline("as-it-was")), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_file_that_is_one_request_is_applied_as_the_predecessors_was()
    {
        var run = await _clone.ApplyAsync(Request("alone").ToJsonString());

        Assert.That(run.Said, Does.StartWith("1 made, 0 updated, 0 unchanged"));
        Assert.That(await _system.EndedAsync(Pipeline("alone")), Is.EqualTo("Succeeded"));
    }

    [Test]
    public async Task The_same_request_by_API_and_by_commit_is_the_same_package_and_the_same_pipeline()
    {
        var pipeline = Pipeline("twin");
        using var answer = await _system.PostAsync("/provisionpipeline", Request("twin"));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        await _system.EndedAsync(pipeline);
        var byApi = await DefinitionAsync(pipeline);
        await _system.AwsAsync("codepipeline", "delete-pipeline", "--name", pipeline);
        await _system.AwsAsync("s3api", "delete-object", "--bucket", _system.AssetsBucket, "--key", byApi.Key);

        var run = await _clone.ApplyAsync(ConfigClone.Config(Request("twin")));

        Assert.That(run.Said, Does.StartWith("1 made"));
        Assert.That(await DefinitionAsync(pipeline), Is.EqualTo(byApi));
    }

    [Test]
    public async Task An_empty_commit_and_one_of_another_file_start_nothing()
    {
        await _clone.ApplyAsync(ConfigClone.Config(Request("quiet")));

        await _clone.GitAsync("commit", "--quiet", "--allow-empty", "--message", "nothing");
        var empty = await _clone.PushAsync();
        await Task.Delay(TimeSpan.FromSeconds(1));
        var other = await _clone.PushAsync("what this is", "README.md");
        await Task.Delay(TimeSpan.FromSeconds(1));
        await _clone.ApplyAsync(ConfigClone.Config(Request("quiet")) + "\n");

        Assert.That(await _clone.ExecutionAsync(empty), Is.Null);
        Assert.That(await _clone.ExecutionAsync(other), Is.Null);
    }

    [Test]
    public async Task A_force_push_is_applied_as_what_it_leaves()
    {
        await _clone.ApplyAsync(ConfigClone.Config(Request("rewritten")));
        await _clone.ApplyAsync(ConfigClone.Config(Request("rewritten"), Request("regretted")));
        var larger = Request("rewritten");
        larger["inference_instance"] = "ml.m5.4xlarge";

        await _clone.GitAsync("reset", "--quiet", "--hard", "HEAD~2");
        var run = await _clone.ApplyAsync(ConfigClone.Config(larger));

        Assert.That(run.Said, Does.StartWith("0 made, 1 updated, 0 unchanged"));
        Assert.That(await _system.EndedAsync(Pipeline("rewritten")), Is.EqualTo("Succeeded"));
        Assert.That((await PipelinesAsync()).Keys, Does.Contain(Pipeline("regretted")), "nothing is pruned unasked");
    }

    [Test]
    public async Task Of_three_pushes_in_a_row_the_first_ends_the_second_is_superseded_and_the_last_counts()
    {
        JsonObject[] requests = [.. Enumerable.Range(0, 8).Select(number => Request($"hasty-{number}"))];
        var first = await _clone.PushAsync(ConfigClone.Config([.. requests.Select(one => one.DeepClone())]));
        await AppliesAsync(first);
        requests[0]["inference_instance"] = "ml.m5.2xlarge";
        var second = await _clone.PushAsync(ConfigClone.Config([.. requests.Select(one => one.DeepClone())]));
        await WaitsAsync(second);
        requests[0]["inference_instance"] = "ml.m5.4xlarge";
        var third = await _clone.PushAsync(ConfigClone.Config([.. requests.Select(one => one.DeepClone())]));

        var last = await _clone.RunAsync(third);

        Assert.That((await _clone.RunAsync(first)).Said, Is.EqualTo(Summary(made: 8, commit: first)));
        Assert.That((await _clone.RunAsync(second)).Status, Is.EqualTo("Superseded"));
        Assert.That(last.Status, Is.EqualTo("Succeeded"));
        Assert.That(last.Said, Does.Contain("1 updated, 7 unchanged"));
        Assert.That((await TagsAsync(Pipeline("hasty-0")))["mlops:revision"], Is.EqualTo(third));
        Assert.That((await TagsAsync(Pipeline("hasty-1")))["mlops:revision"], Is.EqualTo(first));
    }

    private static string Summary(int made, string commit) =>
        $"{made} made, 0 updated, 0 unchanged, 0 being taken down; revision {commit}";

    private static string Pipeline(string model) => $"mlops-pipeline-{model}-byompipelinerealtimebuiltin";

    private static JsonObject Request(string model)
    {
        var request = JsonNode.Parse(File.ReadAllText(Repository.Example("byom_realtime_builtin.json")))!.AsObject();
        request["model_name"] = model;
        return request;
    }
}
