using System.Text.Json.Nodes;
using static Mlops.Local.Tests.CodePipelines.Definitions;

namespace Mlops.Local.Tests.CodePipelines;

/// <summary>Starting, waiting, superseding, stopping, retrying, updating.</summary>
public sealed class ExecutionTests
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

    [Test]
    public async Task The_same_client_token_starts_one_execution()
    {
        await bench.EndAsync(await bench.CreateAsync(Of(bench, ("Deploy", [Lambda("Call", 1, "ok")]))));

        var first = await StartAsync(new() { ["clientRequestToken"] = "once" });
        var again = await StartAsync(new() { ["clientRequestToken"] = "once" });
        var other = await StartAsync(new() { ["clientRequestToken"] = "twice" });

        Assert.That(again, Is.EqualTo(first));
        Assert.That(other, Is.Not.EqualTo(first));
        Assert.That(
            await bench.ExecutionsAsync(),
            Has.Count.EqualTo(3),
            "one by CreatePipeline, two by StartPipelineExecution"
        );
    }

    [Test]
    public async Task A_start_may_name_the_version_of_the_object()
    {
        var old = (await bench.S3.ListVersionsAsync(bench.SourceBucket)).Versions[0].VersionId;
        var now = await bench.UploadAsync(("template.yaml", Template), ("more", ""));
        await bench.EndAsync(await bench.CreateAsync(Of(bench, ("Deploy", [Lambda("Call", 1, "ok")]))));

        var execution = await StartAsync(
            new() { ["sourceRevisions"] = new JsonArray(Revision("Source", "S3_OBJECT_VERSION_ID", old)) }
        );
        await bench.EndAsync(execution);

        var revisions = (await bench.ExecutionsAsync()).Select(one =>
            one["sourceRevisions"]![0]!["revisionId"]!.ToString()
        );
        Assert.That(revisions, Is.EqualTo([old, now]));
    }

    [TestCase("Nobody", "S3_OBJECT_VERSION_ID", "not a source action")]
    [TestCase("Source", "COMMIT_ID", "takes no revision of type COMMIT_ID")]
    [TestCase("Source", "S3_OBJECT_KEY", "AllowOverrideForS3ObjectKey")]
    public async Task A_start_may_not_name(string action, string type, string message)
    {
        await bench.EndAsync(await bench.CreateAsync(Of(bench, ("Deploy", [Lambda("Call", 1, "ok")]))));

        var answer = await bench.Api.SendAsync(
            "StartPipelineExecution",
            new JsonObject
            {
                ["name"] = bench.Pipeline,
                ["sourceRevisions"] = new JsonArray(Revision(action, type, "x")),
            }
        );

        Assert.That(answer.Error, Is.EqualTo("ValidationException"));
        Assert.That(answer.Message, Does.Contain(message));
    }

    [Test]
    public async Task An_approval_waits_for_its_token_and_shows_what_it_is_about()
    {
        var definition = Of(
            bench,
            (
                "Approve",
                [
                    Approval(
                        "Ask",
                        1,
                        new()
                        {
                            ["CustomData"] = "execution #{codepipeline.PipelineExecutionId}",
                            ["ExternalEntityLink"] = "https://example.org/evidence",
                        }
                    ),
                ]
            )
        );
        var execution = await bench.CreateAsync(definition);
        var token = await TokenAsync("Approve", "Ask");

        var stale = await DecideAsync("00000000-0000-0000-0000-000000000000", "Approved");
        var taken = await DecideAsync(token, "Approved");
        var status = await bench.EndAsync(execution);
        var again = await DecideAsync(token, "Approved");

        Assert.That(stale.Error, Is.EqualTo("InvalidApprovalTokenException"));
        Assert.That(taken.Body["approvedAt"]!.GetValue<double>(), Is.GreaterThan(1_700_000_000d));
        Assert.That(again.Error, Is.EqualTo("ApprovalAlreadyCompletedException"));
        Assert.That(status, Is.EqualTo("Succeeded"));
        var action = await bench.ActionAsync("Approve", "Ask");
        Assert.That(action["entityUrl"]!.ToString(), Is.EqualTo("https://example.org/evidence"));
        Assert.That(action["latestExecution"]!["summary"]!.ToString(), Is.EqualTo("by a test"));
        var details = await bench.Api.CallAsync(
            "ListActionExecutions",
            new JsonObject { ["pipelineName"] = bench.Pipeline }
        );
        var input = details["actionExecutionDetails"]![0]!["input"]!;
        Assert.That(input["resolvedConfiguration"]!["CustomData"]!.ToString(), Is.EqualTo($"execution {execution}"));
    }

    [Test]
    public async Task A_rejected_approval_fails_the_execution()
    {
        var execution = await bench.CreateAsync(Of(bench, ("Approve", [Approval("Ask", 1)])));

        await DecideAsync(await TokenAsync("Approve", "Ask"), "Rejected");

        Assert.That(await bench.EndAsync(execution), Is.EqualTo("Failed"));
    }

    [Test]
    public async Task A_waiting_approval_keeps_its_stage_and_a_newer_execution_supersedes_the_one_that_waits_behind_it()
    {
        var first = await bench.CreateAsync(Of(bench, ("Approve", [Approval("Ask", 1)])));
        var token = await TokenAsync("Approve", "Ask");
        var second = await StartAsync([]);
        await InboundAsync(second);
        var third = await StartAsync([]);
        await InboundAsync(third);

        var statuses = (await bench.ExecutionsAsync()).Select(one => one["status"]!.ToString());
        var latest = (await StageAsync("Approve"))["latestExecution"]!["pipelineExecutionId"]!.ToString();
        await DecideAsync(token, "Approved");
        var end = await bench.EndAsync(first);
        var next = await TokenAsync("Approve", "Ask");

        Assert.That(statuses, Is.EqualTo(["InProgress", "Superseded", "InProgress"]));
        Assert.That(latest, Is.EqualTo(first));
        Assert.That(end, Is.EqualTo("Succeeded"));
        Assert.That(next, Is.Not.EqualTo(token));
        Assert.That(
            (await StageAsync("Approve"))["latestExecution"]!["pipelineExecutionId"]!.ToString(),
            Is.EqualTo(third)
        );
    }

    [Test]
    public async Task Queued_executions_all_get_their_turn()
    {
        var definition = Of(bench, ("Approve", [Approval("Ask", 1)]));
        definition["executionMode"] = "QUEUED";
        var executions = new List<string>
        {
            await bench.CreateAsync(definition),
            await StartAsync([]),
            await StartAsync([]),
        };

        foreach (var execution in executions)
        {
            await Bench.UntilAsync(async () =>
                (await StageAsync("Approve"))["latestExecution"]?["pipelineExecutionId"]!.ToString() == execution
            );
            await DecideAsync(await TokenAsync("Approve", "Ask"), "Approved");
            Assert.That(await bench.EndAsync(execution), Is.EqualTo("Succeeded"));
        }
    }

    [Test]
    public async Task A_closed_transition_keeps_executions_out_until_it_is_opened()
    {
        var transition = new JsonObject
        {
            ["pipelineName"] = bench.Pipeline,
            ["stageName"] = "Deploy",
            ["transitionType"] = "Inbound",
        };
        await bench.EndAsync(await bench.CreateAsync(Of(bench, ("Deploy", [Lambda("Call", 1, "ok")]))));
        var closed = transition.DeepClone().AsObject();
        closed["reason"] = "freeze";
        await bench.Api.CallAsync("DisableStageTransition", closed);

        var execution = await StartAsync([]);
        await InboundAsync(execution, "Deploy");
        var state = (await StageAsync("Deploy"))["inboundTransitionState"]!;
        await bench.Api.CallAsync("EnableStageTransition", transition);

        Assert.That(state["enabled"]!.GetValue<bool>(), Is.False);
        Assert.That(state["disabledReason"]!.ToString(), Is.EqualTo("freeze"));
        Assert.That(await bench.EndAsync(execution), Is.EqualTo("Succeeded"));
    }

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
            (await StageAsync("Deploy"))["retryStageMetadata"]!["manualStageRetryAttempt"]!.GetValue<int>(),
            Is.EqualTo(1)
        );
    }

    [Test]
    public async Task An_update_raises_the_version_and_fails_what_runs_or_waits()
    {
        var definition = Of(bench, ("Approve", [Approval("Ask", 1)]));
        var running = await bench.CreateAsync(definition);
        await TokenAsync("Approve", "Ask");
        var waiting = await StartAsync([]);
        await InboundAsync(waiting);

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
        await TokenAsync("Approve", "Ask");

        await bench.Api.CallAsync("DeletePipeline", new JsonObject { ["name"] = bench.Pipeline });
        await bench.Api.CallAsync("DeletePipeline", new JsonObject { ["name"] = bench.Pipeline });

        var state = await bench.Api.SendAsync("GetPipelineState", new JsonObject { ["name"] = bench.Pipeline });
        Assert.That(state.Error, Is.EqualTo("PipelineNotFoundException"));
        await Bench.UntilAsync(() => Task.FromResult(bench.Events.Story[^1] == $"Pipeline {bench.Pipeline} FAILED"));
    }

    private async Task<string> StartAsync(JsonObject body)
    {
        body["name"] = bench.Pipeline;
        return (await bench.Api.CallAsync("StartPipelineExecution", body))["pipelineExecutionId"]!.GetValue<string>();
    }

    private async Task<string> TokenAsync(string stage, string action)
    {
        string? token = null;
        await Bench.UntilAsync(async () =>
        {
            token = (await bench.ActionAsync(stage, action))["latestExecution"]?["token"]?.ToString();
            return token is not null;
        });
        return token!;
    }

    private Task<Answer> DecideAsync(string token, string status) =>
        bench.Api.SendAsync(
            "PutApprovalResult",
            new JsonObject
            {
                ["pipelineName"] = bench.Pipeline,
                ["stageName"] = "Approve",
                ["actionName"] = "Ask",
                ["token"] = token,
                ["result"] = new JsonObject { ["summary"] = "by a test", ["status"] = status },
            }
        );

    private async Task<JsonObject> StageAsync(string name) =>
        (await bench.StateAsync())["stageStates"]!
            .AsArray()
            .First(one => one!["stageName"]!.ToString() == name)!
            .AsObject();

    private Task InboundAsync(string execution, string stage = "Approve") =>
        Bench.UntilAsync(async () =>
            (await StageAsync(stage))["inboundExecution"]?["pipelineExecutionId"]!.ToString() == execution
        );

    private JsonObject Stop(string execution, bool abandon) =>
        new()
        {
            ["pipelineName"] = bench.Pipeline,
            ["pipelineExecutionId"] = execution,
            ["abandon"] = abandon,
        };

    private Task<JsonObject> StopAsync(string execution, bool abandon) =>
        bench.Api.CallAsync("StopPipelineExecution", Stop(execution, abandon));

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

    private static JsonObject Revision(string action, string type, string value) =>
        new()
        {
            ["actionName"] = action,
            ["revisionType"] = type,
            ["revisionValue"] = value,
        };
}
