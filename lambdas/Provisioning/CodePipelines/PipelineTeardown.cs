using System.Text.Json;
using System.Text.Json.Serialization;
using Mlops.Provisioning.Packaging;
using Mlops.Provisioning.Requests;

namespace Mlops.Provisioning.CodePipelines;

/// <summary>Choices of a caller who has a pipeline taken down.</summary>
public sealed record TeardownOptions
{
    /// <summary>Take it down even though that ends an execution that runs or waits.</summary>
    public bool Force { get; init; }

    /// <summary>Who asks; null where nobody knows.</summary>
    public string? Caller { get; init; }

    /// <summary>The only source whose pipeline it may be (<see cref="DeploymentTags.Origin"/>); null for any.</summary>
    public string? Source { get; init; }
}

/// <summary>A pipeline is being taken down, or is gone.</summary>
/// <param name="Message">What was done, in one sentence for people.</param>
/// <param name="Pipeline">Name of the pipeline.</param>
/// <param name="Execution">Id of the execution that deletes the stacks; null where nothing is left to delete.</param>
/// <param name="Stacks">In the order in which they are deleted: those of the last target first.</param>
/// <param name="Kept">What stays, each with its place.</param>
public sealed record TeardownStarted(
    string Message,
    string Pipeline,
    string? Execution,
    IReadOnlyList<StackDeletion> Stacks,
    IReadOnlyList<string> Kept
)
{
    /// <summary>What else is to be known, in one sentence; null where nothing is.</summary>
    public string? Note { get; init; }

    /// <summary>On one line; what is not known is left out.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, TeardownJson.Default.TeardownStarted);
}

/// <summary>
/// Has a pipeline take down what it delivered: it is given the structure of <see cref="TeardownShape"/>, and started. When
/// that has succeeded, <see cref="TeardownEnd"/> removes the pipeline itself. What is there says how far it has come, so the
/// same call again goes on wherever it stopped.
/// </summary>
public sealed class PipelineTeardown(ProvisioningSettings settings, IPackageStore packages, IPipelines pipelines)
{
    private readonly PipelineLookup lookup = new(settings, pipelines);
    private readonly TeardownEnd end = new(settings.Deployment, packages, pipelines);

    /// <summary>Begins it, or goes on with it.</summary>
    /// <param name="pipeline">What the client calls the pipeline.</param>
    /// <param name="options">The caller's choices.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ServiceFailureException">AWS failed; the same call again goes on where this one stopped.</exception>
    public async Task<PipelineOutcome<TeardownStarted>> StartAsync(
        string pipeline,
        TeardownOptions options,
        CancellationToken cancellationToken
    )
    {
        var there = await lookup.FindOursAsync(pipeline, cancellationToken);
        if (!there.IsFound)
        {
            return new Declined<TeardownStarted>(there.Refusal);
        }

        var name = there.State.PipelineName;
        var origin = there.Tags.GetValueOrDefault(DeploymentTags.Origin);
        if (options.Source is { } source && source != origin)
        {
            return new Declined<TeardownStarted>(Refusal.Conflict(OtherOrigin(name, origin, source)));
        }

        if (await pipelines.FindAsync(name, cancellationToken) is not { } found)
        {
            return new Declined<TeardownStarted>(Refusal.NotFound(lookup.NotFound(name)));
        }

        var executions = await pipelines.NewestExecutionsAsync(name, cancellationToken);
        return TeardownShape.Is(found.Definition)
            ? await GoOnAsync(name, found, executions, there.Tags, cancellationToken)
            : await BeginAsync(name, found, executions, there, options, cancellationToken);
    }

    private async Task<PipelineOutcome<TeardownStarted>> BeginAsync(
        string name,
        ExistingPipeline found,
        IReadOnlyList<PipelineExecution> executions,
        Located there,
        TeardownOptions options,
        CancellationToken cancellationToken
    )
    {
        if (!options.Force && Active(there.State!, executions) is { } running)
        {
            var waits = PipelineWaits.Of(there.State).Executions.Contains(running);
            return new Declined<TeardownStarted>(Refusal.Conflict(Running(name, running, waits)));
        }

        if (TeardownShape.Of(found.Definition) is not { } definition)
        {
            // It never had a stage that delivers: there is nothing to delete but the pipeline.
            return await RemoveAsync(name, found, cancellationToken);
        }

        // First the tag: whoever reads tags alone must not take the pipeline for what it was.
        await pipelines.TagAsync(
            settings.PipelineArn(name),
            new Dictionary<string, string>
            {
                [DeploymentTags.Definition] = DeploymentTags.Teardown,
                [DeploymentTags.RequestedBy] = DeploymentTags.Value(options.Caller),
            },
            cancellationToken
        );
        await pipelines.UpdateAsync(definition, cancellationToken);
        return await pipelines.FindAsync(name, cancellationToken) is { } updated
            ? await RunAsync(name, updated, executions, there.Tags, cancellationToken)
            : Gone(name);
    }

