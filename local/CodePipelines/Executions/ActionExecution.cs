using Mlops.Local.CodePipelines.Definitions;

namespace Mlops.Local.CodePipelines.Executions;

/// <summary>One run of an action. Guarded by the lock of its <see cref="Pipeline"/>.</summary>
internal sealed class ActionExecution(
    Execution execution,
    StageDeclaration stage,
    ActionDeclaration declaration,
    DateTimeOffset started
)
{
    public string Id { get; } = Guid.NewGuid().ToString();

    public Execution Execution { get; } = execution;

    public StageDeclaration Stage { get; } = stage;

    public ActionDeclaration Declaration { get; } = declaration;

    public DateTimeOffset Started { get; } = started;

    public DateTimeOffset Updated { get; set; } = started;

    public ActionStatus Status { get; set; } = ActionStatus.InProgress;

    /// <summary>The configuration with its variables' values; empty until they are resolved.</summary>
    public IReadOnlyDictionary<string, string> Configuration { get; set; } = new Dictionary<string, string>();

    public IReadOnlyList<Artifact> Inputs { get; set; } = [];

    /// <summary>Where the outputs go, decided before the action runs.</summary>
    public IReadOnlyList<Artifact> Outputs { get; set; } = [];

    public IReadOnlyDictionary<string, string> OutputVariables { get; set; } = new Dictionary<string, string>();

    public SourceRevision? Revision { get; set; }

    public string? Summary { get; set; }

    public string? ErrorCode { get; set; }

    public string? ErrorMessage { get; set; }

    public string? ExternalId { get; set; }

    public string? ExternalUrl { get; set; }

    public int? PercentComplete { get; set; }

    /// <summary>What answers a manual approval that waits; null for everything else.</summary>
    public string? Token { get; set; }

    /// <summary>The ARN of whoever decided a manual approval.</summary>
    public string? UpdatedBy { get; set; }
}

internal enum ActionStatus
{
    InProgress,
    Abandoned,
    Succeeded,
    Failed,
}
