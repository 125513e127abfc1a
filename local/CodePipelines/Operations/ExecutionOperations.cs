using System.Text.Json.Nodes;
using Mlops.Local.CodePipelines.Definitions;
using Mlops.Local.CodePipelines.Executions;
using Mlops.Local.CodePipelines.Protocol;

namespace Mlops.Local.CodePipelines.Operations;

/// <summary>Executions: start, stop, retry.</summary>
internal sealed class ExecutionOperations(PipelineStore store, ExecutionEngine engine)
{
    public IEnumerable<KeyValuePair<string, Operation>> All =>
        [
            new("StartPipelineExecution", Operation.Of(RequestShapes.StartPipelineExecution, Start)),
            new("StopPipelineExecution", Operation.Of(RequestShapes.StopPipelineExecution, Stop)),
            new("RetryStageExecution", Operation.Of(RequestShapes.RetryStageExecution, Retry)),
        ];

    /// <summary>The execution named by a request's <c>pipelineExecutionId</c>. The caller holds the pipeline's lock.</summary>
    /// <exception cref="ServiceException">PipelineExecutionNotFoundException.</exception>
    public static Execution Require(Pipeline pipeline, JsonObject input)
    {
        var id = input.Text("pipelineExecutionId");
        return pipeline.Executions.Find(one => one.Id == id)
            ?? throw new ServiceException(
                "PipelineExecutionNotFoundException",
                $"The pipeline '{pipeline.Name}' does not have an execution with id '{id}'"
            );
    }

    /// <summary>The same client request token again answers with the execution that it started before.</summary>
    private JsonObject Start(Caller caller, JsonObject input)
    {
        var pipeline = store.Require(caller, input.Text("name"));
        lock (pipeline.Gate)
        {
            var token = input.OptionalText("clientRequestToken");
            if (token is null || !pipeline.Starts.TryGetValue(token, out var execution))
            {
                var overrides = Overrides(pipeline.Declaration, input);
                var variables = Variables(pipeline.Declaration, input);
                execution = engine.Start(pipeline, "StartPipelineExecution", caller.Arn, overrides, variables);
                if (token is not null)
                {
                    pipeline.Starts[token] = execution;
                }
            }

            return new JsonObject { ["pipelineExecutionId"] = execution.Id };
        }
    }

    private static List<RevisionOverride> Overrides(PipelineDeclaration declaration, JsonObject input)
    {
        var overrides = new List<RevisionOverride>();
        foreach (var revision in input["sourceRevisions"]?.AsArray().OfType<JsonObject>() ?? [])
        {
            var one = new RevisionOverride(
                revision.Text("actionName"),
                revision.Text("revisionType"),
                revision.Text("revisionValue")
            );
            var action =
                declaration.Stages[0].Actions.FirstOrDefault(action => action.Name == one.ActionName)
                ?? throw Invalid(
                    $"The source revision names '{one.ActionName}', which is not a source action of the pipeline"
                );
            RequireOverridable(declaration, action, one);
            overrides.Add(one);
        }

        return overrides;
    }

    private static void RequireOverridable(
        PipelineDeclaration declaration,
        ActionDeclaration action,
        RevisionOverride one
    )
    {
        var fits = action.Type.Provider switch
        {
            "S3" => one.Type is "S3_OBJECT_VERSION_ID" or "S3_OBJECT_KEY",
            "CodeCommit" or "CodeStarSourceConnection" => one.Type is "COMMIT_ID",
            _ => false,
        };
        if (!fits)
        {
            throw Invalid(
                $"The source action '{action.Name}' ({action.Type.Provider}) takes no revision of type {one.Type}"
            );
        }

        if (declaration.PipelineType != "V2")
        {
            throw Invalid("Source revision overrides need a pipeline of type V2");
        }

        if (
            one.Type == "S3_OBJECT_KEY"
            && action.Configuration.GetValueOrDefault("AllowOverrideForS3ObjectKey") != "true"
        )
        {
            throw Invalid($"The source action '{action.Name}' does not set AllowOverrideForS3ObjectKey to true");
        }
    }

