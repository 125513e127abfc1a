using System.Text.Json.Nodes;
using Mlops.Provisioning.Blueprints;
using Mlops.Provisioning.Requests;

namespace Mlops.Provisioning.ModelCards;

/// <summary>A request for an operation on model cards that can be carried out: only <see cref="CardRequests"/> makes one.</summary>
public sealed record CardRequest
{
    /// <summary>What is wanted.</summary>
    public required CardOperation Operation { get; init; }

    /// <summary>Name of the card; empty for a list.</summary>
    public required string Name { get; init; }

    /// <summary>Wanted status; null where the request has none.</summary>
    public string? Status { get; init; }

    /// <summary>Wanted version; null for the newest.</summary>
    public int? Version { get; init; }

    /// <summary>Name of the export job; null where the request has none.</summary>
    public string? ExportJobName { get; init; }

    /// <summary>Where a list goes on; null for its beginning.</summary>
    public string? NextToken { get; init; }

    /// <summary>The sections as SageMaker writes them, with null for what is to be removed.</summary>
    public required JsonObject Content { get; init; }

    /// <summary>Name of the SageMaker model to look up for the overview; null for none.</summary>
    public string? Model { get; init; }

    /// <summary>Name of the SageMaker model whose training job is to be looked up; null for none.</summary>
    public string? TrainedModel { get; init; }

    /// <summary>Name of the training job to look up; null for none.</summary>
    public string? TrainingJob { get; init; }
}

/// <summary>Reads requests for operations on model cards: every finding at once.</summary>
public static class CardRequests
{
    /// <summary>The pipeline types that are operations on model cards.</summary>
    public static IEnumerable<string> PipelineTypes => CardSchema.Default.PipelineTypes.Select(type => type.Type);

    /// <summary>Whether a request's pipeline type is one of them, in any case and with space around it.</summary>
    public static bool IsOne(PipelineRequest request) => Find(request) is not null;

    /// <summary>The request as it can be carried out, or null and at least one finding.</summary>
    /// <exception cref="ArgumentException">It is none of these (<see cref="IsOne"/>).</exception>
    public static CardRequest? Read(PipelineRequest request, out IReadOnlyList<Finding> findings)
    {
        var operation =
            Find(request) ?? throw new ArgumentException("Not an operation on model cards.", nameof(request));
        var found = new List<Finding>();
        var values = ReadKeys(request, operation, found);
        var content = operation.Operation is CardOperation.Create or CardOperation.Update
            ? ReadSections(request, found)
            : [];
        findings = found;
        return found.Count > 0
            ? null
            : new CardRequest
            {
                Operation = operation.Operation,
                Name = values.GetValueOrDefault("name", ""),
                Status = values.GetValueOrDefault("status"),
                Version = values.TryGetValue("model_card_version", out var version) ? int.Parse(version, null) : null,
                ExportJobName = values.GetValueOrDefault("export_job_name"),
                NextToken = values.GetValueOrDefault("next_token"),
                Content = content,
                Model = Text(request, "model_overview", "model_name"),
                TrainedModel = Text(request, "training_details", "model_name"),
                TrainingJob = Text(request, "training_details", "training_job_name"),
            };
    }

    private static CardOperationDefinition? Find(PipelineRequest request) =>
        request.Find(RequestKeys.PipelineType) is { Kind: RequestValueKind.Text } value
            ? CardSchema.Default.PipelineTypes.FirstOrDefault(type =>
                string.Equals(type.Type, value.Text.Trim(), StringComparison.OrdinalIgnoreCase)
            )
            : null;

    private static Dictionary<string, string> ReadKeys(
        PipelineRequest request,
        CardOperationDefinition operation,
        List<Finding> findings
    )
    {
        var values = new Dictionary<string, string>();
        foreach (var key in CardSchema.Default.Keys.Where(key => key.BelongsTo(operation.Type)))
        {
            if (request.Find(key.Name) is { } value)
            {
                if (TargetValues.Read(key, value, ValidationScope.Offline, findings) is { } read)
                {
                    values[key.Name] = read.Text;
                }
            }
            else if (key.Required)
            {
                var known = CardSchema.Default.Keys.Select(other => other.Name).Append(RequestKeys.PipelineType);
                findings.Add(
                    RequiredKeys.Missing(
                        key.Name,
                        known,
                        request,
                        $"Add \"{key.Name}\", for example \"{key.Example}\"."
                    )
                );
            }
        }

        return values;
    }

    private static JsonObject ReadSections(PipelineRequest request, List<Finding> findings)
    {
        var content = new JsonObject();
        foreach (var section in CardSchema.Default.Sections)
        {
            if (request.Find(section.Name) is { } value)
            {
                content[section.Name] = CardReader.Read(section, value, Quote.Pointer("", section.Name), findings);
            }
        }

        return content;
    }

    private static string? Text(PipelineRequest request, string section, string name) =>
        request.Find(section)?.Members.GetValueOrDefault(name) is { Kind: RequestValueKind.Text } value
        && value.Text.Trim() is { Length: > 0 } text
            ? text
            : null;
}
