using System.Text.Json.Nodes;
using Amazon.SageMaker;
using Amazon.SageMaker.Model;
using Mlops.Provisioning.ModelCards;

namespace Mlops.Provisioning.Aws;

/// <summary>Model cards of SageMaker's, in the account and region of the client.</summary>
public sealed class SageMakerModelCards(IAmazonSageMaker sageMaker) : IModelCards
{
    /// <summary>The most of one page (SageMaker, ListModelCards and Search).</summary>
    private const int PageSize = 100;

    /// <inheritdoc />
    public async Task<Provisioning.ModelCards.ModelCard?> FindAsync(
        string name,
        int? version,
        CancellationToken cancellationToken
    )
    {
        var card = await FindAsync(
            "sagemaker:DescribeModelCard",
            () =>
                sageMaker.DescribeModelCardAsync(
                    new DescribeModelCardRequest { ModelCardName = name, ModelCardVersion = version },
                    cancellationToken
                )
        );
        return card is null
            ? null
            : new Provisioning.ModelCards.ModelCard(
                card.ModelCardVersion ?? 1,
                card.ModelCardStatus.Value,
                card.Content,
                ModelCardJson.Of(card)
            );
    }

    /// <inheritdoc />
    public Task CreateAsync(string name, string status, string content, CancellationToken cancellationToken) =>
        AwsCalls.CallAsync(
            "sagemaker:CreateModelCard",
            () =>
                sageMaker.CreateModelCardAsync(
                    new CreateModelCardRequest
                    {
                        ModelCardName = name,
                        ModelCardStatus = status,
                        Content = content,
                    },
                    cancellationToken
                )
        );

    /// <inheritdoc />
    public Task UpdateContentAsync(string name, string content, CancellationToken cancellationToken) =>
        UpdateAsync(new UpdateModelCardRequest { ModelCardName = name, Content = content }, cancellationToken);

    /// <inheritdoc />
    public Task UpdateStatusAsync(string name, string status, CancellationToken cancellationToken) =>
        UpdateAsync(new UpdateModelCardRequest { ModelCardName = name, ModelCardStatus = status }, cancellationToken);

    /// <inheritdoc />
    public Task DeleteAsync(string name, CancellationToken cancellationToken) =>
        AwsCalls.CallAsync(
            "sagemaker:DeleteModelCard",
            () => sageMaker.DeleteModelCardAsync(new DeleteModelCardRequest { ModelCardName = name }, cancellationToken)
        );

