using Mlops.Provisioning.Blueprints;

namespace Mlops.Provisioning.ModelCards;

/// <summary>
/// The operations on model cards, as if they were the pipeline types of a blueprint: so that they are told and checked by
/// schema as those are. It has no parts, for nothing is deployed.
/// </summary>
public static class CardManifest
{
    /// <summary>Where the operations are found, in the place of a blueprint.</summary>
    public const string Name = "model-cards";

    private static readonly Lazy<BlueprintManifest> Made = new(() =>
        new BlueprintManifest
        {
            Name = Name,
            Summary = "Operations on SageMaker model cards, answered at once and without a pipeline",
            DeploysTo = DeploysTo.Orchestrator,
            PipelineTypes =
            [
                .. CardSchema.Default.PipelineTypes.Select(type => new PipelineTypeDefinition(
                    type.Type,
                    "",
                    type.Summary
                )),
            ],
            Keys = CardSchema.Default.Keys,
            Parts = [],
        }
    );

    /// <summary>The one of this version.</summary>
    public static BlueprintManifest Default => Made.Value;

    /// <summary>The operation of this name, in any case and with space around it, or null.</summary>
    public static PipelineTypeDefinition? Find(string type)
    {
        var wanted = type.Trim().ToLowerInvariant();
        return Default.PipelineTypes.FirstOrDefault(known => known.Type == wanted);
    }

    /// <summary>The sections that a request for this operation may have.</summary>
    internal static IReadOnlyList<CardField> Sections(string type) =>
        CardSchema.Default.PipelineTypes.First(known => known.Type == type).Operation
            is CardOperation.Create
                or CardOperation.Update
            ? CardSchema.Default.Sections
            : [];
}
