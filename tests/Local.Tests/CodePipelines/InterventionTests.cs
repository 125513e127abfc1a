using System.Text.Json.Nodes;
using static Mlops.Local.Tests.CodePipelines.Definitions;

namespace Mlops.Local.Tests.CodePipelines;

/// <summary>Stopping, retrying, updating and deleting while executions run or wait.</summary>
public sealed class InterventionTests
{
    private Bench bench = null!;

    [SetUp]
    public async Task Start()
    {
        bench = await Bench.StartAsync();
        await bench.UploadAsync(("template.yaml", Template));
        bench.Functions.On("ok", job => bench.SucceedAsync(job));
    }

    [TearDown]
    public async Task End() => await bench.DisposeAsync();

    [TestCase(true, "Abandoned")]
    [TestCase(false, "Succeeded")]
    public async Task Stopping_waits_for_running_actions_unless_they_are_abandoned(bool abandon, string action)
    {
        var release = new TaskCompletionSource();
        var called = new TaskCompletionSource();
        bench.Functions.On(
            "slow",
            async job =>
            {
                called.SetResult();
                await release.Task;
                _ = await bench.Api.SendAsync(
                    "PutJobSuccessResult",
                    new JsonObject { ["jobId"] = job["id"]!.DeepClone() }
                );
            }
        );
        var execution = await bench.CreateAsync(
            Of(bench, ("Deploy", [Lambda("Call", 1, "slow"), Lambda("After", 2, "ok")]))
        );
        await called.Task;

        await StopAsync(execution, abandon);
        if (!abandon)
        {
            var twice = await bench.Api.SendAsync("StopPipelineExecution", Stop(execution, abandon));
            Assert.That(twice.Error, Is.EqualTo("DuplicatedStopRequestException"));
            release.SetResult();
        }

        Assert.That(await bench.EndAsync(execution), Is.EqualTo("Stopped"));
        release.TrySetResult();
        Assert.That(
            (await bench.ActionAsync("Deploy", "Call"))["latestExecution"]!["status"]!.ToString(),
            Is.EqualTo(action)
        );
        Assert.That((await bench.ActionAsync("Deploy", "After"))["latestExecution"], Is.Null);
        var over = await bench.Api.SendAsync("StopPipelineExecution", Stop(execution, abandon));
        Assert.That(over.Error, Is.EqualTo("PipelineExecutionNotStoppableException"));
    }

    [TestCase("FAILED_ACTIONS", 1)]
    [TestCase("ALL_ACTIONS", 2)]
    public async Task A_failed_stage_is_retried_for_the_same_execution(string mode, int prepared)
    {
        var attempts = 0;
        bench.Functions.On(
            "flaky",
            job => Interlocked.Increment(ref attempts) == 1 ? (Task)FailAsync(job) : bench.SucceedAsync(job)
        );
        var execution = await bench.CreateAsync(
            Of(bench, ("Deploy", [Lambda("Prepare", 1, "ok"), Lambda("Call", 2, "flaky")]))
        );
        await bench.EndAsync(execution);

        var retry = await bench.Api.CallAsync("RetryStageExecution", Retry(execution, mode));
        var status = await bench.EndAsync(execution);
        var again = await bench.Api.SendAsync("RetryStageExecution", Retry(execution, mode));

        Assert.That(retry["pipelineExecutionId"]!.ToString(), Is.EqualTo(execution));
        Assert.That(status, Is.EqualTo("Succeeded"));
        Assert.That(
            bench.Functions.Jobs.Count(job =>
                job["data"]!["actionConfiguration"]!["configuration"]!["FunctionName"]!.ToString() == "ok"
            ),
            Is.EqualTo(prepared)
        );
        Assert.That(again.Error, Is.EqualTo("StageNotRetryableException"));
        Assert.That(
            (await bench.StageAsync("Deploy"))["retryStageMetadata"]!["manualStageRetryAttempt"]!.GetValue<int>(),
            Is.EqualTo(1)
        );
    }

    [Test]
    public async Task An_update_raises_the_version_and_fails_what_runs_or_waits()
    {
        var definition = Of(bench, ("Approve", [Approval("Ask", 1)]));
        var running = await bench.CreateAsync(definition);
        await bench.TokenAsync("Approve", "Ask");
        var waiting = await bench.StartAsync([]);
        await bench.InboundAsync(waiting);

        var updated = await bench.Api.CallAsync(
            "UpdatePipeline",
            new JsonObject { ["pipeline"] = definition.DeepClone() }
        );

        Assert.That(updated["pipeline"]!["version"]!.GetValue<int>(), Is.EqualTo(2));
        Assert.That(await bench.EndAsync(running), Is.EqualTo("Failed"));
        Assert.That(await bench.EndAsync(waiting), Is.EqualTo("Failed"));
        Assert.That(await bench.ExecutionsAsync(), Has.Count.EqualTo(2), "an update starts nothing");
        var retry = await bench.Api.SendAsync("RetryStageExecution", Retry(running, "ALL_ACTIONS", "Approve"));
        Assert.That(retry.Error, Is.EqualTo("StageNotRetryableException"));
    }

    [Test]
    public async Task A_deleted_pipeline_is_gone_with_what_runs_in_it()
    {
        await bench.CreateAsync(Of(bench, ("Approve", [Approval("Ask", 1)])));
        await bench.TokenAsync("Approve", "Ask");

        await bench.Api.CallAsync("DeletePipeline", new JsonObject { ["name"] = bench.Pipeline });
        await bench.Api.CallAsync("DeletePipeline", new JsonObject { ["name"] = bench.Pipeline });

        var state = await bench.Api.SendAsync("GetPipelineState", new JsonObject { ["name"] = bench.Pipeline });
        Assert.That(state.Error, Is.EqualTo("PipelineNotFoundException"));
        await Bench.UntilAsync(() => Task.FromResult(bench.Events.Story[^1] == $"Pipeline {bench.Pipeline} FAILED"));
    }

    private Task<JsonObject> StopAsync(string execution, bool abandon) =>
        bench.Api.CallAsync("StopPipelineExecution", Stop(execution, abandon));

    private JsonObject Stop(string execution, bool abandon) =>
        new()
        {
            ["pipelineName"] = bench.Pipeline,
            ["pipelineExecutionId"] = execution,
            ["abandon"] = abandon,
        };

    private JsonObject Retry(string execution, string mode, string stage = "Deploy") =>
        new()
        {
            ["pipelineName"] = bench.Pipeline,
            ["stageName"] = stage,
            ["pipelineExecutionId"] = execution,
            ["retryMode"] = mode,
        };

    private Task<JsonObject> FailAsync(JsonObject job) =>
        bench.Api.CallAsync(
            "PutJobFailureResult",
            new JsonObject
            {
                ["jobId"] = job["id"]!.DeepClone(),
                ["failureDetails"] = new JsonObject { ["type"] = "JobFailed", ["message"] = "the first time" },
            }
        );
}
