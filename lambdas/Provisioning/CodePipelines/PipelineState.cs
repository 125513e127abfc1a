using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mlops.Provisioning.CodePipelines;

/// <summary>What CodePipeline's <c>GetPipelineState</c> says, under the same names; what is absent there is absent here.</summary>
public sealed record PipelineState
{
    /// <summary>The pipeline.</summary>
    public required string PipelineName { get; init; }

    /// <summary>Raised by every update.</summary>
    public int? PipelineVersion { get; init; }

    /// <summary>One per stage, in order.</summary>
    public IReadOnlyList<StageState> StageStates { get; init; } = [];

    /// <summary>When the pipeline was made.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>When it was last updated.</summary>
    public DateTimeOffset? Updated { get; init; }

    /// <summary>JSON as the predecessor answers it: CodePipeline's names, indented by four, times as ISO text.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, PipelineStateJson.Default.PipelineState);
}

/// <summary>State of a stage.</summary>
public sealed record StageState
{
    /// <summary>Its name.</summary>
    public required string StageName { get; init; }

    /// <summary>Executions that wait to enter, the newest last; absent where there is none.</summary>
    public IReadOnlyList<StageExecution>? InboundExecutions { get; init; }

    /// <summary>Whether executions may enter.</summary>
    public TransitionState? InboundTransitionState { get; init; }

    /// <summary>One per action.</summary>
    public IReadOnlyList<ActionState> ActionStates { get; init; } = [];

    /// <summary>The newest execution in this stage.</summary>
    public StageExecution? LatestExecution { get; init; }
}

/// <summary>Whether executions may enter a stage.</summary>
/// <param name="Enabled">They may.</param>
/// <param name="DisabledReason">Why not, in somebody's words.</param>
public sealed record TransitionState(bool Enabled, string? DisabledReason = null);

/// <summary>An execution in a stage.</summary>
/// <param name="PipelineExecutionId">Which.</param>
/// <param name="Status">As CodePipeline writes it.</param>
public sealed record StageExecution(string PipelineExecutionId, string Status);

/// <summary>State of an action.</summary>
public sealed record ActionState
{
    /// <summary>Its name.</summary>
    public required string ActionName { get; init; }

    /// <summary>What it works on.</summary>
    public ActionRevision? CurrentRevision { get; init; }

    /// <summary>Its newest execution.</summary>
    public ActionExecution? LatestExecution { get; init; }

    /// <summary>Page of what it works with.</summary>
    public string? EntityUrl { get; init; }

    /// <summary>Page of its revision.</summary>
    public string? RevisionUrl { get; init; }
}

/// <summary>A revision that an action works on.</summary>
/// <param name="RevisionId">The source's id, for S3 that of the object's version.</param>
/// <param name="RevisionChangeId">Id of the change.</param>
/// <param name="Created">When.</param>
public sealed record ActionRevision(string? RevisionId, string? RevisionChangeId, DateTimeOffset? Created);

/// <summary>An execution of an action.</summary>
public sealed record ActionExecution
{
    /// <summary>Id of this execution of the action.</summary>
    public string? ActionExecutionId { get; init; }

    /// <summary><c>InProgress</c>, <c>Succeeded</c>, <c>Failed</c>, <c>Abandoned</c>.</summary>
    public string? Status { get; init; }

    /// <summary>The action's own words.</summary>
    public string? Summary { get; init; }

    /// <summary>When it last changed.</summary>
    public DateTimeOffset? LastStatusChange { get; init; }

    /// <summary>Answer an approval with this.</summary>
    public string? Token { get; init; }

    /// <summary>ARN of who last changed it.</summary>
    public string? LastUpdatedBy { get; init; }

    /// <summary>The provider's id.</summary>
    public string? ExternalExecutionId { get; init; }

    /// <summary>The provider's page.</summary>
    public string? ExternalExecutionUrl { get; init; }

    /// <summary>0 to 100.</summary>
    public int? PercentComplete { get; init; }

    /// <summary>Why it failed.</summary>
    public ActionError? ErrorDetails { get; init; }
}

/// <summary>Why an action failed.</summary>
/// <param name="Code">CodePipeline's code.</param>
/// <param name="Message">In words.</param>
public sealed record ActionError(string? Code, string? Message);

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    WriteIndented = true,
    IndentSize = 4,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(PipelineState))]
internal sealed partial class PipelineStateJson : JsonSerializerContext;
