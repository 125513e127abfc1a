using Mlops.Provisioning.Blueprints;
using Mlops.Provisioning.Requests;

namespace Mlops.Cli.Requests;

/// <summary>Finds the pipeline type that a user names.</summary>
internal static class KnownTypes
{
    /// <exception cref="ExpectedFailureException">There is none; the remedy has the nearest, and all.</exception>
    public static (Blueprint Blueprint, PipelineTypeDefinition Type) Find(BlueprintCatalog catalog, string type)
    {
        if (catalog.Find(type) is { } found)
        {
            return found;
        }

        var all = string.Join(", ", catalog.PipelineTypes);
        throw new ExpectedFailureException(
            $"There is no pipeline type \"{type}\".",
            Nearest.To(type, catalog.PipelineTypes) is { } meant
                ? $"Did you mean {meant}? There are {all}."
                : $"There are {all}."
        );
    }
}
