using Mlops.DeploymentFlow.Duties;
using Mlops.DeploymentFlow.Jobs;
using Mlops.Provisioning;
using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.Logging;

namespace Mlops.DeploymentFlow.Events;

/// <summary>Removes a pipeline when it has succeeded in taking down what it delivered, and tells people what stays.</summary>
public sealed class TeardownEvents(
    TeardownEnd teardown,
    INotices notices,
    StructuredLog log,
    DeploymentSettings settings,
    TimeProvider clock
)
{
    private const string Subject = "MLOps: a pipeline is taken down";

    /// <summary>
    /// Between two looks. The event comes once, and nobody tries again: CodePipeline may be too busy just now, or its stages
    /// not yet what its event says.
    /// </summary>
    private static readonly TimeSpan[] Pauses =
    [
        .. new[] { 1, 2, 4, 8, 15 }.Select(each => TimeSpan.FromSeconds(each)),
    ];

    /// <summary>The pipeline that an event says has succeeded; null where it says anything else.</summary>
    public static string? Succeeded(CodePipelineJobEvent invocation) =>
        invocation.Detail is { State: "SUCCEEDED", Pipeline: { Length: > 0 } pipeline } ? pipeline : null;

    /// <summary>Removes the pipeline, unless its success was a delivery.</summary>
    /// <exception cref="ServiceFailureException">AWS failed. Taking it down once more goes on from here.</exception>
    public async Task HandleAsync(string pipeline, CancellationToken cancellationToken)
    {
        var look = await LookAsync(pipeline, cancellationToken);
        if (look == TeardownLook.NotYet)
        {
            log.Warning("teardown has not ended", ("pipeline", pipeline));
        }

        if (look != TeardownLook.Removed)
        {
            return;
        }

        log.Information("pipeline removed", ("pipeline", pipeline));
        var kept = TeardownEnd.Kept(settings, pipeline).Select(each => $"- {each}");
        try
        {
            await notices.TellAsync(
                Subject,
                $"""
                The pipeline {pipeline} is taken down: its stacks are deleted, and it is removed.
                What stays:
                {string.Join('\n', kept)}
                - images in the ECR repository, and model packages in the model registry
                """,
                cancellationToken
            );
        }
#pragma warning disable CA1031 // It is done, whatever became of the mail; an error would tell that it is not.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            log.Error("people were not told", ("pipeline", pipeline), ("exception", failure.ToString()));
        }
    }

    private async Task<TeardownLook> LookAsync(string pipeline, CancellationToken cancellationToken)
    {
        foreach (var pause in Pauses)
        {
            try
            {
                if (
                    await teardown.RemoveIfDoneAsync(pipeline, cancellationToken)
                    is var look
                        and not TeardownLook.NotYet
                )
                {
                    return look;
                }
            }
            catch (ServiceFailureException failure)
            {
                log.Warning("teardown is looked at again", ("pipeline", pipeline), ("failure", failure.Message));
            }

            await Task.Delay(pause, clock, cancellationToken);
        }

        return await teardown.RemoveIfDoneAsync(pipeline, cancellationToken);
    }
}
