namespace Mlops.Local.Display;

/// <summary>A pipeline as GetPipelineState tells it, cut down to what is shown.</summary>
public sealed record PipelineView(string Name, IReadOnlyList<StageView> Stages)
{
    /// <summary>All that differs between two looks, as one text.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string Fingerprint =>
        string.Join(
            '\n',
            Stages.Select(stage =>
                $"{stage.Name}={stage.Status}:{string.Join(',', stage.Actions.Select(action => $"{action.Name}={action.Status}"))}"
            )
        );
}

/// <summary>A stage; <paramref name="Status"/> is null before its first run.</summary>
public sealed record StageView(string Name, string? Status, IReadOnlyList<ActionView> Actions);

/// <summary>An action of a stage.</summary>
/// <param name="Name">Unique in its stage.</param>
/// <param name="Status">Null before its first run.</param>
/// <param name="Summary">What the action says about itself.</param>
/// <param name="Error">Why it failed.</param>
/// <param name="ExternalId">For a CloudFormation action the stack.</param>
/// <param name="Token">For an approval that waits: what the answer must carry.</param>
public sealed record ActionView(
    string Name,
    string? Status,
    string? Summary,
    string? Error,
    string? ExternalId,
    string? Token
);
