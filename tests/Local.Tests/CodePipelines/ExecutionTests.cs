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

        var first = await bench.StartAsync(new() { ["clientRequestToken"] = "once" });
        var again = await bench.StartAsync(new() { ["clientRequestToken"] = "once" });
        var other = await bench.StartAsync(new() { ["clientRequestToken"] = "twice" });

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

        var execution = await bench.StartAsync(
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
        var token = await bench.TokenAsync("Approve", "Ask");

        var stale = await bench.DecideAsync("00000000-0000-0000-0000-000000000000", "Approved");
        var taken = await bench.DecideAsync(token, "Approved");
        var status = await bench.EndAsync(execution);
        var again = await bench.DecideAsync(token, "Approved");

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
    public async Task A_rejected_approval_fails_the_execution_and_its_event_has_what_the_person_said()
    {
        var execution = await bench.CreateAsync(Of(bench, ("Approve", [Approval("Ask", 1)])));

        await bench.DecideAsync(await bench.TokenAsync("Approve", "Ask"), "Rejected");

        Assert.That(await bench.EndAsync(execution), Is.EqualTo("Failed"));
        JsonNode? Told() =>
            bench.Events.All.SingleOrDefault(one =>
                $"{one["detail"]!["action"]} {one["detail"]!["state"]}" == "Ask FAILED"
            );
        await Bench.UntilAsync(() => Task.FromResult(Told() is not null));
        var result = Told()!["detail"]!["execution-result"]!;
        Assert.That(result["external-execution-summary"]!.ToString(), Is.EqualTo("by a test"));
        Assert.That(result["error-code"]!.ToString(), Is.EqualTo("JobFailed"));
    }

    [Test]
    public async Task A_waiting_approval_keeps_its_stage_and_a_newer_execution_supersedes_the_one_that_waits_behind_it()
    {
        var first = await bench.CreateAsync(Of(bench, ("Approve", [Approval("Ask", 1)])));
        var token = await bench.TokenAsync("Approve", "Ask");
        var second = await bench.StartAsync([]);
        await bench.InboundAsync(second);
        var third = await bench.StartAsync([]);
        await bench.InboundAsync(third);

        var statuses = (await bench.ExecutionsAsync()).Select(one => one["status"]!.ToString());
        var latest = (await bench.StageAsync("Approve"))["latestExecution"]!["pipelineExecutionId"]!.ToString();
        await bench.DecideAsync(token, "Approved");
        var end = await bench.EndAsync(first);
        var next = await bench.TokenAsync("Approve", "Ask");

        Assert.That(statuses, Is.EqualTo(["InProgress", "Superseded", "InProgress"]));
        Assert.That(latest, Is.EqualTo(first));
        Assert.That(end, Is.EqualTo("Succeeded"));
        Assert.That(next, Is.Not.EqualTo(token));
        Assert.That(
            (await bench.StageAsync("Approve"))["latestExecution"]!["pipelineExecutionId"]!.ToString(),
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
            await bench.StartAsync([]),
            await bench.StartAsync([]),
        };

        foreach (var execution in executions)
        {
            await Bench.UntilAsync(async () =>
                (await bench.StageAsync("Approve"))["latestExecution"]?["pipelineExecutionId"]!.ToString() == execution
            );
            await bench.DecideAsync(await bench.TokenAsync("Approve", "Ask"), "Approved");
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

        var execution = await bench.StartAsync([]);
        await bench.InboundAsync(execution, "Deploy");
        var state = (await bench.StageAsync("Deploy"))["inboundTransitionState"]!;
        await bench.Api.CallAsync("EnableStageTransition", transition);

        Assert.That(state["enabled"]!.GetValue<bool>(), Is.False);
        Assert.That(state["disabledReason"]!.ToString(), Is.EqualTo("freeze"));
        Assert.That(await bench.EndAsync(execution), Is.EqualTo("Succeeded"));
    }

    private static JsonObject Revision(string action, string type, string value) =>
        new()
        {
            ["actionName"] = action,
            ["revisionType"] = type,
            ["revisionValue"] = value,
        };
}
