using System.Net;
using System.Text.Json.Nodes;

namespace Mlops.EndToEnd.Tests;

/// <summary>
/// What a commit names no longer is taken down where its file says so. On a system of its own, for <c>prune</c> is about
/// everything that its source has made. There is one account; boto3 is the witness.
/// </summary>
[TestFixture]
public sealed class PruneTests
{
    private LocalSystem _system = null!;
    private Mailbox _mailbox = null!;
    private ConfigClone _clone = null!;
    private IReadOnlyList<string> _madeForThree = [];

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _system = await LocalSystem.StartAsync("--no-example");
        _mailbox = await Mailbox.SubscribeAsync(_system);
        _clone = await ConfigClone.MakeAsync(_system);
        await DeliveredAsync("one", "two");
        var before = await Inventory.TakeAsync(_system);
        await DeliveredAsync("one", "two", "three");
        _madeForThree = [.. (await Inventory.TakeAsync(_system)).Except(before)];
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
    public async Task A_pipeline_that_a_commit_names_no_longer_is_taken_down_and_the_others_stay_as_they_are()
    {
        var three = Pipeline("three");
        var before = await Inventory.TakeAsync(_system);

        var commit = await _clone.PushAsync(Config("true", "one", "two"));
        var run = await _clone.RunAsync(commit);
        await _system.RemovedAsync(three);

        Assert.That(
            run,
            Is.EqualTo(
                new ConfigRun("Succeeded", $"0 made, 0 updated, 2 unchanged, 1 being taken down; revision {commit}")
            )
        );
        Assert.That(
            _madeForThree,
            Has.Member($"{Inventory.Orchestrator} stack {three}")
                .And.Some.Contains($" pipeline {three} ")
                .And.Some.Contains($" object {_system.AssetsBucket}/mlops_provisioned_pipelines/{three}/")
        );
        var mail = (await _mailbox.AboutAsync($"The pipeline {three} is taken down")).Single();
        var after = await Inventory.TakeAsync(_system);
        var left = after.Intersect(_madeForThree).Concat(after.Except(before));
        Assert.That(Inventory.NotNamed(_system, left, Inventory.Kept(mail)), Is.Empty);
        Assert.That(before.Except(_madeForThree).Except(after), Is.Empty, "and nothing else is gone");
    }

    [Test]
    public async Task More_than_half_are_not_taken_down_and_nothing_is_changed()
    {
        var before = await ChangeableAsync();

        var run = await _clone.ApplyAsync(Config("true"));

        Assert.That(run.Status, Is.EqualTo("Failed"));
        Assert.That(
            run.Said,
            Does.Match(
                @"^Nothing was changed\.\nmlops-config\.json:3:12: MLP061 /prune: ([23]) of \1 pipelines of this source are named no longer "
            )
        );
        Assert.That(await ChangeableAsync(), Is.EqualTo(before));
    }

    [Test]
    public async Task What_the_API_made_is_taken_down_by_the_API_and_nothing_is_left_but_what_the_answer_names()
    {
        var before = await Inventory.TakeAsync(_system);
        using var made = await _system.PostAsync("/provisionpipeline", Request("by-the-API"));
        Assert.That(made.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        var pipeline = (string)(await LocalSystem.JsonAsync(made))["pipeline_name"]!;
        Assert.That(await _system.EndedAsync(pipeline), Is.EqualTo("Succeeded"), await _system.StateAsync(pipeline));
        var delivered = await Inventory.TakeAsync(_system);

        using var begun = await _system.DeleteAsync($"/pipelines/{pipeline}");
        Assert.That(begun.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        await _system.RemovedAsync(pipeline);

        Assert.That(delivered, Has.Member($"{Inventory.Orchestrator} stack {pipeline}"));
        var after = await Inventory.TakeAsync(_system);
        var kept = Inventory.Kept(await LocalSystem.JsonAsync(begun));
        Assert.That(Inventory.NotNamed(_system, after.Except(before), kept), Is.Empty);
        Assert.That(before.Except(after), Is.Empty, "and nothing else is gone");
    }

    /// <summary>Commits a file that takes nothing down, and waits until all its pipelines have delivered.</summary>
    private async Task DeliveredAsync(params string[] models)
    {
        var run = await _clone.ApplyAsync(Config("false", models));
        Assert.That(run.Status, Is.EqualTo("Succeeded"), run.Said);
        foreach (var pipeline in models.Select(Pipeline))
        {
            Assert.That(
                await _system.EndedAsync(pipeline),
                Is.EqualTo("Succeeded"),
                await _system.StateAsync(pipeline)
            );
        }
    }

    /// <summary>Everything but what the commit itself leaves: it is an artifact, too.</summary>
    private async Task<IEnumerable<string>> ChangeableAsync() =>
        (await Inventory.TakeAsync(_system)).Where(one =>
            !one.Contains($" object {_system.Info["artifactBucket"]}/", StringComparison.Ordinal)
        );

    private static string Config(string prune, params string[] models) =>
        $$"""
            {
              "pipelines": [{{string.Join(", ", models.Select(model => Request(model).ToJsonString()))}}],
              "prune": {{prune}}
            }

            """;

    private static string Pipeline(string model) => $"mlops-pipeline-{model}-byompipelinerealtimebuiltin";

    private static JsonObject Request(string model)
    {
        var request = JsonNode.Parse(File.ReadAllText(Repository.Example("byom_realtime_builtin.json")))!.AsObject();
        request["model_name"] = model;
        return request;
    }
}
