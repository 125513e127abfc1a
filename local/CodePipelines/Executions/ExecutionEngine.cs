using Mlops.Local.CodePipelines.Definitions;
using Mlops.Local.CodePipelines.Protocol;
using Mlops.Local.Hosting;

namespace Mlops.Local.CodePipelines.Executions;

/// <summary>
/// Moves executions through their stages. A stage is locked by the execution in it; who comes meanwhile waits before
/// it, and in mode SUPERSEDED a newer one that arrives there takes the place of an older one that waits.
/// </summary>
internal sealed class ExecutionEngine(StageRunner stages, Announcer announcer, TimeProvider clock, BackgroundWork work)
{
    private long sequence;

    public Execution Start(
        Pipeline pipeline,
        string triggerType,
        string triggerDetail,
        IReadOnlyList<RevisionOverride> overrides,
        IReadOnlyDictionary<string, string> variables
    )
    {
        lock (pipeline.Gate)
        {
            var execution = new Execution(
                Interlocked.Increment(ref sequence),
                pipeline.Declaration,
                triggerType,
                triggerDetail,
                clock.GetUtcNow()
            )
            {
                Overrides = overrides,
                Variables = variables,
            };
            pipeline.Executions.Insert(0, execution);
            announcer.Execution(pipeline, execution, "STARTED");
            Arrive(pipeline, execution);
            return execution;
        }
    }

    /// <summary>Runs a failed stage again, for the same execution.</summary>
    /// <param name="pipeline">Whose lock the caller holds.</param>
    /// <param name="execution">The latest execution in the stage; it failed there.</param>
    /// <param name="done">Actions that are not run again.</param>
    public void Retry(Pipeline pipeline, Execution execution, IReadOnlySet<string> done)
    {
        var stage = pipeline.Stage(execution.Stage.Name);
        var retries = (stage.Latest?.Retries ?? 0) + 1;
        execution.Attempt++;
        execution.StatusSummary = null;
        SetStatus(execution, ExecutionStatus.InProgress);
        announcer.Execution(pipeline, execution, "RESUMED");
        announcer.Stage(pipeline, execution, execution.Stage.Name, "RESUMED");
        Enter(pipeline, stage, execution, done, retries);
    }

    /// <summary>Stops an execution; <paramref name="abandon"/> does not wait for its running actions.</summary>
    public void Stop(Pipeline pipeline, Execution execution, bool abandon)
    {
        var stage = pipeline.Stage(execution.Stage.Name);
        if (stage.Inbound.Remove(execution))
        {
            End(pipeline, execution, ExecutionStatus.Stopped);
            return;
        }

        SetStatus(execution, ExecutionStatus.Stopping);
        announcer.Execution(pipeline, execution, "STOPPING");
        announcer.Stage(pipeline, execution, execution.Stage.Name, "STOPPING");
        if (abandon)
        {
            execution.Abandon();
        }
    }

    /// <summary>A new structure: running actions end, then their executions fail; those that wait fail at once.</summary>
    public void Outdate(Pipeline pipeline)
    {
        foreach (var execution in pipeline.Executions.Where(one => !one.IsOver).ToList())
        {
            execution.Outdated = true;
            execution.StatusSummary = "The pipeline was updated while this execution ran or waited.";
            if (pipeline.Stage(execution.Stage.Name).Inbound.Remove(execution))
            {
                End(pipeline, execution, ExecutionStatus.Failed);
            }
        }

        foreach (var approval in pipeline.Approvals.Values)
        {
            approval.TrySetException(new ActionFailedException("JobFailed", "The pipeline was updated."));
        }
    }

    /// <summary>Lets in who waits, where the way is free.</summary>
    public void Admit(Pipeline pipeline, string stageName)
    {
        var stage = pipeline.Stage(stageName);
        if (stage is { Occupant: null, Block: null, Inbound: [var first, ..] })
        {
            stage.Inbound.RemoveAt(0);
            announcer.Stage(pipeline, first, stageName, "STARTED");
            Enter(pipeline, stage, first, new HashSet<string>(), retries: 0);
        }
    }

    private void Arrive(Pipeline pipeline, Execution execution)
    {
        var stage = pipeline.Stage(execution.Stage.Name);
        if (execution.Declaration.Supersedes && stage.Inbound is [var waiting, ..])
        {
            var (older, newer) = waiting.Sequence < execution.Sequence ? (waiting, execution) : (execution, waiting);
            stage.Inbound.Clear();
            stage.Inbound.Add(newer);
            End(pipeline, older, ExecutionStatus.Superseded);
        }
        else
        {
            stage.Inbound.Add(execution);
        }

        Admit(pipeline, execution.Stage.Name);
    }

    private void Enter(Pipeline pipeline, StageState stage, Execution execution, IReadOnlySet<string> done, int retries)
    {
        var run = new StageRun(execution) { Retries = retries };
        stage.Occupant = execution;
        stage.Latest = run;
        execution.Updated = clock.GetUtcNow();
        work.Run(async cancellationToken =>
        {
            var succeeded = await stages.RunAsync(pipeline, execution, execution.Stage, done, cancellationToken);
            lock (pipeline.Gate)
            {
                Leave(pipeline, stage, run, succeeded);
            }
        });
    }

    private void Leave(Pipeline pipeline, StageState stage, StageRun run, bool succeeded)
    {
        var execution = run.Execution;
        var name = execution.Stage.Name;
        run.Status = execution switch
        {
            { Status: ExecutionStatus.Stopping } => ExecutionStatus.Stopped,
            { Outdated: true } => ExecutionStatus.Failed,
            _ => succeeded ? ExecutionStatus.Succeeded : ExecutionStatus.Failed,
        };
        announcer.Stage(pipeline, execution, name, run.Status.ToString().ToUpperInvariant());
        stage.Occupant = null;

        if (run.Status != ExecutionStatus.Succeeded || execution.StageIndex == execution.Declaration.Stages.Count - 1)
        {
            End(pipeline, execution, run.Status);
        }
        else
        {
            execution.StageIndex++;
            Arrive(pipeline, execution);
        }

        if (!pipeline.Deleted)
        {
            Admit(pipeline, name);
        }
    }

    private void End(Pipeline pipeline, Execution execution, ExecutionStatus status)
    {
        SetStatus(execution, status);
        announcer.Execution(pipeline, execution, status.ToString().ToUpperInvariant());
    }

    private void SetStatus(Execution execution, ExecutionStatus status)
    {
        execution.Status = status;
        execution.Updated = clock.GetUtcNow();
    }
}