    /// <inheritdoc />
    public async Task<ModelCardPage> ListAsync(string? nextToken, CancellationToken cancellationToken)
    {
        var page = await AwsCalls.CallAsync(
            "sagemaker:ListModelCards",
            () =>
                sageMaker.ListModelCardsAsync(
                    new ListModelCardsRequest { MaxResults = PageSize, NextToken = nextToken },
                    cancellationToken
                )
        );
        return new ModelCardPage(
            [.. (page.ModelCardSummaries ?? []).Select(ModelCardJson.Of)],
            string.IsNullOrEmpty(page.NextToken) ? null : page.NextToken
        );
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<string>> CardsOfModelAsync(string modelArn, CancellationToken cancellationToken) =>
        [
            .. (await SearchAsync(ResourceType.ModelCard, "ModelId", modelArn, cancellationToken))
                .Select(record => record.ModelCard?.ModelCardName)
                .OfType<string>(),
        ];

    /// <inheritdoc />
    public async Task<ModelCardExport?> FindExportAsync(string arn, CancellationToken cancellationToken)
    {
        var job = await FindAsync(
            "sagemaker:DescribeModelCardExportJob",
            () =>
                sageMaker.DescribeModelCardExportJobAsync(
                    new DescribeModelCardExportJobRequest { ModelCardExportJobArn = arn },
                    cancellationToken
                )
        );
        return job is null
            ? null
            : new ModelCardExport(
                job.ModelCardName,
                job.ModelCardVersion ?? 1,
                job.Status.Value,
                job.FailureReason,
                job.ExportArtifacts?.S3ExportArtifacts
            );
    }

    /// <inheritdoc />
    public Task StartExportAsync(
        string name,
        int version,
        string job,
        string outputPath,
        CancellationToken cancellationToken
    ) =>
        AwsCalls.CallAsync(
            "sagemaker:CreateModelCardExportJob",
            () =>
                sageMaker.CreateModelCardExportJobAsync(
                    new CreateModelCardExportJobRequest
                    {
                        ModelCardName = name,
                        ModelCardVersion = version,
                        ModelCardExportJobName = job,
                        OutputConfig = new ModelCardExportOutputConfig { S3OutputPath = outputPath },
                    },
                    cancellationToken
                )
        );

    /// <inheritdoc />
    public async Task<FoundModel?> FindModelAsync(string name, CancellationToken cancellationToken)
    {
        var model = await FindAsync(
            "sagemaker:DescribeModel",
            () => sageMaker.DescribeModelAsync(new DescribeModelRequest { ModelName = name }, cancellationToken)
        );
        if (model is null)
        {
            return null;
        }

        ContainerDefinition[] containers =
        [
            .. model.PrimaryContainer is { } primary ? [primary] : model.Containers ?? [],
        ];
        var images = new List<string?>();
        var artifacts = new List<string?>();
        foreach (var container in containers)
        {
            images.Add(container.Image);
            artifacts.Add(container.ModelDataUrl);
            if (string.IsNullOrEmpty(container.Image) && container.ModelPackageName is { Length: > 0 } package)
            {
                var packaged = await PackagedAsync(package, cancellationToken);
                images.AddRange(packaged.Select(inside => inside.Image));
                artifacts.AddRange(packaged.Select(inside => inside.ModelDataUrl));
            }
        }

        return new FoundModel(model.ModelArn, Given(images), Given(artifacts));
    }

    /// <inheritdoc />
    public async Task<string?> TrainingJobOfAsync(string artifact, CancellationToken cancellationToken) =>
        (await SearchAsync(ResourceType.TrainingJob, "ModelArtifacts.S3ModelArtifacts", artifact, cancellationToken))
            .Select(record => record.TrainingJob)
            .Where(job => job is not null)
            .OrderByDescending(job => job.CreationTime)
            .FirstOrDefault()
            ?.TrainingJobName;

    /// <inheritdoc />
    public async Task<JsonObject?> FindTrainingJobAsync(string name, CancellationToken cancellationToken)
    {
        var job = await FindAsync(
            "sagemaker:DescribeTrainingJob",
            () =>
                sageMaker.DescribeTrainingJobAsync(
                    new DescribeTrainingJobRequest { TrainingJobName = name },
                    cancellationToken
                )
        );
        return job is null ? null : ModelCardJson.DetailsOf(job);
    }

    /// <summary>A package that is gone leaves a model without an image, not a card without a model.</summary>
    private async Task<IReadOnlyList<ModelPackageContainerDefinition>> PackagedAsync(
        string package,
        CancellationToken cancellationToken
    ) =>
        (
            await FindAsync(
                "sagemaker:DescribeModelPackage",
                () =>
                    sageMaker.DescribeModelPackageAsync(
                        new DescribeModelPackageRequest { ModelPackageName = package },
                        cancellationToken
                    )
            )
        )
            ?.InferenceSpecification
            ?.Containers
        ?? [];

    private Task<UpdateModelCardResponse> UpdateAsync(
        UpdateModelCardRequest update,
        CancellationToken cancellationToken
    ) =>
        AwsCalls.CallAsync(
            "sagemaker:UpdateModelCard",
            () => sageMaker.UpdateModelCardAsync(update, cancellationToken)
        );

    private async Task<IReadOnlyList<SearchRecord>> SearchAsync(
        ResourceType resource,
        string property,
        string value,
        CancellationToken cancellationToken
    )
    {
        var answer = await AwsCalls.CallAsync(
            "sagemaker:Search",
            () =>
                sageMaker.SearchAsync(
                    new SearchRequest
                    {
                        Resource = resource,
                        MaxResults = PageSize,
                        SearchExpression = new SearchExpression
                        {
                            Filters =
                            [
                                new Filter
                                {
                                    Name = property,
                                    Operator = Operator.Equals,
                                    Value = value,
                                },
                            ],
                        },
                    },
                    cancellationToken
                )
        );
        return answer.Results ?? [];
    }

    /// <summary>SageMaker's older operations have no "not found": they answer ValidationException with "Could not find …".</summary>
    private static Task<T?> FindAsync<T>(string operation, Func<Task<T>> call)
        where T : class =>
        AwsCalls.CallAsync<T?>(
            operation,
            async () =>
            {
                try
                {
                    return await call();
                }
                catch (AmazonSageMakerException missing)
                    when (missing.ErrorCode is "ResourceNotFound" or "ResourceNotFoundException"
                        || (
                            missing.ErrorCode == "ValidationException"
                            && (
                                missing.Message.Contains("Could not find", StringComparison.OrdinalIgnoreCase)
                                || missing.Message.Contains("does not exist", StringComparison.OrdinalIgnoreCase)
                                || missing.Message.Contains("not found", StringComparison.OrdinalIgnoreCase)
                            )
                        )
                    )
                {
                    return null;
                }
            }
        );

    private static IReadOnlyList<string> Given(IEnumerable<string?> texts) =>
        [.. texts.OfType<string>().Where(text => text.Length > 0).Distinct()];
}
