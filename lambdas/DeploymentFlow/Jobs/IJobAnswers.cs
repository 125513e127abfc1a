namespace Mlops.DeploymentFlow.Jobs;

/// <summary>The three answers that CodePipeline takes. An answer to a job that is answered already is dropped with a log line.</summary>
public interface IJobAnswers
{
    /// <summary>Done: the action succeeds and <paramref name="outputs"/> become its variables.</summary>
    Task SucceedAsync(
        string jobId,
        string summary,
        IReadOnlyDictionary<string, string> outputs,
        CancellationToken cancellationToken
    );

    /// <summary>Not yet: CodePipeline invokes the function again with the token.</summary>
    Task ContinueAsync(string jobId, string continuationToken, string summary, CancellationToken cancellationToken);

    /// <summary>The action fails with the message; longer than 5,000 characters it is cut.</summary>
    Task FailAsync(string jobId, string message, CancellationToken cancellationToken);
}
