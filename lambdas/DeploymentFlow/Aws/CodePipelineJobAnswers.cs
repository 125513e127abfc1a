using Amazon.CodePipeline;
using Amazon.CodePipeline.Model;
using Mlops.DeploymentFlow.Jobs;
using Mlops.Provisioning.Logging;

namespace Mlops.DeploymentFlow.Aws;

/// <summary>Answers by CodePipeline's API. Limits: summary and continuation token 2,048 characters, failure message 5,000
/// (https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_ExecutionDetails.html, …/API_FailureDetails.html).</summary>
public sealed class CodePipelineJobAnswers(IAmazonCodePipeline codePipeline, StructuredLog log) : IJobAnswers
{
    private const int SummaryLimit = 2048;
    private const int MessageLimit = 5000;

    /// <inheritdoc />
    public Task SucceedAsync(
        string jobId,
        string summary,
        IReadOnlyDictionary<string, string> outputs,
        CancellationToken cancellationToken
    ) =>
        OnceAsync(
            jobId,
            () =>
                codePipeline.PutJobSuccessResultAsync(
                    new PutJobSuccessResultRequest
                    {
                        JobId = jobId,
                        ExecutionDetails = new ExecutionDetails
                        {
                            Summary = Cut(summary, SummaryLimit),
                            PercentComplete = 100,
                        },
                        OutputVariables = outputs.Count == 0 ? null : outputs.ToDictionary(),
                    },
                    cancellationToken
                )
        );

    /// <inheritdoc />
    public Task ContinueAsync(
        string jobId,
        string continuationToken,
        string summary,
        CancellationToken cancellationToken
    ) =>
        OnceAsync(
            jobId,
            () =>
                codePipeline.PutJobSuccessResultAsync(
                    new PutJobSuccessResultRequest
                    {
                        JobId = jobId,
                        ContinuationToken = continuationToken,
                        ExecutionDetails = new ExecutionDetails { Summary = Cut(summary, SummaryLimit) },
                    },
                    cancellationToken
                )
        );

    /// <inheritdoc />
    public Task FailAsync(string jobId, string message, CancellationToken cancellationToken) =>
        OnceAsync(
            jobId,
            () =>
                codePipeline.PutJobFailureResultAsync(
                    new PutJobFailureResultRequest
                    {
                        JobId = jobId,
                        FailureDetails = new FailureDetails
                        {
                            Type = FailureType.JobFailed,
                            Message = Cut(message, MessageLimit),
                        },
                    },
                    cancellationToken
                )
        );

    private async Task OnceAsync(string jobId, Func<Task> answer)
    {
        try
        {
            await answer();
        }
        catch (InvalidJobStateException)
        {
            // Lambda delivers an asynchronous event at least once; the first delivery has answered.
            log.Warning("job was answered already", ("jobId", jobId));
        }
    }

    private static string Cut(string text, int limit) => text.Length <= limit ? text : $"{text[..(limit - 1)]}…";
}
