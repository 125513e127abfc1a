namespace Mlops.Provisioning.CodePipelines;

/// <summary>Removes pipelines that have taken down what they delivered.</summary>
public sealed class TeardownEnd(DeploymentSettings settings, IPackageStore packages, IPipelines pipelines)
{
    /// <summary>
    /// Removes a pipeline if it is this deployment's, and its teardown has succeeded; any other is left alone. Asked of every
    /// pipeline that succeeds, for an event does not say what its execution was for.
    /// </summary>
    /// <returns>Whether it was removed.</returns>
    /// <exception cref="ServiceFailureException">AWS failed; the same call again goes on where this one stopped.</exception>
    public async Task<bool> RemoveIfDoneAsync(string name, CancellationToken cancellationToken)
    {
        if (
            await pipelines.FindAsync(name, cancellationToken) is not { } found
            || !TeardownShape.Is(found.Definition)
            || await pipelines.StateAsync(name, cancellationToken) is not { } state
            || !HasSucceeded(state)
        )
        {
            return false;
        }

        var arn = $"arn:{settings.Partition}:codepipeline:{settings.Region}:{settings.OrchestratorAccount}:{name}";
        var tags = await pipelines.TagsAsync(arn, cancellationToken);
        if (tags.GetValueOrDefault(DeploymentTags.Deployment) != settings.DeploymentName)
        {
            return false;
        }

        await RemoveAsync(name, cancellationToken);
        return true;
    }

    /// <summary>What stays when a pipeline is gone, each with its place: what nobody could make again, and what goes by itself.</summary>
    public static IReadOnlyList<string> Kept(DeploymentSettings settings, string pipeline) =>
        [
            $"s3://{settings.AssetsBucket}: models, data, and what jobs and endpoints wrote there",
            $"s3://{settings.AssetsBucket}/{DeploymentNames.RequestFilePrefix}: files that were made of requests; pipelines may share them",
            $"s3://{settings.AssetsBucket}/{DeploymentNames.EvidencePrefix}{pipeline}/: the evidence of its approvals, where it had any",
            $"s3://{settings.AssetsBucket}/{DeploymentNames.PackagePrefix}{pipeline}/: the versions of its package, as those of a deleted object",
            "the artifact bucket: what its executions passed on, until it expires",
            "SageMaker: its records of jobs that ran",
        ];

    /// <summary>
    /// Whether the stages of a teardown have all succeeded, in the execution that was the last one to begin. By ids and not
    /// by times: what is removed too early leaves its stacks behind, and nobody who knows of them.
    /// </summary>
    internal static bool HasSucceeded(PipelineState state) =>
        state.StageStates.Count > 1
        && state.StageStates.All(stage =>
            stage.LatestExecution is { Status: "Succeeded" } execution
            && execution.PipelineExecutionId == state.StageStates[0].LatestExecution?.PipelineExecutionId
        );

    /// <summary>The package first: the pipeline is what says that this is not done yet.</summary>
    internal async Task RemoveAsync(string name, CancellationToken cancellationToken)
    {
        await packages.DeleteAsync(DeploymentNames.PackageKey(name), cancellationToken);
        await pipelines.DeleteAsync(name, cancellationToken);
    }
}
