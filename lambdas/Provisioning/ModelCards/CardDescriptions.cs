using System.Text.Json.Nodes;
using Mlops.Provisioning.Blueprints;
using Mlops.Provisioning.Descriptions;

namespace Mlops.Provisioning.ModelCards;

/// <summary>The operations on model cards, as they are told to people.</summary>
public static class CardDescriptions
{
    private const string Step = "Answered at once, in the orchestrator account: no pipeline and no stack.";

    /// <summary>All of them, in a line each.</summary>
    public static BlueprintSummary Summary =>
        new(
            CardManifest.Name,
            CardManifest.Default.Summary,
            [.. CardManifest.Default.PipelineTypes.Select(type => new PipelineTypeSummary(type.Type, type.Summary))]
        );

    /// <summary>All of them, with every key.</summary>
    public static BlueprintDescription Whole =>
        new(
            CardManifest.Name,
            CardManifest.Default.Summary,
            null,
            [.. CardManifest.Default.PipelineTypes.Select(Describe)]
        );

    /// <summary>All of them, by their name together or by that of one; null for any other name.</summary>
    public static BlueprintDescription? Find(string name) =>
        name == CardManifest.Name || CardManifest.Find(name) is not null ? Whole : null;

    /// <summary>One of them; null where it is none.</summary>
    public static TypeDescription? Type(string type) => CardManifest.Find(type) is { } found ? Describe(found) : null;

    private static TypeDescription Describe(PipelineTypeDefinition type)
    {
        var told = Describing.Type(CardManifest.Default, type);
        return told with { Keys = [.. told.Keys, .. CardManifest.Sections(type.Type).Select(Key)], Steps = [Step] };
    }

    private static KeyDescription Key(CardField field) =>
        new(
            field.Name,
            field.Type switch
            {
                CardFieldType.Text => KeyType.Text,
                CardFieldType.Number => KeyType.Number,
                _ => KeyType.Json,
            },
            Values(field),
            field.Required,
            null,
            null,
            false,
            field.Description,
            null
        )
        {
            Fields = (field.Fields ?? field.Items?.Fields) is { } fields ? [.. fields.Select(Key)] : null,
        };

    private static string Values(CardField field)
    {
        string?[] words =
        [
            field.Type switch
            {
                CardFieldType.Text => "text",
                CardFieldType.Number => "number",
                CardFieldType.Object => "object",
                CardFieldType.Map => "object with texts by name",
                CardFieldType.List => field.Items!.Fields is null ? "array of texts" : "array of objects",
                CardFieldType.AxisName => "text, or an array of texts for a bar_chart or a matrix",
                _ => "number, text, true or false, or arrays of numbers, as its type says",
            },
            field.Allowed is { } allowed ? KeyWords.OneOf(allowed) : null,
            field.Minimum is { } minimum ? $"{minimum} or more" : null,
            field.MaxItems is { } items ? $"{items} items at most" : null,
            (field.MaxLength ?? field.Items?.MaxLength) is { } length ? $"{length} characters at most" : null,
        ];
        return string.Join("; ", words.Where(word => word is not null));
    }
}
