using System.Text.Json.Nodes;
using Mlops.Provisioning.CodePipelines;

namespace Mlops.Provisioning.ModelCards;

/// <summary>Finds out what a card can tell of a model and of a training job, so that nobody has to copy it.</summary>
internal sealed class CardLookup(IModelCards cards)
{
    /// <summary>Items of the lists of a card (SageMaker, model card JSON schema).</summary>
    private const int ListLimit = 15;

    /// <summary>Sections with what was found, and what could not be found out.</summary>
    /// <exception cref="CardRefusedException">What the request names is not there, or has a card of its own.</exception>
    public async Task<(JsonObject Found, IReadOnlyList<string> Notes)> FindAsync(
        CardRequest card,
        CancellationToken cancellationToken
    )
    {
        var (found, notes) = (new JsonObject(), new List<string>());
        if (card.Model is { } name)
        {
            var model = await ModelAsync(name, "/model_overview/model_name", cancellationToken);
            await CheckOtherCardsAsync(card, model, notes, cancellationToken);
            found["model_overview"] = new JsonObject
            {
                ["model_id"] = model.Arn,
                ["model_artifact"] = List(model.Artifacts),
                ["inference_environment"] = new JsonObject { ["container_image"] = List(model.Images) },
            };
        }

        if (await TrainingJobAsync(card, cancellationToken) is { } job)
        {
            found["training_details"] = new JsonObject { ["training_job_details"] = job };
        }

        return (found, notes);
    }

    private async Task<JsonObject?> TrainingJobAsync(CardRequest card, CancellationToken cancellationToken)
    {
        if (card.TrainedModel is { } model)
        {
            const string pointer = "/training_details/model_name";
            var found = await ModelAsync(model, pointer, cancellationToken);
            foreach (var artifact in found.Artifacts)
            {
                if (await cards.TrainingJobOfAsync(artifact, cancellationToken) is { } made)
                {
                    return await cards.FindTrainingJobAsync(made, cancellationToken);
                }
            }

            throw CardProblems.NotThere("training job that made the model", model, pointer);
        }

        return card.TrainingJob is not { } job
            ? null
            : await cards.FindTrainingJobAsync(job, cancellationToken)
                ?? throw CardProblems.NotThere("training job", job, "/training_details/training_job_name");
    }

    private async Task<FoundModel> ModelAsync(string name, string pointer, CancellationToken cancellationToken) =>
        await cards.FindModelAsync(name, cancellationToken) ?? throw CardProblems.NotThere("model", name, pointer);

    /// <summary>A model has one card; the one that is being updated is not another one.</summary>
    private async Task CheckOtherCardsAsync(
        CardRequest card,
        FoundModel model,
        List<string> notes,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var others = await cards.CardsOfModelAsync(model.Arn, cancellationToken);
            if (others.FirstOrDefault(other => other != card.Name) is { } other)
            {
                throw CardProblems.ModelHasCard(card.Model!, other);
            }
        }
        catch (ServiceFailureException failure)
            when (failure.ErrorCode.Contains("Validation", StringComparison.Ordinal))
        {
            notes.Add($"Whether another card describes this model could not be found out: {failure.Message}");
        }
    }

    private static JsonArray List(IEnumerable<string> texts) =>
        [.. texts.Distinct().Take(ListLimit).Select(text => (JsonNode?)text)];
}
