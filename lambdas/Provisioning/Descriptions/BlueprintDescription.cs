using System.Text.Json.Nodes;
using Mlops.Provisioning.Blueprints;
using Mlops.Provisioning.ModelCards;

namespace Mlops.Provisioning.Descriptions;

/// <summary>A blueprint, as it is told to people: by the API, by <c>mlops explain</c> and by docs/reference.</summary>
/// <param name="Name">Name of the blueprint.</param>
/// <param name="Summary">One line.</param>
/// <param name="DeploysTo">Where its stacks go; null for what makes none.</param>
/// <param name="PipelineTypes">Its pipeline types.</param>
public sealed record BlueprintDescription(
    string Name,
    string Summary,
    DeploysTo? DeploysTo,
    IReadOnlyList<TypeDescription> PipelineTypes
)
{
    /// <summary>Describes a blueprint.</summary>
    public static BlueprintDescription Of(Blueprint blueprint) =>
        new(
            blueprint.Manifest.Name,
            blueprint.Manifest.Summary,
            blueprint.Manifest.DeploysTo,
            [.. blueprint.Manifest.PipelineTypes.Select(type => TypeDescription.Of(blueprint, type))]
        );
}

/// <summary>A pipeline type with everything that a request can say.</summary>
/// <param name="Type">Value of <c>pipeline_type</c>.</param>
/// <param name="Summary">One line.</param>
/// <param name="Blueprint">Name of its blueprint.</param>
/// <param name="Keys">The keys besides <c>pipeline_type</c>, in the manifest's order.</param>
/// <param name="Rules">What keys ask of each other, a sentence each.</param>
/// <param name="Steps">What is deployed and run, in order, a sentence each.</param>
/// <param name="Example">The shortest request where models are the user's own, not the registry's.</param>
public sealed record TypeDescription(
    string Type,
    string Summary,
    string Blueprint,
    IReadOnlyList<KeyDescription> Keys,
    IReadOnlyList<string> Rules,
    IReadOnlyList<string> Steps,
    JsonObject Example
)
{
    /// <summary>Describes a pipeline type.</summary>
    public static TypeDescription Of(Blueprint blueprint, PipelineTypeDefinition type) =>
        Describing.Type(blueprint.Manifest, type);
}

/// <summary>A key of a request.</summary>
/// <param name="Name">As clients write it.</param>
/// <param name="Type">The manifest's word for what its values are.</param>
/// <param name="Values">What its values are, with their limits, in words.</param>
/// <param name="Required">Whether every request of this pipeline type has to have it.</param>
/// <param name="RequiredWhen">Which requests have to have it, in words; null for all or none.</param>
/// <param name="Default">Taken where a request has no value; a key in quotes where it is that key's value.</param>
/// <param name="PerTarget">Whether an object may give each target a value of its own.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Example">A value as a client would write it.</param>
public sealed record KeyDescription(
    string Name,
    KeyType Type,
    string Values,
    bool Required,
    string? RequiredWhen,
    string? Default,
    bool PerTarget,
    string Description,
    JsonNode? Example
)
{
    /// <summary>Members of an object, or of each object of an array, where they are declared; else null.</summary>
    public IReadOnlyList<KeyDescription>? Fields { get; init; }
}

/// <summary>A blueprint in a list.</summary>
/// <param name="Name">Name of the blueprint.</param>
/// <param name="Summary">One line.</param>
/// <param name="PipelineTypes">Its pipeline types.</param>
public sealed record BlueprintSummary(string Name, string Summary, IReadOnlyList<PipelineTypeSummary> PipelineTypes)
{
    /// <summary>Sums a blueprint up.</summary>
    public static BlueprintSummary Of(Blueprint blueprint) =>
        new(
            blueprint.Manifest.Name,
            blueprint.Manifest.Summary,
            [.. blueprint.Manifest.PipelineTypes.Select(type => new PipelineTypeSummary(type.Type, type.Summary))]
        );
}

/// <summary>A pipeline type in a list.</summary>
/// <param name="Type">Value of <c>pipeline_type</c>.</param>
/// <param name="Summary">One line.</param>
public sealed record PipelineTypeSummary(string Type, string Summary);

/// <summary>All that a request can ask for.</summary>
/// <param name="Blueprints">By name.</param>
public sealed record BlueprintList(IReadOnlyList<BlueprintSummary> Blueprints)
{
    /// <summary>What is answered at once, without a pipeline: the operations on model cards.</summary>
    public IReadOnlyList<BlueprintSummary> Operations { get; } = [CardDescriptions.Summary];
}
