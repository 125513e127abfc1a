using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Mlops.Provisioning.Evidence;

namespace Mlops.Provisioning.CodePipelines;

/// <summary>A pipeline as <c>GET /pipelines/{name}</c> tells of it.</summary>
/// <param name="Pipeline">Its name.</param>
/// <param name="Arn">Its ARN, which is its <c>pipeline_id</c>.</param>
/// <param name="Stages">In order.</param>
public sealed record PipelineReport(string Pipeline, string Arn, IReadOnlyList<StageReport> Stages)
{
    /// <summary>Where it came from; null where it is not this deployment's.</summary>
    public PipelineProvenance? Provenance { get; init; }

    /// <summary><c>being taken down</c>; null where it is not.</summary>
    public string? State { get; init; }

    // Quotes, arrows and other languages stay readable; nothing of it is ever part of a page.
    private static readonly PipelineReportJson Readable = new(
        new JsonSerializerOptions(PipelineReportJson.Default.Options)
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        }
    );

    /// <summary>On one line; what is not known is left out.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Readable.PipelineReport);
}

/// <summary>A stage.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Target">The target that it delivers to; null for the source.</param>
/// <param name="Account">That target's account.</param>
/// <param name="Status">Of the newest execution in it, as CodePipeline writes it; null where none was.</param>
/// <param name="Execution">Id of that execution.</param>
/// <param name="Actions">In order.</param>
/// <param name="Waits">The approval that waits in it; null where none does.</param>
/// <param name="Behind">The newest execution that waits to enter; null where none does.</param>
public sealed record StageReport(
    string Name,
    string? Target,
    string? Account,
    string? Status,
    string? Execution,
    IReadOnlyList<ActionReport> Actions,
    WaitReport? Waits,
    BehindReport? Behind
);

/// <summary>An action.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Status">Of its newest execution, as CodePipeline writes it; null where it has not run.</param>
/// <param name="Summary">Its own words; of an approval the comment.</param>
/// <param name="Error">Why it failed.</param>
/// <param name="Updated">When it last changed.</param>
/// <param name="By">ARN of who last changed it; of an approval who answered.</param>
public sealed record ActionReport(
    string Name,
    string? Status,
    string? Summary,
    string? Error,
    DateTimeOffset? Updated,
    string? By
);

/// <summary>An approval that waits.</summary>
/// <param name="Since">When it began to wait.</param>
/// <param name="Execution">Id of the execution that waits.</param>
/// <param name="RequestedBy">ARN of who asked for what waits.</param>
/// <param name="Changes">What it would change, as it was kept; null where that is not there any more.</param>
/// <param name="Text">The same in words.</param>
/// <param name="Link">Where all of it is.</param>
public sealed record WaitReport(
    DateTimeOffset? Since,
    string Execution,
    string? RequestedBy,
    TargetChanges? Changes,
    string? Text,
    string? Link
);

/// <summary>An execution that waits to enter a stage.</summary>
/// <param name="Execution">Its id.</param>
public sealed record BehindReport(string Execution);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PipelineReport))]
internal sealed partial class PipelineReportJson : JsonSerializerContext;
