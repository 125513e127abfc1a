using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;
using Mlops.Provisioning.Requests;

namespace Mlops.Provisioning.CodePipelines;

/// <summary>A pipeline that was looked for by what a client calls it.</summary>
/// <param name="State">Null where there is a refusal.</param>
/// <param name="Refusal">Null where there is a state.</param>
internal sealed record Located(PipelineState? State, Refusal? Refusal)
{
    /// <summary>The pipeline's tags; empty where nobody asked for them.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    [MemberNotNullWhen(true, nameof(State))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsFound => State is not null;
}

/// <summary>Finds the pipeline that a path names. The findings are about the path, so they point at the request as a whole.</summary>
internal sealed class PipelineLookup(ProvisioningSettings settings, IPipelines pipelines)
{
    private const string Rule = "the name of a pipeline that was made from a request";

    /// <summary>The state of the pipeline, whosever it is.</summary>
    public async Task<Located> FindAsync(string text, CancellationToken cancellationToken)
    {
        var isOurs = PipelineId.TryParse(text, out var id) && !id.IsElsewhere(settings) && id.IsSeen(settings);
        var state = isOurs ? await pipelines.StateAsync(id!.Name.Text, cancellationToken) : null;
        return state is null ? new Located(null, Refusal.NotFound(NotFound(text))) : new Located(state, null);
    }

    /// <summary>The state of a pipeline whose stages may be started again: one that this deployment has made, or its config pipeline.</summary>
    public async Task<Located> FindRetryableAsync(string text, CancellationToken cancellationToken) =>
        await FindAsync(text, cancellationToken) is var found && IsConfig(found)
            ? found
            : await OursAsync(found, cancellationToken);

    /// <summary>The state of a pipeline that may be acted upon: one that this deployment has made of a request.</summary>
    public async Task<Located> FindOursAsync(string text, CancellationToken cancellationToken) =>
        await FindAsync(text, cancellationToken) is var found && IsConfig(found)
            ? new Located(null, Refusal.NotFound(NotFound(text)))
            : await OursAsync(found, cancellationToken);

    private bool IsConfig(Located found) =>
        found.State?.PipelineName == DeploymentNames.Config(settings.Deployment.DeploymentName);

    private async Task<Located> OursAsync(Located found, CancellationToken cancellationToken)
    {
        if (!found.IsFound)
        {
            return found;
        }

        var name = found.State.PipelineName;
        var tags = await pipelines.TagsAsync(settings.PipelineArn(name), cancellationToken);
        var owner = tags.GetValueOrDefault(DeploymentTags.Deployment);
        return owner == settings.Deployment.DeploymentName
            ? found with
            {
                Tags = tags,
            }
            : new Located(null, Refusal.Conflict(Foreign(name, owner)));
    }

    /// <summary>There is no such pipeline.</summary>
    public Finding NotFound(string text) =>
        new(
            FindingCodes.PipelineNotFound,
            "",
            Finding.Shortened(text),
            Rule,
            $"There is no pipeline {Quote.Text(text)} in account {settings.OrchestratorAccount}, region {settings.Deployment.Region}.",
            "List those that there are: mlops list"
        );

    private static Finding Foreign(string name, string? owner) =>
        new(
            FindingCodes.OtherDeployment,
            "",
            name,
            $"pipelines that this deployment made (tag {DeploymentTags.Deployment})",
            owner is null
                ? $"No deployment's name is on the pipeline {name}."
                : $"The pipeline {name} belongs to the deployment \"{owner}\" in the same account and region.",
            "Ask the API of that deployment, or answer in CodePipeline's console."
        );
}
