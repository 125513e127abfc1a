using System.Text.Json.Nodes;
using Mlops.Provisioning.Blueprints;
using Mlops.Provisioning.Descriptions;
using Mlops.Provisioning.ModelCards;
using Mlops.Provisioning.Requests;
using Mlops.Provisioning.Schemas;

namespace Mlops.Cli.Requests;

/// <summary>Finds the pipeline type that a user names: of a blueprint, or an operation on model cards.</summary>
internal static class KnownTypes
{
    /// <summary>All of them.</summary>
    public static IEnumerable<string> Of(BlueprintCatalog catalog) =>
        catalog.PipelineTypes.Concat(CardRequests.PipelineTypes);

    /// <exception cref="ExpectedFailureException">There is none; the remedy has the nearest, and all.</exception>
    public static TypeDescription Describe(BlueprintCatalog catalog, string type) =>
        catalog.Find(type) is var (blueprint, definition)
            ? TypeDescription.Of(blueprint, definition)
            : CardDescriptions.Type(type) ?? throw Unknown(catalog, type);

    /// <exception cref="ExpectedFailureException">There is none; the remedy has the nearest, and all.</exception>
    public static JsonObject Schema(BlueprintCatalog catalog, string type, SchemaScope scope) =>
        catalog.Find(type) is var (blueprint, definition)
            ? RequestSchema.Of(blueprint, definition, scope)
            : RequestSchema.OfCards(type, scope) ?? throw Unknown(catalog, type);

    private static ExpectedFailureException Unknown(BlueprintCatalog catalog, string type)
    {
        var types = Of(catalog).ToList();
        var all = $"There are {string.Join(", ", types)}; of your own blueprint with --blueprints FOLDER.";
        return new ExpectedFailureException(
            $"There is no pipeline type \"{type}\".",
            Nearest.To(type, types) is { } meant ? $"Did you mean {meant}? {all}" : all
        );
    }
}
