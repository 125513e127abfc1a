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
    DeploymentSettings settings
)
{
    private const string Subject = "MLOps: a pipeline is taken down";

    /// <summary>The pipeline that an event says has succeeded; null where it says anything else.</summary>
    public static string? Succeeded(CodePipelineJobEvent invocation) =>
        invocation.Detail is { State: "SUCCEEDED", Pipeline: { Length: > 0 } pipeline } ? pipeline : null;

    /// <summary>Removes the pipeline, unless its success was a delivery.</summary>
    /// <exception cref="ServiceFailureException">AWS failed. Taking it down once more goes on from here.</exception>
    public async Task HandleAsync(string pipeline, CancellationToken cancellationToken)
    {
        if (!await teardown.RemoveIfDoneAsync(pipeline, cancellationToken))
        {
            return;
        }

        log.Information("pipeline removed", ("pipeline", pipeline));
        var kept = TeardownEnd.Kept(settings, pipeline).Select(each => $"- {each}");
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
}
