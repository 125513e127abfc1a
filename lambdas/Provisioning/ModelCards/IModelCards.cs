using System.Text.Json.Nodes;
using Mlops.Provisioning.CodePipelines;

namespace Mlops.Provisioning.ModelCards;

/// <summary>The model cards of SageMaker, and what can be looked up for them. Every member throws
/// <see cref="ServiceFailureException"/> when AWS refuses.</summary>
public interface IModelCards
{
    /// <summary>A version of a card, or null.</summary>
    Task<ModelCard?> FindAsync(string name, int? version, CancellationToken cancellationToken);

    /// <summary>Makes a card.</summary>
    Task CreateAsync(string name, string status, string content, CancellationToken cancellationToken);

    /// <summary>Gives a card new content: a new version. SageMaker takes no status in the same call.</summary>
    Task UpdateContentAsync(string name, string content, CancellationToken cancellationToken);

    /// <summary>Gives a card another status.</summary>
    Task UpdateStatusAsync(string name, string status, CancellationToken cancellationToken);

    /// <summary>Deletes a card.</summary>
    Task DeleteAsync(string name, CancellationToken cancellationToken);

    /// <summary>One page of the cards: 100 at most.</summary>
    Task<ModelCardPage> ListAsync(string? nextToken, CancellationToken cancellationToken);

    /// <summary>Names of the cards that describe a model.</summary>
    Task<IReadOnlyList<string>> CardsOfModelAsync(string modelArn, CancellationToken cancellationToken);

    /// <summary>An export job, or null.</summary>
    Task<ModelCardExport?> FindExportAsync(string arn, CancellationToken cancellationToken);

    /// <summary>Starts an export job.</summary>
    Task StartExportAsync(string name, int version, string job, string outputPath, CancellationToken cancellationToken);

    /// <summary>A model, or null.</summary>
    Task<FoundModel?> FindModelAsync(string name, CancellationToken cancellationToken);

    /// <summary>Name of the training job that made an artifact, the newest, or null.</summary>
    Task<string?> TrainingJobOfAsync(string artifact, CancellationToken cancellationToken);

    /// <summary>What a card tells of a training job (its <c>training_job_details</c>), or null.</summary>
    Task<JsonObject?> FindTrainingJobAsync(string name, CancellationToken cancellationToken);
}

/// <summary>A version of a card.</summary>
/// <param name="Version">Number of the version.</param>
/// <param name="Status">One of Draft, PendingReview, Approved, Archived.</param>
/// <param name="Content">JSON text of its sections; null where SageMaker gives none.</param>
/// <param name="Described">All that SageMaker says of it, under SageMaker's names.</param>
public sealed record ModelCard(int Version, string Status, string? Content, JsonObject Described);

/// <summary>Some of the cards.</summary>
/// <param name="Summaries">What SageMaker says of each, under SageMaker's names.</param>
/// <param name="NextToken">Where the next page begins; null after the last.</param>
public sealed record ModelCardPage(IReadOnlyList<JsonObject> Summaries, string? NextToken);

/// <summary>An export job.</summary>
/// <param name="Card">The card that it exports.</param>
/// <param name="Version">Version of that card.</param>
/// <param name="Status">InProgress, Completed or Failed.</param>
/// <param name="FailureReason">Why it failed.</param>
/// <param name="Artifacts">Where the PDF is, when it is.</param>
public sealed record ModelCardExport(string Card, int Version, string Status, string? FailureReason, string? Artifacts);

/// <summary>A model of SageMaker's.</summary>
/// <param name="Arn">Its ARN.</param>
/// <param name="Images">Images of its containers, those of its model package included.</param>
/// <param name="Artifacts">Where its artifacts are.</param>
public sealed record FoundModel(string Arn, IReadOnlyList<string> Images, IReadOnlyList<string> Artifacts);
