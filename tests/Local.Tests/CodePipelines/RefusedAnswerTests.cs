using System.Text.Json.Nodes;
using static Mlops.Local.Tests.CodePipelines.Definitions;

namespace Mlops.Local.Tests.CodePipelines;

/// <summary>A pipeline that waits for a person and for a function: what neither may say, and what cannot be done to it now.</summary>
public sealed class RefusedAnswerTests
{
    private const string Another = "00000000-0000-0000-0000-000000000000";

    private Bench bench = null!;
    private string execution = "";
    private string token = "";
    private string job = "";

    [OneTimeSetUp]
    public async Task Start()
    {
        bench = await Bench.StartAsync();
        await bench.UploadAsync(("template.yaml", Template));
        bench.Functions.On("silent", _ => Task.CompletedTask);
        execution = await bench.CreateAsync(
            Of(bench, ("Deploy", [Lambda("Call", 1, "silent"), Approval("Ask", 1)]), ("Later", [Approval("Again", 1)]))
        );
        await Bench.UntilAsync(async () =>
        {
            token = $"{(await bench.ActionAsync("Deploy", "Ask"))["latestExecution"]?["token"]}";
            return token.Length > 0 && !bench.Functions.Jobs.IsEmpty;
        });
        job = $"{bench.Functions.Jobs.Single()["id"]}";
    }

    [OneTimeTearDown]
    public async Task End() => await bench.DisposeAsync();

    [TestCase("Nowhere", "Ask", null, "Approved", 0, "StageNotFoundException")]
    [TestCase("Deploy", "Nobody", null, "Approved", 0, "ActionNotFoundException")]
    [TestCase("Deploy", "Call", null, "Approved", 0, "ActionNotFoundException", Description = "asks nobody")]
    [TestCase("Deploy", "Ask", Another, "Approved", 0, "InvalidApprovalTokenException")]
    [TestCase("Later", "Again", null, "Approved", 0, "InvalidApprovalTokenException", Description = "not reached yet")]
    [TestCase("Deploy", "Ask", "a token", "Approved", 0, "ValidationException")]
    [TestCase("Deploy", "Ask", null, "Maybe", 0, "ValidationException")]
    [TestCase("Deploy", "Ask", null, "Approved", 513, "ValidationException")]
    public Task A_decision_is_refused(
        string stage,
        string action,
        string? other,
        string status,
        int length,
        string code
    ) =>
        RefusedAsync(
            "PutApprovalResult",
            code,
            new JsonObject
            {
                ["pipelineName"] = bench.Pipeline,
                ["stageName"] = stage,
                ["actionName"] = action,
                ["token"] = other ?? token,
                ["result"] = new JsonObject { ["status"] = status, ["summary"] = new string('x', length) },
            }
        );

    [TestCase("""{"continuationToken": "more", "outputVariables": {"a": "b"}}""", 0, "ValidationException")]
    [TestCase("""{"outputVariables": {"a b": "c"}}""", 0, "ValidationException")]
    [TestCase("""{"outputVariables": {"a": "LONG"}}""", 122_880, "OutputVariablesSizeExceededException")]
    [TestCase("""{"continuationToken": "LONG"}""", 2049, "ValidationException")]
    [TestCase("""{"executionDetails": {"summary": "LONG"}}""", 2049, "ValidationException")]
    [TestCase("""{"executionDetails": {"percentComplete": 101}}""", 0, "ValidationException")]
    public Task A_result_is_refused(string result, int length, string code)
    {
        var body = JsonNode
            .Parse(result.Replace("LONG", new string('x', length), StringComparison.Ordinal))!
            .AsObject();
        body["jobId"] = job;
        return RefusedAsync("PutJobSuccessResult", code, body);
    }

    [Test]
    public Task A_reason_of_5001_characters_is_refused() =>
        RefusedAsync(
            "PutJobFailureResult",
            "ValidationException",
            new JsonObject
            {
                ["jobId"] = job,
                ["failureDetails"] = new JsonObject { ["type"] = "JobFailed", ["message"] = new string('x', 5001) },
            }
        );

    [TestCase("Deploy", null, "ALL_ACTIONS", "StageNotRetryableException", Description = "it runs")]
    [TestCase("Deploy", Another, "ALL_ACTIONS", "NotLatestPipelineExecutionException")]
    [TestCase("Later", null, "FAILED_ACTIONS", "NotLatestPipelineExecutionException", Description = "not reached yet")]
    [TestCase("Nowhere", null, "ALL_ACTIONS", "StageNotFoundException")]
    [TestCase("Deploy", null, "SOME_ACTIONS", "ValidationException")]
    public Task A_retry_is_refused(string stage, string? other, string mode, string code) =>
        RefusedAsync(
            "RetryStageExecution",
            code,
            new JsonObject
            {
                ["pipelineName"] = bench.Pipeline,
                ["stageName"] = stage,
                ["pipelineExecutionId"] = other ?? execution,
                ["retryMode"] = mode,
            }
        );

    [Test]
    public async Task What_is_not_there_cannot_be_stopped_or_read()
    {
        await RefusedAsync(
            "StopPipelineExecution",
            "PipelineExecutionNotFoundException",
            new JsonObject { ["pipelineName"] = bench.Pipeline, ["pipelineExecutionId"] = Another }
        );
        await RefusedAsync(
            "GetPipeline",
            "PipelineVersionNotFoundException",
            new JsonObject { ["name"] = bench.Pipeline, ["version"] = 7 }
        );
    }

    private async Task RefusedAsync(string operation, string code, JsonObject body)
    {
        var answer = await bench.Api.SendAsync(operation, body);

        Assert.That((answer.Status, answer.Error), Is.EqualTo((400, code)), answer.Message);
        Assert.That((await bench.ExecutionsAsync())[0]["status"]!.ToString(), Is.EqualTo("InProgress"));
    }
}
