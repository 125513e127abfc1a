using System.Text.Json;
using Amazon.Lambda.Core;
using Mlops.DeploymentFlow.Duties;
using Mlops.DeploymentFlow.Events;
using Mlops.DeploymentFlow.Jobs;
using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.Logging;
using Mlops.Provisioning.Telemetry;

namespace Mlops.DeploymentFlow;

/// <summary>Takes CodePipeline's jobs and gives each exactly one answer, whatever happens: an unanswered job blocks its stage
/// for 20 minutes, and an exception would make Lambda try again what was answered already.</summary>
public sealed class DeploymentFlowFunction(
    IEnumerable<IDuty> duties,
    IJobAnswers answers,
    StructuredLog log,
    EmbeddedMetrics metrics,
    TimeProvider clock,
    ConfigEvents? configs = null,
    TeardownEvents? teardowns = null
)
{
    // Enough to send the answer after a duty was called off.
    private static readonly TimeSpan TimeToAnswer = TimeSpan.FromSeconds(5);

    private readonly Dictionary<Duty, IDuty> _duties = duties.ToDictionary(duty => duty.Duty);

    /// <summary>Handles one invocation. Throws only when there is no job to answer, or when CodePipeline does not take the answer.</summary>
    public async Task HandleAsync(CodePipelineJobEvent invocation, ILambdaContext context)
    {
        var job = invocation.Job;
        if (configs is not null && ConfigEvents.Objects(invocation) is { Count: > 0 } objects)
        {
            using var left = Remaining(context);
            await configs.HandleAsync(objects, left.Token);
            return;
        }

        if (teardowns is not null && TeardownEvents.Succeeded(invocation) is { } pipeline)
        {
            using var left = Remaining(context);
            await teardowns.HandleAsync(pipeline, left.Token);
            return;
        }

        if (job is not { Id: { Length: > 0 } id, Data: { } data })
        {
            throw new ArgumentException(
                "This function answers jobs of CodePipeline; the event has no \"CodePipeline.job\".",
                nameof(invocation)
            );
        }

        var progress = DutyProgress.Read(data.ContinuationToken, clock);
        var started = clock.GetTimestamp();
        var outcome = await RunAsync(id, data, progress, context);
        log.Measured(
            "job answered",
            metrics,
            [
                Measurement.Count(MetricNames.Failed, outcome is DutyOutcome.Failed),
                Measurement.Of(clock.GetElapsedTime(started)),
            ],
            ("requestId", context.AwsRequestId),
            ("jobId", id),
            ("outcome", outcome.GetType().Name),
            ("summary", Text(outcome))
        );

        // The answer gets its own time: the duty may have used up what there was.
        using var time = new CancellationTokenSource(TimeToAnswer, clock);
        await (
            outcome switch
            {
                DutyOutcome.Done done => answers.SucceedAsync(id, done.Summary, done.Outputs, time.Token),
                DutyOutcome.Waiting waiting => answers.ContinueAsync(
                    id,
                    (progress with { Memory = waiting.Memory ?? progress.Memory }).ToToken(),
                    waiting.Summary,
                    time.Token
                ),
                DutyOutcome.TakenOver => Task.CompletedTask,
                _ => answers.FailAsync(id, Text(outcome), time.Token),
            }
        );
    }

    private async Task<DutyOutcome> RunAsync(string id, JobData data, DutyProgress progress, ILambdaContext context)
    {
        if (
            !DutyParameters.TryParse(
                data.ActionConfiguration?.Configuration?.UserParameters,
                out var parameters,
                out var problem
            )
        )
        {
            return new DutyOutcome.Failed(
                $"{problem} Provision the pipeline again to have its definition mended; the config pipeline, by pulumi up."
            );
        }

        if (!_duties.TryGetValue(parameters.Duty, out var duty))
        {
            return new DutyOutcome.Failed(
                $"The duty {parameters.Duty} is not known here; known are {string.Join(", ", _duties.Keys.Order())}. "
                    + "Provision the pipeline again to have its definition mended; the config pipeline, by pulumi up."
            );
        }

        using var time = Remaining(context);
        try
        {
            return await duty.RunAsync(new DutyRequest(id, parameters, data, progress), time.Token);
        }
        catch (OperationCanceledException) when (time.IsCancellationRequested)
        {
            return new DutyOutcome.Waiting($"{duty.Duty} ran out of time and goes on.");
        }
#pragma warning disable CA1031 // Whatever went wrong, the job must be answered; the answer and the log tell of it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            log.Error(
                "duty failed",
                ("requestId", context.AwsRequestId),
                ("jobId", id),
                ("duty", duty.Duty.ToString()),
                ("exception", exception.ToString())
            );
            return new DutyOutcome.Failed(
                $"{Name(parameters)} failed: {exception.Message} (request {context.AwsRequestId} in the log of "
                    + $"{context.FunctionName}). Mend the cause and retry this stage."
            );
        }
    }

    /// <summary>A config file has no stack of its own.</summary>
    private static string Name(DutyParameters parameters) =>
        parameters.Stack.Length == 0 ? $"{parameters.Duty}" : $"{parameters.Duty} of {parameters.Stack}";

    private CancellationTokenSource Remaining(ILambdaContext context)
    {
        var remaining = context.RemainingTime - TimeToAnswer;
        return new CancellationTokenSource(remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero, clock);
    }

    private static string Text(DutyOutcome outcome) =>
        outcome switch
        {
            DutyOutcome.Done done => done.Summary,
            DutyOutcome.Waiting waiting => waiting.Summary,
            DutyOutcome.TakenOver other => other.Summary,
            DutyOutcome.Failed failed => failed.Message,
            _ => throw new System.Diagnostics.UnreachableException(),
        };
}
