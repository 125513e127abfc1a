using Mlops.Local.CodePipelines.Definitions;

namespace Mlops.Local.CodePipelines.Executions;

/// <summary>A pipeline of one account and region with everything that has happened to it. <see cref="Gate"/> guards all of it.</summary>
internal sealed class Pipeline(string account, string region, PipelineDeclaration declaration, DateTimeOffset created)
{
    private readonly Dictionary<string, StageState> stages = new(StringComparer.Ordinal);

    public Lock Gate { get; } = new();

    public string Account { get; } = account;

    public string Region { get; } = region;

    public string Name { get; } = declaration.Name;

    public string Arn { get; } = $"arn:aws:codepipeline:{region}:{account}:{declaration.Name}";

    public DateTimeOffset Created { get; } = created;

    public DateTimeOffset Updated { get; private set; } = created;

    /// <summary>Every version of the structure, oldest first.</summary>
    public List<PipelineDeclaration> Versions { get; } = [declaration];

    public PipelineDeclaration Declaration => Versions[^1];

    public SortedDictionary<string, string> Tags { get; } = new(StringComparer.Ordinal);

    /// <summary>Newest first, as the service lists them.</summary>
    public List<Execution> Executions { get; } = [];

    /// <summary>Newest first, as the service lists them.</summary>
    public List<ActionExecution> ActionExecutions { get; } = [];

    /// <summary>Executions by the client's token: the same token again starts nothing.</summary>
    public Dictionary<string, Execution> Starts { get; } = new(StringComparer.Ordinal);

    /// <summary>Approvals that wait, by token.</summary>
    public Dictionary<string, TaskCompletionSource<ApprovalDecision>> Approvals { get; } = new(StringComparer.Ordinal);

    /// <summary>By the ARN of a change set: the stack and its newest event when the change set was made.</summary>
    public Dictionary<string, string> StacksOfChangeSets { get; } = new(StringComparer.Ordinal);

    public bool Deleted { get; set; }

    public StageState Stage(string name)
    {
        if (!stages.TryGetValue(name, out var stage))
        {
            stages[name] = stage = new StageState();
        }

        return stage;
    }

    public void Replace(PipelineDeclaration newer, DateTimeOffset now)
    {
        Versions.Add(newer);
        Updated = now;
    }
}

/// <summary>What somebody decided about a manual approval.</summary>
internal sealed record ApprovalDecision(bool Approved, string Summary, string By);

/// <summary>A stage of a pipeline. It keeps its state when the structure is updated and it is still there.</summary>
internal sealed class StageState
{
    /// <summary>The execution that runs in it. While there is one, the stage is locked.</summary>
    public Execution? Occupant { get; set; }

    /// <summary>Executions that wait to enter, oldest first; one at most when executions supersede each other.</summary>
    public List<Execution> Inbound { get; } = [];

    public TransitionBlock? Block { get; set; }

    public StageRun? Latest { get; set; }

    /// <summary>The latest run of each action, by name, of whichever execution.</summary>
    public Dictionary<string, ActionExecution> Actions { get; } = new(StringComparer.Ordinal);
}

/// <summary>Somebody closed the way into a stage.</summary>
internal sealed record TransitionBlock(string Reason, string By, DateTimeOffset At);

/// <summary>The latest run of a stage.</summary>
internal sealed class StageRun(Execution execution)
{
    public Execution Execution { get; } = execution;

    public ExecutionStatus Status { get; set; } = ExecutionStatus.InProgress;

    /// <summary>How often somebody has retried it.</summary>
    public int Retries { get; set; }
}
