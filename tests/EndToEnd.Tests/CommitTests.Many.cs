using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Mlops.EndToEnd.Tests;

/// <summary>Many requests in one file. bench/commits does the same with a thousand; docs/benchmarks.md has its figures.</summary>
public sealed partial class CommitTests
{
    private const int Many = 50;

    [Test]
    public async Task Many_requests_are_applied_and_the_second_time_takes_less_than_a_tenth_of_the_first()
    {
        JsonObject[] requests = [.. Enumerable.Range(0, Many).Select(number => Request($"each-{number}"))];
        var config = ConfigClone.Config([.. requests]);

        var first = await _clone.PushAsync(config);
        var made = await _clone.RunAsync(first);
        await _system.EndedAsync(Pipeline($"each-{Many - 1}"));
        var second = await _clone.PushAsync(config + "\n");
        var again = await _clone.RunAsync(second);

        Assert.That(made.Said, Is.EqualTo(Summary(Many, first)));
        Assert.That(again.Said, Does.StartWith($"0 made, 0 updated, {Many} unchanged"));
        var (took, tookAgain) = (await ApplyTimeAsync(first), await ApplyTimeAsync(second));
        await TestContext.Out.WriteLineAsync($"{Many} requests: {took:0.0} s, again: {tookAgain:0.00} s");
        Assert.That(tookAgain, Is.LessThan(took / 10));

        var asked = Stopwatch.GetTimestamp();
        var listed = await PipelinesAsync();
        Assert.That(Stopwatch.GetElapsedTime(asked), Is.LessThan(TimeSpan.FromSeconds(1)));
        Assert.That(listed.Keys.Count(name => name.Contains("-each-", StringComparison.Ordinal)), Is.EqualTo(Many));
    }

    /// <summary>How many seconds the action that applied a commit ran.</summary>
    private async Task<double> ApplyTimeAsync(string commit)
    {
        var execution = await _clone.ExecutionAsync(commit);
        var actions = await _system.CodePipelineAsync(
            "ListActionExecutions",
            new JsonObject
            {
                ["pipelineName"] = ConfigClone.Pipeline,
                ["filter"] = new JsonObject
                {
                    ["pipelineExecutionId"] = execution!["pipelineExecutionId"]!.DeepClone(),
                },
            }
        );
        var apply = actions["actionExecutionDetails"]![0]!;
        return (double)apply["lastUpdateTime"]! - (double)apply["startTime"]!;
    }
}
