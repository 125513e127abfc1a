using System.Text;
using System.Text.Json.Nodes;
using Mlops.Local.CodePipelines.Actions;
using Mlops.Local.CodePipelines.Executions;
using Mlops.Local.CodePipelines.Protocol;

namespace Mlops.Local.CodePipelines.Operations;

/// <summary>What running actions wait for: results of jobs and decisions about approvals.</summary>
internal sealed class AnswerOperations(PipelineStore store, Jobs jobs, TimeProvider clock)
{
    /// <summary>Quotas: "maximum size of all output variables combined for an action", in bytes.</summary>
    private const int MaximumVariables = 122_880;

    public IEnumerable<KeyValuePair<string, Operation>> All =>
        [
            new("PutJobSuccessResult", Operation.Of(RequestShapes.PutJobSuccessResult, Succeed)),
            new("PutJobFailureResult", Operation.Of(RequestShapes.PutJobFailureResult, Fail)),
            new("PutApprovalResult", Operation.Of(RequestShapes.PutApprovalResult, Decide)),
        ];

    private JsonObject? Succeed(Caller caller, JsonObject input)
    {
        var token = input.OptionalText("continuationToken");
        var variables = (input["outputVariables"]?.AsObject() ?? []).ToDictionary(
            one => one.Key,
            one => one.Value!.GetValue<string>(),
            StringComparer.Ordinal
        );
        if (
            variables.Sum(one => Encoding.UTF8.GetByteCount(one.Key) + Encoding.UTF8.GetByteCount(one.Value))
            > MaximumVariables
        )
        {
            throw new ServiceException(
                "OutputVariablesSizeExceededException",
                $"The output variables have more than {MaximumVariables} bytes"
            );
        }

        if (token is not null && variables.Count > 0)
        {
            throw new ServiceException(
                "ValidationException",
                "Output variables may be given only when there is no continuation token"
            );
        }

        var details = input["executionDetails"]?.AsObject() ?? [];
        jobs.Answer(
            input.Text("jobId"),
            new JobAnswer.Success(
                token,
                details.OptionalText("summary"),
                details.OptionalText("externalExecutionId"),
                details["percentComplete"]?.GetValue<int>(),
                variables
            )
        );
        return null;
    }

    private JsonObject? Fail(Caller caller, JsonObject input)
    {
        var details = input["failureDetails"]!.AsObject();
        jobs.Answer(
            input.Text("jobId"),
            new JobAnswer.Failure(
                details.Text("type"),
                details.Text("message"),
                details.OptionalText("externalExecutionId")
            )
        );
        return null;
    }

    private JsonObject Decide(Caller caller, JsonObject input)
    {
        var pipeline = store.Require(caller, input.Text("pipelineName"));
        var (stageName, actionName, token) = (input.Text("stageName"), input.Text("actionName"), input.Text("token"));
        lock (pipeline.Gate)
        {
            StateOperations.RequireStage(pipeline, stageName);
            var declared = pipeline.Declaration.Stages.First(stage => stage.Name == stageName).Actions;
            if (!declared.Any(action => action.Name == actionName && action.Type.Category == "Approval"))
            {
                throw new ServiceException(
                    "ActionNotFoundException",
                    $"Stage '{stageName}' does not have an approval action with name '{actionName}'"
                );
            }

            var run = pipeline.Stage(stageName).Actions.GetValueOrDefault(actionName);
            if (run is { Status: not ActionStatus.InProgress })
            {
                throw Completed(actionName);
            }

            if (run?.Token != token)
            {
                throw new ServiceException(
                    "InvalidApprovalTokenException",
                    $"The token is not that of the approval that waits in action '{actionName}'"
                );
            }

            var result = input["result"]!.AsObject();
            var decision = new ApprovalDecision(
                result.Text("status") == "Approved",
                result.Text("summary"),
                caller.Arn
            );
            return pipeline.Approvals.GetValueOrDefault(token)?.TrySetResult(decision) is true
                ? new JsonObject { ["approvedAt"] = Wire.Epoch(clock.GetUtcNow()) }
                : throw Completed(actionName);
        }
    }

    private static ServiceException Completed(string action) =>
        new("ApprovalAlreadyCompletedException", $"The approval action '{action}' was decided already");
}
