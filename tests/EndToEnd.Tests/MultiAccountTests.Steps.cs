using System.Net;
using System.Text.Json.Nodes;

namespace Mlops.EndToEnd.Tests;

/// <summary>What people and witnesses do.</summary>
public sealed partial class MultiAccountTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>An approval that waits.</summary>
    private sealed record Waiting(string Stage, string Token, string Text, string Link, string Execution);

    /// <summary>Waits until a stage asks; <paramref name="other"/> is an approval that is answered already.</summary>
    private async Task<Waiting> WaitsAsync(string pipeline, string stage, Waiting? other = null)
    {
        using var time = new CancellationTokenSource(Patience);
        while (true)
        {
            var state = await StageAsync(pipeline, stage);
            var approve = state["actionStates"]!.AsArray().Single(one => $"{one!["actionName"]}" == "Approve")!;
            if ((string?)approve["latestExecution"]?["token"] is { } token && token != other?.Token)
            {
                return await QuestionAsync(pipeline, stage, token);
            }

            if (time.IsCancellationRequested)
            {
                Assert.Fail($"{stage} does not ask: {await _system.StateAsync(pipeline)}");
            }

            await Task.Delay(150);
        }
    }

    private async Task<Waiting> QuestionAsync(string pipeline, string stage, string token)
    {
        var actions = await _system.CodePipelineAsync(
            "ListActionExecutions",
            new JsonObject { ["pipelineName"] = pipeline }
        );
        var asked = actions["actionExecutionDetails"]!
            .AsArray()
            .First(one => $"{one!["stageName"]}" == stage && $"{one["actionName"]}" == "Approve")!;
        var said = asked["input"]!["resolvedConfiguration"]!;
        return new Waiting(
            stage,
            token,
            (string)said["CustomData"]!,
            (string)said["ExternalEntityLink"]!,
            (string)asked["pipelineExecutionId"]!
        );
    }

    private async Task<JsonNode> StageAsync(string pipeline, string stage)
    {
        var state = await _system.CodePipelineAsync("GetPipelineState", new JsonObject { ["name"] = pipeline });
        return state["stageStates"]!.AsArray().Single(one => $"{one!["stageName"]}" == stage)!;
    }

    /// <summary>Answers an approval by our API, as a caller without a signature.</summary>
    private async Task DecideAsync(string pipeline, string target, string decision, string comment)
    {
        var answer = await AnswerAsync(
            HttpStatusCode.OK,
            _system.PostAsync(
                $"/pipelines/{pipeline}/approval",
                new JsonObject
                {
                    ["target"] = target,
                    ["decision"] = decision,
                    ["comment"] = comment,
                }
            )
        );
        Assert.That((string)answer["decision"]!, Is.EqualTo(decision));
        Assert.That((string)answer["by"]!, Is.EqualTo("unsigned (local)"));
    }

    private static async Task<JsonNode> AnswerAsync(HttpStatusCode expected, Task<HttpResponseMessage> asked)
    {
        using var response = await asked;
        var answer = await LocalSystem.JsonAsync(response);
        Assert.That(response.StatusCode, Is.EqualTo(expected), answer.ToJsonString());
        return answer;
    }

    private Task<JsonNode> AnswerAsync(string pipeline, Waiting waiting, string status) =>
        _system.AwsAsync(
            "codepipeline",
            "put-approval-result",
            "--pipeline-name",
            pipeline,
            "--stage-name",
            waiting.Stage,
            "--action-name",
            "Approve",
            "--token",
            waiting.Token,
            "--result",
            $"summary=by a test,status={status}"
        );

    private async Task RetryAsync(string pipeline, string stage)
    {
        var latest = (string)(await StageAsync(pipeline, stage))["latestExecution"]!["pipelineExecutionId"]!;
        await _system.AwsAsync(
            "codepipeline",
            "retry-stage-execution",
            "--pipeline-name",
            pipeline,
            "--stage-name",
            stage,
            "--pipeline-execution-id",
            latest,
            "--retry-mode",
            "ALL_ACTIONS"
        );
    }

    /// <summary>Waits until a stage has failed, and gives what its failed action says.</summary>
    private async Task<string> FailureAsync(string pipeline, string stage)
    {
        using var time = new CancellationTokenSource(Patience);
        while (true)
        {
            var state = await StageAsync(pipeline, stage);
            if ($"{state["latestExecution"]?["status"]}" == "Failed")
            {
                return state["actionStates"]!
                    .AsArray()
                    .Where(one => $"{one!["latestExecution"]?["status"]}" == "Failed")
                    .Select(one => $"{one!["actionName"]}: {one["latestExecution"]!["errorDetails"]!["message"]}")
                    .Single();
            }

            if (time.IsCancellationRequested)
            {
                Assert.Fail($"{stage} does not fail: {await _system.StateAsync(pipeline)}");
            }

            await Task.Delay(150);
        }
    }

    /// <summary>The status of the stack that a pipeline deploys to an account; null where there is none.</summary>
    private async Task<string?> StackAsync(string account, string pipeline)
    {
        var stacks = await _system.AwsInAsync(account, "cloudformation", "describe-stacks");
        return (string?)
            stacks["Stacks"]!.AsArray().SingleOrDefault(one => $"{one!["StackName"]}" == pipeline)?["StackStatus"];
    }

    /// <summary>The ARN of the change set that waits.</summary>
    private async Task<string> ChangeSetAsync(string account, string pipeline)
    {
        var answer = await _system.AwsInAsync(
            account,
            "cloudformation",
            "describe-change-set",
            "--stack-name",
            pipeline,
            "--change-set-name",
            "mlops"
        );
        return (string)answer["ChangeSetId"]!;
    }
}