    /// <summary>
    /// What would be ended. The state as well: an execution that waits for an approval may be older than the newest ones.
    /// </summary>
    private static string? Active(PipelineState state, IReadOnlyList<PipelineExecution> executions) =>
        executions.FirstOrDefault(execution => execution.IsActive)?.Id
        ?? PipelineWaits.Of(state).Executions.FirstOrDefault();

    private async Task<PipelineOutcome<TeardownStarted>> GoOnAsync(
        string name,
        ExistingPipeline found,
        IReadOnlyList<PipelineExecution> executions,
        IReadOnlyDictionary<string, string> tags,
        CancellationToken cancellationToken
    )
    {
        // Asked after the definition: what was told before may be of the delivery that the pipeline was until a moment ago.
        if (
            await pipelines.StateAsync(name, cancellationToken) is { } state
            && TeardownEnd.HasSucceeded(state, found.Definition)
        )
        {
            return await RemoveAsync(name, found, cancellationToken);
        }

        return executions is [{ IsActive: true } newest, ..] && TeardownEnd.IsOf(newest, found)
            ? Started(name, found.Definition, newest.Id, tags, "is being taken down already")
            : await RunAsync(name, found, executions, tags, cancellationToken);
    }

    private async Task<PipelineOutcome<TeardownStarted>> RemoveAsync(
        string name,
        ExistingPipeline found,
        CancellationToken cancellationToken
    ) =>
        await end.RemoveAsync(name, found, cancellationToken)
            ? Gone(name)
            : new Declined<TeardownStarted>(Refusal.NotFound(lookup.NotFound(name)));

    private async Task<PipelineOutcome<TeardownStarted>> RunAsync(
        string name,
        ExistingPipeline found,
        IReadOnlyList<PipelineExecution> executions,
        IReadOnlyDictionary<string, string> tags,
        CancellationToken cancellationToken
    )
    {
        var key = DeploymentNames.PackageKey(name);
        var package = await packages.FindAsync(key, cancellationToken);
        // A pipeline needs a source that is there, and a teardown reads nothing of it.
        var version =
            package?.VersionId
            ?? await packages.PutAsync(
                key,
                TemplatePackage.Pack(() => []),
                new PackageOrigin(tags.GetValueOrDefault(DeploymentTags.ModelName, ""), null),
                cancellationToken
            );
        var execution = await pipelines.StartAsync(
            new ExecutionStart(
                name,
                PipelineShape.Source,
                version,
                ExecutionNeed.TeardownToken(executions, version, found.Updated)
            ),
            cancellationToken
        );
        return Started(name, found.Definition, execution, tags, "is being taken down");
    }

    private Answered<TeardownStarted> Started(
        string name,
        PipelineDefinition definition,
        string execution,
        IReadOnlyDictionary<string, string> tags,
        string what
    )
    {
        var origin = tags.GetValueOrDefault(DeploymentTags.Origin, DeploymentTags.ApiOrigin);
        return new Answered<TeardownStarted>(
            new TeardownStarted(
                $"success: pipeline {name} {what}; when its stacks are deleted it is removed",
                name,
                execution,
                TeardownShape.StacksOf(definition),
                Kept(name)
            )
            {
                Note =
                    origin == DeploymentTags.ApiOrigin
                        ? null
                        : $"{name} comes from {origin}: as long as it is named there, the next commit makes it again.",
            }
        );
    }

    private Answered<TeardownStarted> Gone(string name) =>
        new(new TeardownStarted($"success: pipeline {name} is taken down and removed", name, null, [], Kept(name)));

    private IReadOnlyList<string> Kept(string name) =>
        [
            .. TeardownEnd.Kept(settings.Deployment, name),
            $"{settings.EcrRepositoryArn}: its images",
            "the model registry: its model packages",
        ];

    private static Finding OtherOrigin(string name, string? origin, string source) =>
        new(
            FindingCodes.OtherOrigin,
            "",
            name,
            $"pipelines that {source} made (tag {DeploymentTags.Origin})",
            $"The pipeline {name} comes from {origin ?? DeploymentTags.ApiOrigin} by now.",
            $"Take it down by the API, if it is to go: mlops delete {name}."
        );

    private static Finding Running(string name, string execution, bool waits) =>
        new(
            FindingCodes.PipelineRunning,
            "",
            execution,
            "no execution runs or waits while a pipeline is taken down",
            waits
                ? $"The execution {execution} of {name} waits for an approval, and taking the pipeline down would end it."
                : $"The execution {execution} of {name} runs, and taking the pipeline down would end it.",
            waits
                ? $"Reject it first: mlops reject {name}; or end it: mlops delete {name} --force (DELETE /pipelines/{name}?force=true)."
                : $"Try again when it has ended; or end it: mlops delete {name} --force (DELETE /pipelines/{name}?force=true)."
        );
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TeardownStarted))]
internal sealed partial class TeardownJson : JsonSerializerContext;
