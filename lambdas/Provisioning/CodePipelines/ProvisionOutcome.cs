using Mlops.Provisioning.Requests;

namespace Mlops.Provisioning.CodePipelines;

/// <summary>Choices of a caller that are not part of the request.</summary>
public sealed record ProvisionOptions
{
    /// <summary>Update the pipeline's definition even though that ends an execution that runs or waits.</summary>
    public bool Force { get; init; }

    /// <summary>Reject what of the pipeline waits for an approval, before the new execution starts.</summary>
    public bool ReplaceWaiting { get; init; }

    /// <summary>Who asks: the ARN of a caller, or who made a commit; null where nobody knows.</summary>
    public string? Caller { get; init; }

    /// <summary>
    /// The source that the request was committed to; null for a request by the API. A committed request that changes
    /// nothing starts nothing, whatever became of the last execution.
    /// </summary>
    public string? Source { get; init; }

    /// <summary>Id of the commit, or of the version of the file; null for a request by the API.</summary>
    public string? Revision { get; init; }
}

/// <summary>What became of a request: <see cref="Provisioned"/> or <see cref="Refused"/>.</summary>
public abstract record ProvisionOutcome
{
    private protected ProvisionOutcome() { }
}

/// <summary>The pipeline is there, and is what the request asks for.</summary>
/// <param name="Message">What was done, in one sentence for people.</param>
/// <param name="PipelineId">ARN of the pipeline.</param>
/// <param name="PipelineName">Its name, which is that of the stack that it deploys.</param>
/// <param name="Change">What was done to the pipeline.</param>
/// <param name="PackageChanged">Whether a new version of the package was uploaded.</param>
/// <param name="ExecutionStarted">Whether an execution was started.</param>
/// <param name="ExecutionId">Id of that execution; null when none was started, or CodePipeline started it itself on creation.</param>
public sealed record Provisioned(
    string Message,
    string PipelineId,
    string PipelineName,
    PipelineChange Change,
    bool PackageChanged,
    bool ExecutionStarted,
    string? ExecutionId
) : ProvisionOutcome;

/// <summary>What a provision did to the pipeline itself.</summary>
public enum PipelineChange
{
    /// <summary>It was there, with this definition.</summary>
    None,

    /// <summary>It is new.</summary>
    Created,

    /// <summary>Its definition was another one.</summary>
    Updated,
}

/// <summary>Nothing was created or changed.</summary>
/// <param name="Reason">Which kind of refusal.</param>
/// <param name="Findings">Every reason, at least one.</param>
public sealed record Refused(RefusalReason Reason, IReadOnlyList<Finding> Findings) : ProvisionOutcome;

/// <summary>Kinds of refusals, each with the HTTP status that it is answered with.</summary>
public enum RefusalReason
{
    /// <summary>400: something in the request is wrong.</summary>
    Invalid = 400,

    /// <summary>404: what the request is about is not there.</summary>
    NotFound = 404,

    /// <summary>409: right, but not with what is there now.</summary>
    Conflict = 409,

    /// <summary>413: larger than we read.</summary>
    TooLarge = 413,
}
