using System.Text.Json.Nodes;
using Mlops.Local.CodePipelines.Executions;
using Mlops.Local.CodePipelines.Protocol;

namespace Mlops.Local.CodePipelines.Operations;

/// <summary>What has run: executions of pipelines and of actions.</summary>
internal sealed class HistoryOperations(PipelineStore store)
{
    public IEnumerable<KeyValuePair<string, Operation>> All =>
        [
            new("ListPipelineExecutions", Operation.Of(RequestShapes.ListPipelineExecutions, List)),
            new("GetPipelineExecution", Operation.Of(RequestShapes.OneExecution, Get)),
            new("ListActionExecutions", Operation.Of(RequestShapes.ListActionExecutions, ListActions)),
        ];

    private JsonObject List(Caller caller, JsonObject input)
    {
        var pipeline = store.Require(caller, input.Text("pipelineName"));
        lock (pipeline.Gate)
        {
            var stage = input["filter"]?["succeededInStage"]?["stageName"]?.GetValue<string>();
            List<Execution> executions =
            [
                .. pipeline.Executions.Where(one => stage is null || SucceededIn(one, stage)),
            ];
            return Wire.Page(input, "pipelineExecutionSummaries", executions, 100, Summary);
        }
    }

    private static bool SucceededIn(Execution execution, string stage)
    {
        var index = execution.Declaration.Stages.ToList().FindIndex(one => one.Name == stage);
        return index >= 0
            && (
                index < execution.StageIndex
                || (index == execution.StageIndex && execution.Status == ExecutionStatus.Succeeded)
            );
    }

    private static JsonObject Summary(Execution execution)
    {
        var summary = new JsonObject
        {
            ["pipelineExecutionId"] = execution.Id,
            ["status"] = execution.Status.ToString(),
            ["startTime"] = Wire.Epoch(execution.Started),
            ["lastUpdateTime"] = Wire.Epoch(execution.Updated),
            ["sourceRevisions"] = Wire.Array(
                execution.Revisions.Select(revision => new JsonObject
                {
                    ["actionName"] = revision.ActionName,
                    ["revisionId"] = revision.RevisionId,
                    ["revisionSummary"] = revision.Summary,
                    ["revisionUrl"] = revision.Url,
                })
            ),
            ["trigger"] = Trigger(execution),
            ["executionMode"] = execution.Declaration.ExecutionMode,
            ["executionType"] = "STANDARD",
        };
        summary.Put("statusSummary", execution.StatusSummary);
        if (execution.StopReason is { } reason)
        {
            summary["stopTrigger"] = new JsonObject { ["reason"] = reason };
        }

        return summary;
    }

    private JsonObject Get(Caller caller, JsonObject input)
    {
        var pipeline = store.Require(caller, input.Text("pipelineName"));
        lock (pipeline.Gate)
        {
            var execution = ExecutionOperations.Require(pipeline, input);
            var answer = new JsonObject
            {
                ["pipelineName"] = pipeline.Name,
                ["pipelineVersion"] = execution.Declaration.Version,
                ["pipelineExecutionId"] = execution.Id,
                ["status"] = execution.Status.ToString(),
                ["artifactRevisions"] = Wire.Array(
                    execution.Revisions.Select(revision => new JsonObject
                    {
                        ["name"] = revision.ArtifactName,
                        ["revisionId"] = revision.RevisionId,
                        ["revisionChangeIdentifier"] = revision.ChangeIdentifier,
                        ["revisionSummary"] = revision.Summary,
                        ["created"] = Wire.Epoch(revision.Created),
                        ["revisionUrl"] = revision.Url,
                    })
                ),
                ["variables"] = Wire.Array(
                    execution.Variables.Select(one => new JsonObject
                    {
                        ["name"] = one.Key,
                        ["resolvedValue"] = one.Value,
                    })
                ),
                ["trigger"] = Trigger(execution),
                ["executionMode"] = execution.Declaration.ExecutionMode,
                ["executionType"] = "STANDARD",
            };
            answer.Put("statusSummary", execution.StatusSummary);
            return new JsonObject { ["pipelineExecution"] = answer };
        }
    }

    private JsonObject ListActions(Caller caller, JsonObject input)
    {
        var pipeline = store.Require(caller, input.Text("pipelineName"));
        lock (pipeline.Gate)
        {
            var filter = input["filter"]?.AsObject();
            var id =
                filter?.OptionalText("pipelineExecutionId")
                ?? filter?["latestInPipelineExecution"]?.AsObject().OptionalText("pipelineExecutionId");
            if (id is not null && pipeline.Executions.TrueForAll(one => one.Id != id))
            {
                throw new ServiceException(
                    "PipelineExecutionNotFoundException",
                    $"The pipeline '{pipeline.Name}' does not have an execution with id '{id}'"
                );
            }

            List<ActionExecution> actions =
            [
                .. pipeline.ActionExecutions.Where(one => id is null || one.Execution.Id == id),
            ];
            return Wire.Page(input, "actionExecutionDetails", actions, 100, ActionDetails.Write);
        }
    }

    private static JsonObject Trigger(Execution execution) =>
        new() { ["triggerType"] = execution.TriggerType, ["triggerDetail"] = execution.TriggerDetail };
}