    private static Dictionary<string, string> Variables(PipelineDeclaration declaration, JsonObject input)
    {
        var given = (input["variables"]?.AsArray().OfType<JsonObject>() ?? []).ToDictionary(
            one => one.Text("name"),
            one => one.Text("value"),
            StringComparer.Ordinal
        );
        if (given.Keys.Except(declaration.Variables.Select(one => one.Name)).FirstOrDefault() is { } unknown)
        {
            throw Invalid($"The pipeline does not declare the variable '{unknown}'");
        }

        return declaration.Variables.ToDictionary(
            one => one.Name,
            one =>
                given.GetValueOrDefault(one.Name)
                ?? one.Default
                ?? throw Invalid($"The variable '{one.Name}' has no value"),
            StringComparer.Ordinal
        );
    }

    private JsonObject Stop(Caller caller, JsonObject input)
    {
        var pipeline = store.Require(caller, input.Text("pipelineName"));
        var abandon = input["abandon"]?.GetValue<bool>() ?? false;
        lock (pipeline.Gate)
        {
            var execution = Require(pipeline, input);
            if (execution.IsOver)
            {
                throw new ServiceException(
                    "PipelineExecutionNotStoppableException",
                    $"The execution '{execution.Id}' is {execution.Status}: only one in progress can be stopped"
                );
            }

            if (execution.Status == ExecutionStatus.Stopping && !abandon)
            {
                throw new ServiceException(
                    "DuplicatedStopRequestException",
                    $"The execution '{execution.Id}' is stopping already"
                );
            }

            execution.StopReason = input.OptionalText("reason");
            engine.Stop(pipeline, execution, abandon);
            return new JsonObject { ["pipelineExecutionId"] = execution.Id };
        }
    }

    private JsonObject Retry(Caller caller, JsonObject input)
    {
        var pipeline = store.Require(caller, input.Text("pipelineName"));
        var stageName = input.Text("stageName");
        lock (pipeline.Gate)
        {
            StateOperations.RequireStage(pipeline, stageName);
            var stage = pipeline.Stage(stageName);
            if (stage.Latest?.Execution.Id != input.Text("pipelineExecutionId"))
            {
                throw new ServiceException(
                    "NotLatestPipelineExecutionException",
                    $"The execution '{input.Text("pipelineExecutionId")}' is not the latest in stage '{stageName}'"
                );
            }

            var (run, execution) = (stage.Latest, stage.Latest.Execution);
            if (run.Status is not (ExecutionStatus.Failed or ExecutionStatus.Stopped) || !execution.IsOver)
            {
                throw NotRetryable(
                    $"Stage '{stageName}' is {run.Status}: only a failed or stopped stage can be retried"
                );
            }

            if (execution.Declaration.Version != pipeline.Declaration.Version)
            {
                throw NotRetryable(
                    $"Stage '{stageName}' was run with version {execution.Declaration.Version} of the pipeline, which is now at version {pipeline.Declaration.Version}"
                );
            }

            if (stage.Occupant is not null || execution.Abandoned.IsCancellationRequested)
            {
                throw NotRetryable(
                    $"Stage '{stageName}' cannot be retried: another execution is in it, or this one was abandoned"
                );
            }

            var done =
                input.Text("retryMode") == "FAILED_ACTIONS"
                    ? stage.Actions.Values.Where(one =>
                        one.Execution == execution && one.Status == ActionStatus.Succeeded
                    )
                    : [];
            engine.Retry(
                pipeline,
                execution,
                done.Select(one => one.Declaration.Name).ToHashSet(StringComparer.Ordinal)
            );
            return new JsonObject { ["pipelineExecutionId"] = execution.Id };
        }
    }

    private static ServiceException Invalid(string message) => new("ValidationException", message);

    private static ServiceException NotRetryable(string message) => new("StageNotRetryableException", message);
}
