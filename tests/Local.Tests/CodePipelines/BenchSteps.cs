using System.Text.Json.Nodes;

namespace Mlops.Local.Tests.CodePipelines;

/// <summary>What tests do with executions on a bench.</summary>
internal static class BenchSteps
{
    public static async Task<string> StartAsync(this Bench bench, JsonObject body)
    {
        body["name"] = bench.Pipeline;
        return (await bench.Api.CallAsync("StartPipelineExecution", body))["pipelineExecutionId"]!.GetValue<string>();
    }

    public static async Task<string> TokenAsync(this Bench bench, string stage, string action)
    {
        string? token = null;
        await Bench.UntilAsync(async () =>
        {
            token = (await bench.ActionAsync(stage, action))["latestExecution"]?["token"]?.ToString();
            return token is not null;
        });
        return token!;
    }

    public static Task<Answer> DecideAsync(this Bench bench, string token, string status) =>
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

    public static async Task<JsonObject> StageAsync(this Bench bench, string name) =>
        (await bench.StateAsync())["stageStates"]!
            .AsArray()
            .First(one => one!["stageName"]!.ToString() == name)!
            .AsObject();

    public static Task InboundAsync(this Bench bench, string execution, string stage = "Approve") =>
        Bench.UntilAsync(async () =>
            (await bench.StageAsync(stage))["inboundExecution"]?["pipelineExecutionId"]!.ToString() == execution
        );
}
