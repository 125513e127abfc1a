using System.Text.Json.Nodes;
using Mlops.Local.Display;
using Mlops.Local.Stacks.Wire;

namespace Mlops.Local.Pipelines;

/// <summary>What CodePipeline says about pipelines, asked through the gateway as any client asks.</summary>
public sealed class PipelineReader(LocalAws gateway, AwsAccount account)
{
    /// <summary>Names of all pipelines.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken)
    {
        var answer = await CallAsync("ListPipelines", [], cancellationToken);
        return [.. (answer["pipelines"] as JsonArray ?? []).Select(pipeline => (string)pipeline!["name"]!)];
    }

    /// <summary>The stages and actions of a pipeline.</summary>
    public async Task<PipelineView> StateAsync(string name, CancellationToken cancellationToken)
    {
        var answer = await CallAsync("GetPipelineState", new JsonObject { ["name"] = name }, cancellationToken);
        return new PipelineView(
            name,
            [
                .. answer["stageStates"]!
                    .AsArray()
                    .Select(stage => new StageView(
                        (string)stage!["stageName"]!,
                        (string?)stage["latestExecution"]?["status"],
                        [.. (stage["actionStates"] as JsonArray ?? []).Select(action => Action(action!))]
                    )),
            ]
        );
    }

    /// <summary>Id and status of the newest execution; nulls before the first.</summary>
    public async Task<(string? Id, string? Status)> NewestExecutionAsync(
        string name,
        CancellationToken cancellationToken
    )
    {
        var request = new JsonObject { ["pipelineName"] = name, ["maxResults"] = 1 };
        var answer = await CallAsync("ListPipelineExecutions", request, cancellationToken);
        var newest = (answer["pipelineExecutionSummaries"] as JsonArray)?.FirstOrDefault();
        return ((string?)newest?["pipelineExecutionId"], (string?)newest?["status"]);
    }

    /// <summary>What an approval that waits says to whoever may answer it.</summary>
    public async Task<(string? Text, string? Link)> QuestionAsync(
        string pipeline,
        string stage,
        ActionView action,
        CancellationToken cancellationToken
    )
    {
        var answer = await CallAsync(
            "ListActionExecutions",
            new JsonObject { ["pipelineName"] = pipeline },
            cancellationToken
        );
        var asked = (answer["actionExecutionDetails"] as JsonArray)?.FirstOrDefault(one =>
            $"{one!["stageName"]}" == stage && $"{one["actionName"]}" == action.Name
        );
        var configuration = asked?["input"]?["resolvedConfiguration"];
        return ((string?)configuration?["CustomData"], (string?)configuration?["ExternalEntityLink"]);
    }

    /// <summary>Says yes to an approval that waits.</summary>
    public Task ApproveAsync(string pipeline, string stage, ActionView action, CancellationToken cancellationToken) =>
        CallAsync(
            "PutApprovalResult",
            new JsonObject
            {
                ["pipelineName"] = pipeline,
                ["stageName"] = stage,
                ["actionName"] = action.Name,
                ["token"] = action.Token,
                ["result"] = new JsonObject { ["summary"] = "approved by --approve-all", ["status"] = "Approved" },
            },
            cancellationToken
        );

    private static ActionView Action(JsonNode action)
    {
        var latest = action["latestExecution"];
        var (error, said) = ((string?)latest?["errorDetails"]?["message"], (string?)latest?["summary"]);
        return new ActionView(
            (string)action["actionName"]!,
            (string?)latest?["status"],
            said,
            error is not null && said is not null && latest!["lastUpdatedBy"] is not null ? $"{error} ({said})" : error,
            (string?)latest?["externalExecutionId"],
            (string?)latest?["token"]
        );
    }

    private Task<JsonObject> CallAsync(string operation, JsonObject body, CancellationToken cancellationToken) =>
        gateway.JsonAsync(account, "codepipeline", $"CodePipeline_20150709.{operation}", body, cancellationToken);
}
