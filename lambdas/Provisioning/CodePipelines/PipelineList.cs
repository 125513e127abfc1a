using System.Text.Json;
using System.Text.Json.Serialization;
using Mlops.Provisioning.Values;

namespace Mlops.Provisioning.CodePipelines;

/// <summary>The deployment's pipelines that were made from requests, page by page.</summary>
/// <param name="Pipelines">By name; a page may have fewer than the next, and none.</param>
/// <param name="Next">What to ask the next page with; null on the last one.</param>
public sealed record PipelineList(IReadOnlyList<ListedPipeline> Pipelines, string? Next)
{
    /// <summary>On one line; what is not known is left out.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, PipelineListJson.Default.PipelineList);
}

/// <summary>A pipeline, and where it came from.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its pipeline type.</param>
/// <param name="Model">The model's name, as the request spells it.</param>
/// <param name="Updated">When its definition was given to it last.</param>
/// <param name="Origin"><c>api</c>, or the source that its request was committed to.</param>
/// <param name="Revision">Id of the commit that it was last given; null where that came by the API.</param>
/// <param name="RequestedBy">Who asked for what it was last given; null where nobody knows.</param>
/// <param name="Package">SHA-256 of the package that it was last given.</param>
/// <param name="Version">The version of this software that provisioned it last.</param>
public sealed record ListedPipeline(
    string Name,
    string? Type,
    string? Model,
    DateTimeOffset? Updated,
    string? Origin,
    string? Revision,
    string? RequestedBy,
    string? Package,
    string? Version
)
{
    /// <summary><c>being taken down</c>; null where it is not.</summary>
    public string? State { get; init; }

    /// <summary>As its tags say it.</summary>
    public static ListedPipeline Of(NamedPipeline pipeline, IReadOnlyDictionary<string, string> tags)
    {
        var from = PipelineProvenance.Of(tags);
        return new ListedPipeline(
            pipeline.Name,
            DeploymentTags.Find(tags, DeploymentTags.PipelineType),
            DeploymentTags.Find(tags, DeploymentTags.ModelName),
            pipeline.Updated,
            from.Origin,
            from.Revision,
            from.RequestedBy,
            from.Package,
            from.Version
        )
        {
            State = PipelineProvenance.StateOf(tags),
        };
    }
}

/// <summary>A pipeline as CodePipeline lists it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Updated">When its definition was given to it last; null when not told.</param>
public sealed record NamedPipeline(string Name, DateTimeOffset? Updated);

/// <summary>Pipelines as CodePipeline lists them.</summary>
/// <param name="Pipelines">Of whatever deployment, and of none.</param>
/// <param name="Next">The next page's token; null on the last one.</param>
public sealed record PipelinePage(IReadOnlyList<NamedPipeline> Pipelines, string? Next);

/// <summary>Lists the pipelines of a deployment: one listing and one question for tags a page, and no call for each.</summary>
public sealed class PipelineLister(ProvisioningSettings settings, IPipelines pipelines, IPipelineIndex index)
{
    /// <summary>One page.</summary>
    /// <param name="page">The token of the page before; null for the first one.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ServiceFailureException">AWS failed, or the token is none.</exception>
    public async Task<PipelineList> ReadAsync(string? page, CancellationToken cancellationToken)
    {
        var listed = await pipelines.ListAsync(page, cancellationToken);
        var requested = listed.Pipelines.Where(pipeline => PipelineName.IsOfARequest(pipeline.Name)).ToList();
        var arns = requested.Select(pipeline => settings.PipelineArn(pipeline.Name)).ToList();
        var tags = await index.OfAsync(arns, cancellationToken);
        return new PipelineList(
            [
                .. requested
                    .Where(pipeline =>
                        tags.GetValueOrDefault(pipeline.Name)?.GetValueOrDefault(DeploymentTags.Deployment)
                        == settings.Deployment.DeploymentName
                    )
                    .Select(pipeline => ListedPipeline.Of(pipeline, tags[pipeline.Name])),
            ],
            listed.Next
        );
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PipelineList))]
internal sealed partial class PipelineListJson : JsonSerializerContext;
