using System.Text.Json.Nodes;
using Mlops.Local.CodePipelines.Definitions;
using Mlops.Local.CodePipelines.Executions;
using Mlops.Local.CodePipelines.Protocol;

namespace Mlops.Local.CodePipelines.Operations;

/// <summary>GetPipelineState, and opening and closing the way into a stage.</summary>
internal sealed class StateOperations(PipelineStore store, ExecutionEngine engine, TimeProvider clock)
{
    public IEnumerable<KeyValuePair<string, Operation>> All =>
        [
            new("GetPipelineState", Operation.Of(RequestShapes.OnePipeline, Get)),
            new("EnableStageTransition", Operation.Of(RequestShapes.EnableStageTransition, Enable)),
            new("DisableStageTransition", Operation.Of(RequestShapes.DisableStageTransition, Disable)),
        ];

    /// <exception cref="ServiceException">StageNotFoundException.</exception>
    public static void RequireStage(Pipeline pipeline, string stage)
    {
        if (pipeline.Declaration.Stages.All(one => one.Name != stage))
        {
            throw new ServiceException(
                "StageNotFoundException",
                $"The pipeline '{pipeline.Name}' does not have a stage with name '{stage}'"
            );
        }
    }

    private JsonObject Get(Caller caller, JsonObject input)
    {
        var pipeline = store.Require(caller, input.Text("name"));
        lock (pipeline.Gate)
        {
            return new JsonObject
            {
                ["pipelineName"] = pipeline.Name,
                ["pipelineVersion"] = pipeline.Declaration.Version,
                ["stageStates"] = Wire.Array(pipeline.Declaration.Stages.Select(stage => Stage(pipeline, stage))),
                ["created"] = Wire.Epoch(pipeline.Created),
                ["updated"] = Wire.Epoch(pipeline.Updated),
            };
        }
    }

    private static JsonObject Stage(Pipeline pipeline, StageDeclaration declaration)
    {
        var stage = pipeline.Stage(declaration.Name);
        var state = new JsonObject { ["stageName"] = declaration.Name };
        if (stage.Inbound is [.., var newest])
        {
            state["inboundExecution"] = Reference(newest, ExecutionStatus.InProgress);
        }

        state["inboundExecutions"] = Wire.Array(
            stage.Inbound.Select(one => Reference(one, ExecutionStatus.InProgress))
        );
        state["inboundTransitionState"] = Transition(stage.Block);
        state["actionStates"] = Wire.Array(
            declaration.Actions.Select(action => Action(action, stage.Actions.GetValueOrDefault(action.Name)))
        );
        if (stage.Latest is { } latest)
        {
            var status = latest is { Status: ExecutionStatus.InProgress, Execution.Status: ExecutionStatus.Stopping }
                ? ExecutionStatus.Stopping
                : latest.Status;
            state["latestExecution"] = Reference(latest.Execution, status);
            if (latest.Retries > 0)
            {
                state["retryStageMetadata"] = new JsonObject
                {
                    ["manualStageRetryAttempt"] = latest.Retries,
                    ["latestRetryTrigger"] = "ManualStageRetry",
                };
            }
        }

        return state;
    }

    private static JsonObject Transition(TransitionBlock? block)
    {
        var state = new JsonObject { ["enabled"] = block is null };
        if (block is not null)
        {
            state["lastChangedBy"] = block.By;
            state["lastChangedAt"] = Wire.Epoch(block.At);
            state["disabledReason"] = block.Reason;
        }

        return state;
    }

    private static JsonObject Action(ActionDeclaration declaration, ActionExecution? run)
    {
        var state = new JsonObject { ["actionName"] = declaration.Name };
        if (run is null)
        {
            return state;
        }

        if (run.Revision is { } revision)
        {
            state["currentRevision"] = new JsonObject
            {
                ["revisionId"] = revision.RevisionId,
                ["revisionChangeId"] = revision.ChangeIdentifier,
                ["created"] = Wire.Epoch(revision.Created),
            };
            state["revisionUrl"] = revision.Url;
        }

        var latest = new JsonObject
        {
            ["actionExecutionId"] = run.Id,
            ["status"] = run.Status.ToString(),
            ["lastStatusChange"] = Wire.Epoch(run.Updated),
        };
        latest.Put("summary", run.Summary is { Length: > 0 } summary ? summary : null);
        latest.Put("token", run.Token);
        latest.Put("lastUpdatedBy", run.UpdatedBy);
        latest.Put("externalExecutionId", run.ExternalId);
        latest.Put("externalExecutionUrl", run.ExternalUrl);
        latest.Put("percentComplete", run.PercentComplete);
        latest.Put("errorDetails", ActionDetails.Error(run));
        state["latestExecution"] = latest;
        state.Put("entityUrl", run.Configuration.GetValueOrDefault("ExternalEntityLink"));
        return state;
    }

    private static JsonObject Reference(Execution execution, ExecutionStatus status) =>
        new()
        {
            ["pipelineExecutionId"] = execution.Id,
            ["status"] = status.ToString(),
            ["type"] = "STANDARD",
        };

    private JsonObject? Enable(Caller caller, JsonObject input)
    {
        Change(caller, input, null);
        return null;
    }

    private JsonObject? Disable(Caller caller, JsonObject input)
    {
        Change(caller, input, new TransitionBlock(input.Text("reason"), caller.Arn, clock.GetUtcNow()));
        return null;
    }

    private void Change(Caller caller, JsonObject input, TransitionBlock? block)
    {
        var pipeline = store.Require(caller, input.Text("pipelineName"));
        var stage = input.Text("stageName");
        lock (pipeline.Gate)
        {
            RequireStage(pipeline, stage);
            if (input.Text("transitionType") == "Outbound")
            {
                throw new ServiceException("ValidationException", "Outbound transitions are not emulated locally");
            }

            pipeline.Stage(stage).Block = block;
            engine.Admit(pipeline, stage);
        }
    }
}
