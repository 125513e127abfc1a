using System.Text.Json.Nodes;
using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.ModelCards;

namespace Mlops.Provisioning.Tests.Fakes;

/// <summary>Model cards in memory, with SageMaker's rules: content or status in one call, an archived card takes no content.</summary>
internal sealed class FakeModelCards : IModelCards
{
    private readonly Dictionary<string, List<ModelCard>> cards = [];
    private readonly Dictionary<string, ModelCardExport> exports = [];

    public List<string> Calls { get; } = [];

    public Dictionary<string, FoundModel> Models { get; } = [];

    public Dictionary<string, JsonObject> TrainingJobs { get; } = [];

    /// <summary>Artifact to training job.</summary>
    public Dictionary<string, string> MadeBy { get; } = [];

    public int PageSize { get; set; } = 100;

    /// <summary>What the next call fails with.</summary>
    public ServiceFailureException? Fault { get; set; }

    public void Finish(string status, string? reason = null)
    {
        foreach (var (arn, export) in exports)
        {
            exports[arn] = export with
            {
                Status = status,
                FailureReason = reason,
                Artifacts = status == "Completed" ? "s3://assets/model_card_exports/card.pdf" : null,
            };
        }
    }

    public Task<ModelCard?> FindAsync(string name, int? version, CancellationToken cancellationToken)
    {
        Call("Describe");
        var versions = cards.GetValueOrDefault(name, []);
        var found = version is null
            ? versions.LastOrDefault()
            : versions.FirstOrDefault(card => card.Version == version);
        return Task.FromResult(
            found is null ? null : found with { Described = found.Described.DeepClone().AsObject() }
        );
    }

    public Task CreateAsync(string name, string status, string content, CancellationToken cancellationToken)
    {
        Call("Create");
        if (cards.ContainsKey(name))
        {
            throw Failure("ConflictException", "it exists");
        }

        cards[name] = [Card(name, 1, status, content)];
        return Task.CompletedTask;
    }

    public Task UpdateContentAsync(string name, string content, CancellationToken cancellationToken)
    {
        Call("UpdateContent");
        var last = cards[name][^1];
        if (last.Status == "Archived")
        {
            throw Failure("ValidationException", "Model Card is in Archived state");
        }

        cards[name].Add(Card(name, last.Version + 1, last.Status, content));
        return Task.CompletedTask;
    }

    public Task UpdateStatusAsync(string name, string status, CancellationToken cancellationToken)
    {
        Call("UpdateStatus");
        var last = cards[name][^1];
        cards[name][^1] = Card(name, last.Version, status, last.Content!);
        return Task.CompletedTask;
    }

    public Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        Call("Delete");
        return cards.Remove(name) ? Task.CompletedTask : throw Failure("ResourceNotFound", "it is not there");
    }

    public Task<ModelCardPage> ListAsync(string? nextToken, CancellationToken cancellationToken)
    {
        Call("List");
        if (!int.TryParse(nextToken ?? "0", null, out var from))
        {
            throw Failure("ValidationException", "Invalid pagination token");
        }

        var page = cards.Keys.Skip(from).Take(PageSize).Select(name => new JsonObject { ["ModelCardName"] = name });
        var next = from + PageSize < cards.Count ? $"{from + PageSize}" : null;
        return Task.FromResult(new ModelCardPage([.. page], next));
    }

    public Task<IReadOnlyList<string>> CardsOfModelAsync(string modelArn, CancellationToken cancellationToken)
    {
        Call("Search");
        return Task.FromResult<IReadOnlyList<string>>([
            .. cards
                .Where(card =>
                    (string?)JsonNode.Parse(card.Value[^1].Content!)?["model_overview"]?["model_id"] == modelArn
                )
                .Select(card => card.Key),
        ]);
    }

    public Task<ModelCardExport?> FindExportAsync(string arn, CancellationToken cancellationToken)
    {
        Call("DescribeExport");
        return Task.FromResult(exports.GetValueOrDefault(arn));
    }

    public Task StartExportAsync(
        string name,
        int version,
        string job,
        string outputPath,
        CancellationToken cancellationToken
    )
    {
        Call("Export");
        exports[$"arn:aws:sagemaker:us-east-1:123456789012:model-card/{name}/export-job/{job}"] = new ModelCardExport(
            name,
            version,
            "InProgress",
            null,
            null
        );
        return Task.CompletedTask;
    }

    public Task<FoundModel?> FindModelAsync(string name, CancellationToken cancellationToken) =>
        Task.FromResult(Models.GetValueOrDefault(name));

    public Task<string?> TrainingJobOfAsync(string artifact, CancellationToken cancellationToken) =>
        Task.FromResult(MadeBy.GetValueOrDefault(artifact));

    public Task<JsonObject?> FindTrainingJobAsync(string name, CancellationToken cancellationToken) =>
        Task.FromResult(TrainingJobs.GetValueOrDefault(name)?.DeepClone().AsObject());

    private void Call(string name)
    {
        Calls.Add(name);
        if (Fault is { } fault)
        {
            Fault = null;
            throw fault;
        }
    }

    private static ModelCard Card(string name, int version, string status, string content) =>
        new(
            version,
            status,
            content,
            new JsonObject
            {
                ["ModelCardName"] = name,
                ["ModelCardVersion"] = version,
                ["ModelCardStatus"] = status,
                ["Content"] = content,
            }
        );

    public static ServiceFailureException Failure(string code, string message, int status = 400) =>
        new("sagemaker:Call", code, status, message);
}
