using System.Net;
using System.Text.Json.Nodes;

namespace Mlops.EndToEnd.Tests;

/// <summary>A commit that cannot be applied says why in the action's failure message, and nothing is half-made.</summary>
public sealed partial class CommitTests
{
    private static IEnumerable<TestCaseData> Files()
    {
        yield return Case("is no JSON", "pipelines: please", "mlops-config.json:1:1: MLP002 ");
        yield return Case("is empty", "", "mlops-config.json:1:1: MLP001 ");
        yield return Case("is half a JSON", "{\n  \"pipelines\": [\n", "mlops-config.json:3:1: MLP002 ");
        yield return Case("is a list", "[]", "mlops-config.json:1:1: MLP");
        yield return Case("has two documents", "{\"pipelines\": []}\n{}\n", "mlops-config.json:2:1: MLP002 ");
        yield return Case("has an unknown key", """{"pipelines": [], "pruned": true}""", "Did you mean \"prune\"?");
        yield return Case(
            "has over 1 MB",
            ConfigClone.Config(Request("big")) + new string(' ', 1024 * 1024),
            "mlops-config.json:1:1: MLP004 "
        );
        yield return Case(
            "has a pipeline twice",
            $"{{\"pipelines\": [\n  {Request("twice").ToJsonString()},\n  {Request("twice").ToJsonString()}\n]}}",
            $"mlops-config.json:3:{Request("twice").ToJsonString().IndexOf("\"twice\"", StringComparison.Ordinal) + 3}: MLP008 "
        );
        yield return Case("is not there", null, "has no file mlops-config.json");
    }

    [TestCaseSource(nameof(Files))]
    public async Task Is_refused_and_nothing_is_changed(string? content, string said)
    {
        await ReadyAsync();
        var before = await SeenAsync();

        var run = await _clone.ApplyAsync(content);

        Assert.That(run.Status, Is.EqualTo("Failed"));
        Assert.That(run.Said, Does.Contain(said).And.Contain("othing was changed"));
        Assert.That(await SeenAsync(), Is.EqualTo(before));
    }

    [Test]
    public async Task A_wrong_value_is_told_with_line_and_column_in_the_action_and_by_mail()
    {
        await ReadyAsync();
        var before = await SeenAsync();
        var wrong = Request("wrong");
        wrong["inference_instance"] = "m5.mailed";

        var run = await _clone.ApplyAsync(ConfigClone.Config(Request("not-made-either"), wrong));

        Assert.That(run.Status, Is.EqualTo("Failed"));
        Assert.That(
            run.Said,
            Does.StartWith(
                "Nothing was changed.\nmlops-config.json:18:29: MLP014 /pipelines/1/inference_instance: \"m5.mailed\" is not "
            )
        );
        Assert.That(await SeenAsync(), Is.EqualTo(before));
        var mails = await _mailbox.AboutAsync("m5.mailed");
        Assert.That(mails, Has.Count.EqualTo(1));
        Assert.That(mails[0], Does.Contain("mlops-config.json:18:29: ").And.Contain(ConfigClone.Pipeline));
    }

    [Test]
    public async Task Of_a_thousand_requests_the_one_that_is_wrong_is_found_and_none_is_carried_out()
    {
        await ReadyAsync();
        var before = await SeenAsync();
        JsonObject[] requests = [.. Enumerable.Range(0, 1000).Select(number => Request($"many-{number}"))];
        requests[699]["model_framework"] = "abacus";

        var run = await _clone.ApplyAsync(ConfigClone.Config([.. requests]));

        Assert.That(run.Status, Is.EqualTo("Failed"));
        Assert.That(run.Said, Does.Contain(" /pipelines/699/model_framework: ").And.Not.Contain("/pipelines/698"));
        Assert.That(await SeenAsync(), Is.EqualTo(before));
    }

    [Test]
    public async Task A_thousand_mistakes_are_told_as_far_as_they_fit()
    {
        await ReadyAsync();
        JsonObject[] requests = [.. Enumerable.Range(0, 1000).Select(number => Request($"many-{number}"))];
        Array.ForEach(requests, request => request["inference_instance"] = "large");

        var run = await _clone.ApplyAsync(ConfigClone.Config([.. requests]));

        Assert.That(run.Said, Has.Length.LessThanOrEqualTo(5000));
        Assert.That(run.Said, Does.Match(@"\n… and 9\d\d more; the log of this function has all of them\.$"));
    }

    [Test]
    public async Task A_pipeline_that_the_API_made_is_not_taken_over_by_a_commit()
    {
        await ReadyAsync();
        using var answer = await _system.PostAsync("/provisionpipeline", Request("somebody-elses"));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        await _system.EndedAsync(Pipeline("somebody-elses"));
        var before = await SeenAsync();

        var config = ConfigClone.Config(Request("beside-it"), Request("somebody-elses"));
        var run = await _clone.ApplyAsync(config);

        Assert.That(run.Status, Is.EqualTo("Failed"));
        Assert.That(
            run.Said,
            Does.Contain($"mlops-config.json:{Place(config, "\"somebody-elses\"")}: MLP049 /pipelines/1/model_name")
                .And.Contain("othing was changed")
        );
        Assert.That(await SeenAsync(), Is.EqualTo(before));
    }

    [Test]
    public async Task The_next_commit_mends_it()
    {
        var refused = await _clone.ApplyAsync("{");

        var mended = await _clone.ApplyAsync(ConfigClone.Config(Request("mended")));

        Assert.That(refused.Status, Is.EqualTo("Failed"));
        Assert.That(mended.Said, Does.StartWith("1 made"));
    }

    /// <summary>Line and column of a text, as editors count them.</summary>
    private static string Place(string config, string text)
    {
        var before = config[..config.IndexOf(text, StringComparison.Ordinal)].Split('\n');
        return $"{before.Length}:{before[^1].Length + 1}";
    }

    private static TestCaseData Case(string what, string? content, string said) =>
        new TestCaseData(content, said).SetName($"A commit whose file {what} is refused and nothing is changed");

    /// <summary>A file in the repository that is right, so that the next commit has something to break.</summary>
    private async Task ReadyAsync()
    {
        var run = await _clone.ApplyAsync(ConfigClone.Config() + new string('\n', _ready++));
        Assert.That(run.Status, Is.EqualTo("Succeeded"), run.Said);
    }

    // Not 0: that is what the repository begins with, and a commit that changes nothing starts nothing.
    private int _ready = 1;
}
