namespace Mlops.Provisioning.CodePipelines;

/// <summary>CodePipeline, as far as we use it. Every failure is a <see cref="ServiceFailureException"/>.</summary>
public interface IPipelines
{
    /// <summary>The pipeline of this name, or null.</summary>
    Task<ExistingPipeline?> FindAsync(string name, CancellationToken cancellationToken);

    /// <summary>Pipelines of the account and region, by name, as many as one question for tags takes.</summary>
    /// <param name="page">The token of the page before; null for the first one.</param>
    /// <param name="cancellationToken">Ends it.</param>
    Task<PipelinePage> ListAsync(string? page, CancellationToken cancellationToken);

    /// <summary>Creates the pipeline, which starts its first execution. False when the name is in use.</summary>
    Task<bool> CreateAsync(
        PipelineDefinition definition,
        IReadOnlyDictionary<string, string> tags,
        CancellationToken cancellationToken
    );

    /// <summary>Replaces the definition. An execution that runs or waits fails by that.</summary>
    Task UpdateAsync(PipelineDefinition definition, CancellationToken cancellationToken);

    /// <summary>Removes the pipeline, with all that CodePipeline knows of its executions. One that is gone is no failure.</summary>
    Task DeleteAsync(string name, CancellationToken cancellationToken);

    /// <summary>Adds tags, or replaces those of the same key.</summary>
    Task TagAsync(string pipelineArn, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken);

    /// <summary>The pipeline's tags by key; none of one that is gone.</summary>
    Task<IReadOnlyDictionary<string, string>> TagsAsync(string pipelineArn, CancellationToken cancellationToken);

    /// <summary>The newest executions, newest first.</summary>
    Task<IReadOnlyList<PipelineExecution>> NewestExecutionsAsync(string name, CancellationToken cancellationToken);

    /// <summary>Starts an execution and gives its id; the same token again starts nothing and gives the same id.</summary>
    Task<string> StartAsync(ExecutionStart start, CancellationToken cancellationToken);

    /// <summary>What CodePipeline says of every stage, or null when there is no such pipeline.</summary>
    Task<PipelineState?> StateAsync(string name, CancellationToken cancellationToken);

    /// <summary>S3's id of the package's version that an execution delivers; null where it has none yet, or is gone.</summary>
    Task<string?> PackageVersionAsync(string name, string execution, CancellationToken cancellationToken);

    /// <summary>Answers an approval that waits; false when it waits no longer.</summary>
    Task<bool> AnswerAsync(ApprovalAnswer answer, CancellationToken cancellationToken);

    /// <summary>Starts a failed stage again; null when it has started, else CodePipeline's reason why not.</summary>
    Task<string?> RetryAsync(RetryStart retry, CancellationToken cancellationToken);

    /// <summary>Lets an execution end before its next action. One that has ended already is left alone.</summary>
    Task StopAsync(string name, string execution, string reason, CancellationToken cancellationToken);
}

/// <summary>Answers an approval.</summary>
/// <param name="Pipeline">Which pipeline.</param>
/// <param name="Waiting">What waits there.</param>
/// <param name="IsApproved">Go on, or fail.</param>
/// <param name="Summary">Who and why; <see cref="SummaryLimit"/> characters at most.</param>
public sealed record ApprovalAnswer(string Pipeline, WaitingApproval Waiting, bool IsApproved, string Summary)
{
    /// <summary>In characters (CodePipeline's API, ApprovalResult).</summary>
    public const int SummaryLimit = 512;
}

/// <summary>Starts a failed stage again.</summary>
/// <param name="Pipeline">Which pipeline.</param>
/// <param name="Stage">Which stage.</param>
/// <param name="Execution">The execution that failed in it.</param>
/// <param name="OnlyFailed">Only the actions that failed and those after them, or all of the stage.</param>
public sealed record RetryStart(string Pipeline, string Stage, string Execution, bool OnlyFailed)
{
    /// <summary>The retry mode as CodePipeline writes it.</summary>
    public string Mode => OnlyFailed ? "FAILED_ACTIONS" : "ALL_ACTIONS";
}

/// <summary>A pipeline that is there.</summary>
/// <param name="Definition">Its structure.</param>
/// <param name="Updated">When that structure was given to it; null when not told.</param>
public sealed record ExistingPipeline(PipelineDefinition Definition, DateTimeOffset? Updated);

/// <summary>Starts a pipeline with one version of its package.</summary>
/// <param name="PipelineName">Which pipeline.</param>
/// <param name="SourceAction">Name of the action whose revision is given.</param>
/// <param name="PackageVersion">S3's id of the version.</param>
/// <param name="Token">Made from the content, so that a repeated call starts nothing twice; 1 to 128 of <c>a-zA-Z0-9-</c>.</param>
public sealed record ExecutionStart(string PipelineName, string SourceAction, string PackageVersion, string Token);

/// <summary>One run of a pipeline.</summary>
/// <param name="Id">CodePipeline's id.</param>
/// <param name="Status"><c>InProgress</c>, <c>Succeeded</c>, <c>Failed</c>, …, as CodePipeline writes it.</param>
/// <param name="PackageVersion">Version of the package that it runs with; null until its source action has run.</param>
/// <param name="Trigger"><c>CreatePipeline</c>, <c>StartPipelineExecution</c>, …; null when not told.</param>
/// <param name="Started">When it started; null when not told.</param>
public sealed record PipelineExecution(
    string Id,
    string Status,
    string? PackageVersion,
    string? Trigger,
    DateTimeOffset? Started
)
{
    /// <summary>Whether it runs or waits, so that a new definition would end it.</summary>
    public bool IsActive => Status is "InProgress" or "Stopping";
}
