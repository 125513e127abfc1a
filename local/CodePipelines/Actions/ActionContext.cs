using Mlops.Local.CodePipelines.Aws;
using Mlops.Local.CodePipelines.Executions;

namespace Mlops.Local.CodePipelines.Actions;

/// <summary>One action that runs: what it was given, and where it leaves what comes of it.</summary>
internal sealed class ActionContext(Pipeline pipeline, ActionExecution run, AwsAccess aws, TimeProvider clock)
{
    public Pipeline Pipeline { get; } = pipeline;

    public ActionExecution Run { get; } = run;

    public Execution Execution => Run.Execution;

    public TimeProvider Clock { get; } = clock;

    /// <summary>The configuration with its variables' values.</summary>
    public IReadOnlyDictionary<string, string> Configuration => Run.Configuration;

    public string? Optional(string key) => Configuration.GetValueOrDefault(key);

    /// <summary>A session of the pipeline's own role, which owns the artifact store.</summary>
    public Task<RoleSession> AsPipelineAsync(CancellationToken cancellationToken) =>
        aws.AssumeAsync(Execution.Declaration.RoleArn, Pipeline.Region, cancellationToken);

    /// <summary>A session of the action's role, or of the pipeline's where the action has none.</summary>
    public Task<RoleSession> AsActionAsync(CancellationToken cancellationToken) =>
        aws.AssumeAsync(Run.Declaration.RoleArn ?? Execution.Declaration.RoleArn, Pipeline.Region, cancellationToken);

    /// <summary>Leaves something in the action's execution, seen by everybody at once.</summary>
    public void Report(Action<ActionExecution> change)
    {
        lock (Pipeline.Gate)
        {
            change(Run);
            Run.Updated = Clock.GetUtcNow();
        }
    }
}
