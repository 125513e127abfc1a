using Amazon.CodePipeline;
using Amazon.CodePipeline.Model;
using Mlops.Provisioning.CodePipelines;
using PipelineExecution = Mlops.Provisioning.CodePipelines.PipelineExecution;
using PipelineState = Mlops.Provisioning.CodePipelines.PipelineState;

namespace Mlops.Provisioning.Aws;

/// <summary>Pipelines by CodePipeline's API.</summary>
public sealed partial class CodePipelineService(IAmazonCodePipeline codePipeline) : IPipelines
{
    /// <inheritdoc />
    public Task<ExistingPipeline?> FindAsync(string name, CancellationToken cancellationToken) =>
        AwsCalls.CallAsync<ExistingPipeline?>(
            "codepipeline:GetPipeline",
            async () =>
            {
                try
                {
                    var answer = await codePipeline.GetPipelineAsync(
                        new GetPipelineRequest { Name = name },
                        cancellationToken
                    );
                    return new ExistingPipeline(
                        PipelineDeclarations.ToDefinition(answer.Pipeline),
                        PipelineStates.Time(answer.Metadata?.Updated)
                    );
                }
                catch (PipelineNotFoundException)
                {
                    return null;
                }
            }
        );

    /// <inheritdoc />
    public Task<PipelinePage> ListAsync(string? page, CancellationToken cancellationToken) =>
        AwsCalls.CallAsync(
            "codepipeline:ListPipelines",
            async () =>
            {
                var answer = await codePipeline.ListPipelinesAsync(
                    new ListPipelinesRequest { MaxResults = TaggedPipelines.PageSize, NextToken = page },
                    cancellationToken
                );
                return new PipelinePage(
                    [
                        .. (answer.Pipelines ?? []).Select(pipeline => new NamedPipeline(
                            pipeline.Name,
                            PipelineStates.Time(pipeline.Updated)
                        )),
                    ],
                    string.IsNullOrEmpty(answer.NextToken) ? null : answer.NextToken
                );
            }
        );

    /// <inheritdoc />
    public Task<bool> CreateAsync(
        PipelineDefinition definition,
        IReadOnlyDictionary<string, string> tags,
        CancellationToken cancellationToken
    ) =>
        AwsCalls.CallAsync(
            "codepipeline:CreatePipeline",
            async () =>
            {
                try
                {
                    await codePipeline.CreatePipelineAsync(
                        new CreatePipelineRequest
                        {
                            Pipeline = PipelineDeclarations.ToDeclaration(definition),
                            Tags = Tags(tags),
                        },
                        cancellationToken
                    );
                    return true;
                }
                catch (PipelineNameInUseException)
                {
                    return false;
                }
            }
        );

    /// <inheritdoc />
    public Task UpdateAsync(PipelineDefinition definition, CancellationToken cancellationToken) =>
        AwsCalls.CallAsync(
            "codepipeline:UpdatePipeline",
            () =>
                codePipeline.UpdatePipelineAsync(
                    new UpdatePipelineRequest { Pipeline = PipelineDeclarations.ToDeclaration(definition) },
                    cancellationToken
                )
        );

    /// <inheritdoc />
    public Task DeleteAsync(string name, CancellationToken cancellationToken) =>
        AwsCalls.CallAsync(
            "codepipeline:DeletePipeline",
            () => codePipeline.DeletePipelineAsync(new DeletePipelineRequest { Name = name }, cancellationToken)
        );

    /// <inheritdoc />
    public Task TagAsync(
        string pipelineArn,
        IReadOnlyDictionary<string, string> tags,
        CancellationToken cancellationToken
    ) =>
        AwsCalls.CallAsync(
            "codepipeline:TagResource",
            () =>
                codePipeline.TagResourceAsync(
                    new TagResourceRequest { ResourceArn = pipelineArn, Tags = Tags(tags) },
                    cancellationToken
                )
        );

    /// <summary>In one answer: a pipeline has 50 tags at most (quotas of CodePipeline), a page has 100.</summary>
    public Task<IReadOnlyDictionary<string, string>> TagsAsync(
        string pipelineArn,
        CancellationToken cancellationToken
    ) =>
        AwsCalls.CallAsync<IReadOnlyDictionary<string, string>>(
            "codepipeline:ListTagsForResource",
            async () =>
            {
                try
                {
                    var answer = await codePipeline.ListTagsForResourceAsync(
                        new ListTagsForResourceRequest { ResourceArn = pipelineArn },
                        cancellationToken
                    );
                    return (answer.Tags ?? []).ToDictionary(tag => tag.Key, tag => tag.Value);
                }
                catch (ResourceNotFoundException)
                {
                    return new Dictionary<string, string>();
                }
            }
        );

    private static List<Tag> Tags(IReadOnlyDictionary<string, string> tags) =>
        [.. tags.Select(tag => new Tag { Key = tag.Key, Value = tag.Value })];
}
