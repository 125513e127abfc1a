using Amazon.CodePipeline;
using Amazon.CodePipeline.Model;
using Mlops.Provisioning.CodePipelines;
using PipelineExecution = Mlops.Provisioning.CodePipelines.PipelineExecution;
using PipelineState = Mlops.Provisioning.CodePipelines.PipelineState;

namespace Mlops.Provisioning.Aws;

/// <summary>Their executions.</summary>
public sealed partial class CodePipelineService
{
    // More than enough to find the execution of the package that was uploaded last.
    private const int NewestExecutions = 10;

    /// <inheritdoc />
    public Task<IReadOnlyList<PipelineExecution>> NewestExecutionsAsync(
        string name,
        CancellationToken cancellationToken
    ) =>
        AwsCalls.CallAsync<IReadOnlyList<PipelineExecution>>(
            "codepipeline:ListPipelineExecutions",
            async () =>
            {
                var answer = await codePipeline.ListPipelineExecutionsAsync(
                    new ListPipelineExecutionsRequest { PipelineName = name, MaxResults = NewestExecutions },
                    cancellationToken
                );
                return
                [
                    .. (answer.PipelineExecutionSummaries ?? []).Select(execution => new PipelineExecution(
                        execution.PipelineExecutionId,
                        execution.Status?.Value ?? "",
                        execution.SourceRevisions is [var revision, ..] ? revision.RevisionId : null,
                        execution.Trigger?.TriggerType?.Value,
                        PipelineStates.Time(execution.StartTime)
                    )),
                ];
            }
        );

    /// <inheritdoc />
    public Task<string> StartAsync(ExecutionStart start, CancellationToken cancellationToken) =>
        AwsCalls.CallAsync(
            "codepipeline:StartPipelineExecution",
            async () =>
            {
                var answer = await codePipeline.StartPipelineExecutionAsync(
                    new StartPipelineExecutionRequest
                    {
                        Name = start.PipelineName,
                        ClientRequestToken = start.Token,
                        SourceRevisions =
                        [
                            new SourceRevisionOverride
                            {
                                ActionName = start.SourceAction,
                                RevisionType = SourceRevisionType.S3_OBJECT_VERSION_ID,
                                RevisionValue = start.PackageVersion,
                            },
                        ],
                    },
                    cancellationToken
                );
                return answer.PipelineExecutionId;
            }
        );

    /// <inheritdoc />
    public Task<PipelineState?> StateAsync(string name, CancellationToken cancellationToken) =>
        AwsCalls.CallAsync<PipelineState?>(
            "codepipeline:GetPipelineState",
            async () =>
            {
                try
                {
                    return PipelineStates.Of(
                        await codePipeline.GetPipelineStateAsync(
                            new GetPipelineStateRequest { Name = name },
                            cancellationToken
                        )
                    );
                }
                catch (PipelineNotFoundException)
                {
                    return null;
                }
            }
        );

    /// <inheritdoc />
    public Task<string?> PackageVersionAsync(string name, string execution, CancellationToken cancellationToken) =>
        AwsCalls.CallAsync<string?>(
            "codepipeline:GetPipelineExecution",
            async () =>
            {
                try
                {
                    var answer = await codePipeline.GetPipelineExecutionAsync(
                        new GetPipelineExecutionRequest { PipelineName = name, PipelineExecutionId = execution },
                        cancellationToken
                    );
                    return answer.PipelineExecution?.ArtifactRevisions is [var revision, ..]
                        ? revision.RevisionId
                        : null;
                }
                catch (Exception gone) when (gone is PipelineExecutionNotFoundException or PipelineNotFoundException)
                {
                    return null;
                }
            }
        );

    /// <inheritdoc />
    public Task<bool> AnswerAsync(ApprovalAnswer answer, CancellationToken cancellationToken) =>
        AwsCalls.CallAsync(
            "codepipeline:PutApprovalResult",
            async () =>
            {
                try
                {
                    await codePipeline.PutApprovalResultAsync(
                        new PutApprovalResultRequest
                        {
                            PipelineName = answer.Pipeline,
                            StageName = answer.Waiting.Stage,
                            ActionName = answer.Waiting.Action,
                            Token = answer.Waiting.Token,
                            Result = new ApprovalResult
                            {
                                Status = answer.IsApproved ? ApprovalStatus.Approved : ApprovalStatus.Rejected,
                                Summary = answer.Summary,
                            },
                        },
                        cancellationToken
                    );
                    return true;
                }
                // Somebody else was faster; or took the action, the stage or all of the pipeline away.
                catch (Exception late)
                    when (late
                            is ApprovalAlreadyCompletedException
                                or InvalidApprovalTokenException
                                or ActionNotFoundException
                                or StageNotFoundException
                                or PipelineNotFoundException
                    )
                {
                    return false;
                }
            }
        );

    /// <inheritdoc />
    public Task<string?> RetryAsync(RetryStart retry, CancellationToken cancellationToken) =>
        AwsCalls.CallAsync<string?>(
            "codepipeline:RetryStageExecution",
            async () =>
            {
                try
                {
                    await codePipeline.RetryStageExecutionAsync(
                        new RetryStageExecutionRequest
                        {
                            PipelineName = retry.Pipeline,
                            StageName = retry.Stage,
                            PipelineExecutionId = retry.Execution,
                            RetryMode = retry.OnlyFailed ? StageRetryMode.FAILED_ACTIONS : StageRetryMode.ALL_ACTIONS,
                        },
                        cancellationToken
                    );
                    return null;
                }
                catch (AmazonCodePipelineException refusal)
                    when (refusal
                            is StageNotRetryableException
                                or NotLatestPipelineExecutionException
                                or StageNotFoundException
                                or PipelineNotFoundException
                    )
                {
                    return refusal.Message;
                }
            }
        );

    /// <inheritdoc />
    public Task StopAsync(string name, string execution, string reason, CancellationToken cancellationToken) =>
        AwsCalls.CallAsync(
            "codepipeline:StopPipelineExecution",
            async () =>
            {
                try
                {
                    await codePipeline.StopPipelineExecutionAsync(
                        new StopPipelineExecutionRequest
                        {
                            PipelineName = name,
                            PipelineExecutionId = execution,
                            Abandon = false,
                            Reason = reason,
                        },
                        cancellationToken
                    );
                    return true;
                }
                catch (Exception late)
                    when (late
                            is PipelineExecutionNotStoppableException
                                or DuplicatedStopRequestException
                                or PipelineNotFoundException
                    )
                {
                    return false;
                }
            }
        );
}
