using System.Security.Cryptography;
using Mlops.Local.CodePipelines.Actions;
using Mlops.Local.CodePipelines.Aws;
using Mlops.Local.CodePipelines.Definitions;

namespace Mlops.Local.CodePipelines.Executions;

/// <summary>Runs the actions of a stage: run orders one after the other, the actions of one run order at once.</summary>
internal sealed class StageRunner(
    IReadOnlyDictionary<ActionTypeId, IActionRunner> runners,
    AwsAccess aws,
    Announcer announcer,
    TimeProvider clock
)
{
    /// <returns>Whether all actions succeeded.</returns>
    public async Task<bool> RunAsync(
        Pipeline pipeline,
        Execution execution,
        StageDeclaration stage,
        IReadOnlySet<string> done,
        CancellationToken cancellationToken
    )
    {
        foreach (var group in stage.Actions.GroupBy(action => action.RunOrder).OrderBy(group => group.Key))
        {
            lock (pipeline.Gate)
            {
                if (execution.Outdated || execution.Status == ExecutionStatus.Stopping)
                {
                    return false;
                }
            }

            var succeeded = await Task.WhenAll(
                group
                    .Where(action => !done.Contains(action.Name))
                    .Select(action => RunAsync(pipeline, execution, stage, action, cancellationToken))
            );
            if (succeeded.Contains(false))
            {
                return false;
            }
        }

        return true;
    }

    private async Task<bool> RunAsync(
        Pipeline pipeline,
        Execution execution,
        StageDeclaration stage,
        ActionDeclaration declaration,
        CancellationToken stopping
    )
    {
        var run = Begin(pipeline, execution, stage, declaration);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping, execution.Abandoned);
        try
        {
            lock (pipeline.Gate)
            {
                run.Configuration = declaration.Configuration.ToDictionary(
                    one => one.Key,
                    one => VariableReferences.Resolve(one.Value, (space, key) => Value(execution, space, key)),
                    StringComparer.Ordinal
                );
            }

            var runner =
                runners.GetValueOrDefault(declaration.Type)
                ?? throw new ActionFailedException(
                    "ConfigurationError",
                    $"The action type {declaration.Type} is not emulated locally yet"
                );
            await runner.RunAsync(new ActionContext(pipeline, run, aws, clock), ending.Token);
            return End(pipeline, run, ActionStatus.Succeeded, null, null);
        }
        catch (OperationCanceledException) when (execution.Abandoned.IsCancellationRequested)
        {
            return End(pipeline, run, ActionStatus.Abandoned, null, null);
        }
        catch (ActionFailedException e)
        {
            return End(pipeline, run, ActionStatus.Failed, e.Code, e.Message);
        }
        catch (AwsCallException e)
        {
            var code = e.Code.StartsWith("AccessDenied", StringComparison.Ordinal) ? "PermissionError" : "JobFailed";
            return End(pipeline, run, ActionStatus.Failed, code, $"{e.Message} ({e.Code})");
        }
        catch (Exception e)
            when (e
                    is Amazon.Runtime.AmazonServiceException
                        or Amazon.Runtime.AmazonClientException
                        or HttpRequestException
            )
        {
            return End(pipeline, run, ActionStatus.Failed, "JobFailed", e.Message);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A bug of the emulator must not leave the stage locked for ever: it is shown where the reader looks.
            return End(pipeline, run, ActionStatus.Failed, "SystemUnavailable", $"CodePipeline emulator: {e}");
        }
    }

    private ActionExecution Begin(
        Pipeline pipeline,
        Execution execution,
        StageDeclaration stage,
        ActionDeclaration declaration
    )
    {
        lock (pipeline.Gate)
        {
            var store = execution.Declaration.Store;
            var run = new ActionExecution(execution, stage, declaration, clock.GetUtcNow())
            {
                Inputs = [.. declaration.Inputs.Select(name => execution.Artifacts[name])],
                Outputs = [.. declaration.Outputs.Select(name => NewArtifact(pipeline.Name, name, store.Bucket))],
            };
            pipeline.Stage(stage.Name).Actions[declaration.Name] = run;
            pipeline.ActionExecutions.Insert(0, run);
            execution.Updated = clock.GetUtcNow();
            announcer.Action(pipeline, run, "STARTED");
            return run;
        }
    }

    private bool End(Pipeline pipeline, ActionExecution run, ActionStatus status, string? code, string? message)
    {
        lock (pipeline.Gate)
        {
            var execution = run.Execution;
            run.Status = status;
            run.Updated = execution.Updated = clock.GetUtcNow();
            (run.ErrorCode, run.ErrorMessage) = (code, message);
            run.Token = null;
            if (status == ActionStatus.Succeeded)
            {
                foreach (var artifact in run.Outputs)
                {
                    execution.Artifacts[artifact.Name] = artifact;
                }

                if (run.Declaration.Namespace is { } space)
                {
                    execution.Outputs[space] = run.OutputVariables;
                }
            }

            announcer.Action(pipeline, run, status.ToString().ToUpperInvariant());
            return status == ActionStatus.Succeeded;
        }
    }

    private static string Value(Execution execution, string space, string key) =>
        space switch
        {
            VariableReferences.ExecutionNamespace => execution.Id,
            VariableReferences.PipelineNamespace => execution.Variables[key],
            _ => execution.Outputs.GetValueOrDefault(space)?.GetValueOrDefault(key)
                ?? throw new ActionFailedException(
                    "ConfigurationError",
                    $"The variable #{{{space}.{key}}} has no value: no action of this execution made it"
                ),
        };

    /// <summary>Keys as the service makes them: 20 characters of the pipeline's name, 10 of the artifact's, 7 at random.</summary>
    private static Artifact NewArtifact(string pipeline, string name, string bucket)
    {
        var random = RandomNumberGenerator.GetString(
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
            7
        );
        return new Artifact(name, bucket, $"{Cut(pipeline, 20)}/{Cut(name, 10)}/{random}", RevisionId: null);
    }

    private static string Cut(string text, int length) => text.Length > length ? text[..length] : text;
}
