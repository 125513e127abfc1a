using System.Text.Json.Serialization;
using Mlops.Provisioning.Requests;

namespace Mlops.Orchestrator.Http;

/// <summary>What a client is told when its request was not carried out: RFC 9457 problem details with the predecessor's
/// <c>message</c> and <c>detailedMessage</c> kept.</summary>
public sealed record Problem
{
    /// <summary>Always <c>about:blank</c>: the kind of problem is the HTTP status, the exact one is in <see cref="Errors"/>.</summary>
    public string Type { get; init; } = "about:blank";

    /// <summary>The HTTP status in words.</summary>
    public required string Title { get; init; }

    /// <summary>The HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>What is wrong, in one sentence.</summary>
    public required string Message { get; init; }

    /// <summary>Everything that is known; left out when the deployment says so.</summary>
    public string? DetailedMessage { get; init; }

    /// <summary>Finds this request in the log.</summary>
    public required string RequestId { get; init; }

    /// <summary>Every finding; absent when the problem is not one of the request's content.</summary>
    public IReadOnlyList<ProblemError>? Errors { get; init; }
}

/// <summary>A finding, as a client gets it.</summary>
public sealed record ProblemError(
    string Code,
    string Pointer,
    string? Value,
    string Rule,
    string Message,
    string Remedy
)
{
    /// <summary>Line in the text that was sent, from 1; absent where it is about none.</summary>
    public int? Line { get; init; }

    /// <summary>Column in that line, from 1.</summary>
    public int? Column { get; init; }

    /// <summary>
    /// The same, with or without what the client sent. Message and remedy quote it, also in part; the rule never does, and
    /// the pointer only names the place.
    /// </summary>
    public static ProblemError From(Finding finding, bool detailed) =>
        (
            detailed
                ? new ProblemError(
                    finding.Code,
                    finding.Pointer,
                    finding.Value,
                    finding.Rule,
                    finding.Message,
                    finding.Remedy
                )
                : new ProblemError(
                    finding.Code,
                    finding.Pointer,
                    null,
                    finding.Rule,
                    $"Expected: {finding.Rule}",
                    $"See {finding.Code} in docs/errors.md; ./mlops validate FILE tells more, on your own machine."
                )
        ) with
        {
            Line = finding.Line,
            Column = finding.Column,
        };
}

/// <summary>The answer to a provision: the predecessor's two members, and what exactly was done.</summary>
public sealed record ProvisionAnswer(
    string Message,
    [property: JsonPropertyName("pipeline_id")] string PipelineId,
    [property: JsonPropertyName("pipeline_name")] string PipelineName,
    [property: JsonPropertyName("pipeline_change")] string PipelineChange,
    [property: JsonPropertyName("package_changed")] bool PackageChanged,
    [property: JsonPropertyName("execution_started")] bool ExecutionStarted,
    [property: JsonPropertyName("execution_id")] string? ExecutionId
);
