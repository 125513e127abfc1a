namespace Mlops.Provisioning.CodePipelines;

/// <summary>Removes pipelines that have taken down what they delivered.</summary>
public sealed class TeardownEnd(DeploymentSettings settings, IPackageStore packages, IPipelines pipelines)
{
    /// <summary>
    /// Removes a pipeline if it is this deployment's, and its teardown has succeeded; any other is left alone. Asked of every
    /// pipeline that succeeds, for an event does not say what its execution was for.
    /// </summary>
    /// <exception cref="ServiceFailureException">AWS failed; the same call again goes on where this one stopped.</exception>
    public async Task<TeardownLook> RemoveIfDoneAsync(string name, CancellationToken cancellationToken)
    {
        if (await pipelines.FindAsync(name, cancellationToken) is not { } found || !TeardownShape.Is(found.Definition))
        {
            return TeardownLook.NoTeardown;
        }

        var tags = await pipelines.TagsAsync(settings.PipelineArn(name), cancellationToken);
        if (tags.GetValueOrDefault(DeploymentTags.Deployment) != settings.DeploymentName)
        {
            return TeardownLook.NoTeardown;
        }

        if (
            await pipelines.StateAsync(name, cancellationToken) is not { } state
            || !HasSucceeded(state, found.Definition)
        )
        {
            return TeardownLook.NotYet;
        }

        return await RemoveAsync(name, found, cancellationToken) ? TeardownLook.Removed : TeardownLook.NoTeardown;
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
    /// by times: what is removed too early leaves its stacks behind, and nobody who knows of them. And the stages have to be
    /// the teardown's: those of a delivery succeed, too.
    /// </summary>
    internal static bool HasSucceeded(PipelineState state, PipelineDefinition teardown) =>
        state.StageStates.Count > 1
        && state.StageStates.Select(stage => stage.StageName).SequenceEqual(teardown.Stages.Select(stage => stage.Name))
        && state.StageStates.All(stage =>
            stage.LatestExecution is { Status: "Succeeded" } execution
            && execution.PipelineExecutionId == state.StageStates[0].LatestExecution?.PipelineExecutionId
        );

    /// <summary>Whether an execution is of the structure that the pipeline has: one that began before is of what it was.</summary>
    internal static bool IsOf(PipelineExecution execution, ExistingPipeline pipeline) =>
        !(execution.Started < pipeline.Updated);

    /// <summary>The package first: the pipeline is what says that this is not done yet.</summary>
    /// <returns>False where it is gone, or where somebody has made something else of it since it was looked at.</returns>
    internal async Task<bool> RemoveAsync(string name, ExistingPipeline found, CancellationToken cancellationToken)
    {
        if (
            await pipelines.FindAsync(name, cancellationToken) is not { } now
            || now.Updated != found.Updated
            || TeardownShape.Is(now.Definition) != TeardownShape.Is(found.Definition)
        )
        {
            return false;
        }

        await packages.DeleteAsync(DeploymentNames.PackageKey(name), cancellationToken);
        await pipelines.DeleteAsync(name, cancellationToken);
        return true;
    }
}

/// <summary>What became of a pipeline that was looked at.</summary>
public enum TeardownLook
{
    /// <summary>It is not being taken down, or it is not ours, or it is gone.</summary>
    NoTeardown,

    /// <summary>It is being taken down, and that has not ended.</summary>
    NotYet,

    /// <summary>It was taken down, and is removed.</summary>
    Removed,
}
