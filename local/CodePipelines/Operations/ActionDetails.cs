using System.Text.Json.Nodes;
using Mlops.Local.CodePipelines.Executions;
using Mlops.Local.CodePipelines.Protocol;

namespace Mlops.Local.CodePipelines.Operations;

/// <summary>An action's execution as ListActionExecutions has it.</summary>
internal static class ActionDetails
{
    public static JsonObject Write(ActionExecution run)
    {
        var details = new JsonObject
        {
            ["pipelineExecutionId"] = run.Execution.Id,
            ["actionExecutionId"] = run.Id,
            ["pipelineVersion"] = run.Execution.Declaration.Version,
            ["stageName"] = run.Stage.Name,
            ["actionName"] = run.Declaration.Name,
            ["startTime"] = Wire.Epoch(run.Started),
            ["lastUpdateTime"] = Wire.Epoch(run.Updated),
            ["status"] = run.Status.ToString(),
            ["input"] = Input(run),
            ["output"] = Output(run),
        };
        details.Put("updatedBy", run.UpdatedBy);
        return details;
    }

    public static JsonObject? Error(ActionExecution run) =>
        run.ErrorMessage is null
            ? null
            : new JsonObject { ["code"] = run.ErrorCode, ["message"] = Cut(run.ErrorMessage, 5000) };

    private static JsonObject Input(ActionExecution run)
    {
        var type = run.Declaration.Type;
        var input = new JsonObject
        {
            ["actionTypeId"] = new JsonObject
            {
                ["category"] = type.Category,
                ["owner"] = type.Owner,
                ["provider"] = type.Provider,
                ["version"] = type.Version,
            },
            ["configuration"] = Wire.Map(run.Declaration.Configuration),
            ["resolvedConfiguration"] = Wire.Map(run.Configuration),
            ["inputArtifacts"] = Artifacts(run.Inputs),
        };
        input.Put("roleArn", run.Declaration.RoleArn);
        input.Put("region", run.Declaration.Region);
        input.Put("namespace", run.Declaration.Namespace);
        return input;
    }

    private static JsonObject Output(ActionExecution run)
    {
        var result = new JsonObject();
        result.Put("externalExecutionId", run.ExternalId);
        result.Put("externalExecutionSummary", run.Summary is { Length: > 0 } summary ? summary : null);
        result.Put("externalExecutionUrl", run.ExternalUrl);
        result.Put("errorDetails", Error(run));
        return new JsonObject
        {
            ["outputArtifacts"] = Artifacts(run.Status == ActionStatus.Succeeded ? run.Outputs : []),
            ["executionResult"] = result,
            ["outputVariables"] = Wire.Map(run.OutputVariables),
        };
    }

    private static JsonArray Artifacts(IReadOnlyList<Artifact> artifacts) =>
        Wire.Array(
            artifacts.Select(artifact => new JsonObject
            {
                ["name"] = artifact.Name,
                ["s3location"] = new JsonObject { ["bucket"] = artifact.Bucket, ["key"] = artifact.Key },
            })
        );

    private static string Cut(string text, int length) => text.Length > length ? text[..length] : text;
}
