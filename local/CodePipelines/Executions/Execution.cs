using Mlops.Local.CodePipelines.Definitions;

namespace Mlops.Local.CodePipelines.Executions;

/// <summary>An artifact of one execution: where its zip is, and which revision of the source it came from.</summary>
internal sealed record Artifact(string Name, string Bucket, string Key, string? RevisionId);

/// <summary>The revision that a source action took.</summary>
internal sealed record SourceRevision(
    string ActionName,
    string ArtifactName,
    string RevisionId,
    string ChangeIdentifier,
    string Summary,
    string Url,
    DateTimeOffset Created
);

/// <summary>What somebody who starts an execution may ask for instead of the newest revision.</summary>
internal sealed record RevisionOverride(string ActionName, string Type, string Value);

/// <summary>One run of a pipeline. Guarded by the lock of its <see cref="Pipeline"/>.</summary>
internal sealed class Execution(
    long sequence,
    PipelineDeclaration declaration,
    string triggerType,
    string triggerDetail,
    DateTimeOffset started
) : IDisposable
{
    private readonly CancellationTokenSource abandoned = new();

    /// <summary>Rises with each start: the newer of two executions has the higher one.</summary>
    public long Sequence { get; } = sequence;

    public string Id { get; } = Guid.NewGuid().ToString();

    /// <summary>The structure as it was at the start; its version is the execution's.</summary>
    public PipelineDeclaration Declaration { get; } = declaration;

    public string TriggerType { get; } = triggerType;

    public string TriggerDetail { get; } = triggerDetail;

    public DateTimeOffset Started { get; } = started;

    public DateTimeOffset Updated { get; set; } = started;

    public ExecutionStatus Status { get; set; } = ExecutionStatus.InProgress;

    public string? StatusSummary { get; set; }

    public string? StopReason { get; set; }

    /// <summary>The structure was updated while this ran: its running actions end, then it fails.</summary>
    public bool Outdated { get; set; }

    /// <summary>1, and one more with each retry of a stage.</summary>
    public int Attempt { get; set; } = 1;

    /// <summary>The index of the stage that it runs in, waits at or ended in.</summary>
    public int StageIndex { get; set; }

    public IReadOnlyList<RevisionOverride> Overrides { get; init; } = [];

    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    public Dictionary<string, Artifact> Artifacts { get; } = new(StringComparer.Ordinal);

    public List<SourceRevision> Revisions { get; } = [];

    /// <summary>Output variables by namespace.</summary>
    public Dictionary<string, IReadOnlyDictionary<string, string>> Outputs { get; } = new(StringComparer.Ordinal);

    /// <summary>Change sets (stack and name) without changes: CodePipeline takes making and executing them as success.</summary>
    public HashSet<(string Stack, string ChangeSet)> EmptyChangeSets { get; } = [];

    /// <summary>Set when the execution is stopped without waiting for its actions.</summary>
    public CancellationToken Abandoned => abandoned.Token;

    public bool IsOver => Status is not (ExecutionStatus.InProgress or ExecutionStatus.Stopping);

    public StageDeclaration Stage => Declaration.Stages[StageIndex];

    public void Abandon() => abandoned.Cancel();

    public void Dispose() => abandoned.Dispose();
}

internal enum ExecutionStatus
{
    InProgress,
    Stopping,
    Stopped,
    Succeeded,
    Superseded,
    Failed,
}
