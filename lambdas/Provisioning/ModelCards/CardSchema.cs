using System.Text.Json;
using System.Text.Json.Serialization;
using Mlops.Provisioning.Blueprints;

namespace Mlops.Provisioning.ModelCards;

/// <summary>What is in model-cards.json: the operations, their keys, and what the sections of a card hold.</summary>
/// <param name="Source">Where its facts are from.</param>
/// <param name="PipelineTypes">The operations.</param>
/// <param name="Keys">Keys of requests that are no sections, declared as those of blueprints are.</param>
/// <param name="Sections">Keys of requests that become the card's content.</param>
internal sealed record CardSchema(
    string Source,
    IReadOnlyList<CardOperationDefinition> PipelineTypes,
    IReadOnlyList<KeyDefinition> Keys,
    IReadOnlyList<CardField> Sections
)
{
    private static readonly Lazy<CardSchema> Embedded = new(() =>
    {
        using var stream =
            typeof(CardSchema).Assembly.GetManifestResourceStream("Mlops.Provisioning.ModelCards.model-cards.json")
            ?? throw new BlueprintException("model-cards.json is not in the assembly.");
        return JsonSerializer.Deserialize(stream, CardJson.Default.CardSchema)
            ?? throw new BlueprintException("model-cards.json is null.");
    });

    /// <summary>The one of this version, read when the first request needs it.</summary>
    public static CardSchema Default => Embedded.Value;
}

/// <summary>A pipeline type that is an operation on model cards.</summary>
/// <param name="Type">Value of <c>pipeline_type</c>.</param>
/// <param name="Operation">What it does.</param>
/// <param name="Summary">One line for people.</param>
internal sealed record CardOperationDefinition(string Type, CardOperation Operation, string Summary);

/// <summary>What a request wants of model cards.</summary>
public enum CardOperation
{
    /// <summary>A new card.</summary>
    [JsonStringEnumMemberName("create")]
    Create,

    /// <summary>Other content or status.</summary>
    [JsonStringEnumMemberName("update")]
    Update,

    /// <summary>To see one.</summary>
    [JsonStringEnumMemberName("describe")]
    Describe,

    /// <summary>It gone.</summary>
    [JsonStringEnumMemberName("delete")]
    Delete,

    /// <summary>To see which there are.</summary>
    [JsonStringEnumMemberName("list")]
    List,

    /// <summary>A PDF.</summary>
    [JsonStringEnumMemberName("export")]
    Export,
}

/// <summary>A key inside a section, or a section itself.</summary>
internal sealed record CardField
{
    public required string Name { get; init; }

    public required CardFieldType Type { get; init; }

    public required string Description { get; init; }

    public bool Required { get; init; }

    public IReadOnlyList<string>? Allowed { get; init; }

    /// <summary>In characters, of the text or of each text of a map.</summary>
    public int? MaxLength { get; init; }

    public int? MaxItems { get; init; }

    public double? Minimum { get; init; }

    /// <summary>Where it stands in the card's content, where that is not under its own name.</summary>
    public IReadOnlyList<string>? WrittenAs { get; init; }

    /// <summary>Names something to look up, and is no part of the content itself.</summary>
    public bool Lookup { get; init; }

    /// <summary>Members of an object.</summary>
    public IReadOnlyList<CardField>? Fields { get; init; }

    /// <summary>What each item of a list is.</summary>
    public CardField? Items { get; init; }
}

/// <summary>What the values of a field are.</summary>
internal enum CardFieldType
{
    [JsonStringEnumMemberName("text")]
    Text,

    [JsonStringEnumMemberName("number")]
    Number,

    [JsonStringEnumMemberName("list")]
    List,

    [JsonStringEnumMemberName("object")]
    Object,

    /// <summary>Texts by names of one's own.</summary>
    [JsonStringEnumMemberName("map")]
    Map,

    /// <summary>As the field <c>type</c> beside it says.</summary>
    [JsonStringEnumMemberName("metricValue")]
    MetricValue,

    /// <summary>A text, or several for bars and matrices.</summary>
    [JsonStringEnumMemberName("axisName")]
    AxisName,
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow
)]
[JsonSerializable(typeof(CardSchema))]
internal sealed partial class CardJson : JsonSerializerContext;
