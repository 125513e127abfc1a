using Amazon.ResourceGroupsTaggingAPI;
using Amazon.ResourceGroupsTaggingAPI.Model;
using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.Values;

namespace Mlops.Provisioning.Aws;

/// <summary>Pipelines by the Resource Groups Tagging API, a hundred with each call.</summary>
public sealed class TaggedPipelines(IAmazonResourceGroupsTaggingAPI tagging) : IPipelineIndex
{
    /// <summary>As many as a page may have (API_GetResources).</summary>
    internal const int PageSize = 100;

    /// <summary>The service alone: ARNs of pipelines have no type in them.</summary>
    private const string Service = "codepipeline";

    /// <inheritdoc />
    public async Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>> AllAsync(
        string deploymentName,
        CancellationToken cancellationToken
    )
    {
        var all = new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal);
        string? page = null;
        do
        {
            var request = new GetResourcesRequest
            {
                ResourcesPerPage = PageSize,
                ResourceTypeFilters = [Service],
                TagFilters = [new TagFilter { Key = DeploymentTags.Deployment, Values = [deploymentName] }],
                PaginationToken = page,
            };
            var answer = await AwsCalls.CallAsync(
                "tag:GetResources",
                () => tagging.GetResourcesAsync(request, cancellationToken)
            );
            Add(answer, all);
            page = answer.PaginationToken;
        } while (!string.IsNullOrEmpty(page));

        return all;
    }

    /// <inheritdoc />
    public async Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>> OfAsync(
        IReadOnlyList<string> arns,
        CancellationToken cancellationToken
    )
    {
        var all = new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal);
        if (arns.Count > 0)
        {
            // Neither filters nor a page's size go together with ARNs.
            var request = new GetResourcesRequest { ResourceARNList = [.. arns] };
            Add(
                await AwsCalls.CallAsync(
                    "tag:GetResources",
                    () => tagging.GetResourcesAsync(request, cancellationToken)
                ),
                all
            );
        }

        return all;
    }

    private static void Add(GetResourcesResponse answer, Dictionary<string, IReadOnlyDictionary<string, string>> all)
    {
        foreach (var mapping in answer.ResourceTagMappingList ?? [])
        {
            // Webhooks and action types have one part more.
            if (mapping.ResourceARN.Split(':') is [_, _, _, _, _, var name] && PipelineName.IsOfARequest(name))
            {
                all[name] = (mapping.Tags ?? []).ToDictionary(tag => tag.Key, tag => tag.Value);
            }
        }
    }
}
