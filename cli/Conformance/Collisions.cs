using Mlops.Provisioning.Blueprints;
using Mlops.Provisioning.ModelCards;

namespace Mlops.Cli.Conformance;

/// <summary>Names and types that a blueprint of ours has, unless it is that very one.</summary>
internal static class Collisions
{
    /// <param name="folder">The blueprint's folder.</param>
    /// <param name="ours">Folder of our manifests.</param>
    /// <param name="isOurs">Whether the folder is one of ours itself.</param>
    public static IReadOnlyList<ConformanceProblem> Find(string folder, string ours, bool isOurs)
    {
        BlueprintManifest manifest;
        try
        {
            manifest = Blueprint.Read(folder).Manifest;
        }
        catch (BlueprintException)
        {
            return []; // Told already.
        }

        var others = BlueprintCatalog
            .Open(ours)
            .All()
            .Select(blueprint => blueprint.Manifest)
            .Append(CardManifest.Default) // Asked first: a type of its name would never be reached.
            .Where(other => !isOurs || other.Name != manifest.Name)
            .ToList();
        return
        [
            .. others
                .Where(other => other.Name == manifest.Name)
                .Select(other => Problem($"A blueprint of ours is called {other.Name}")),
            .. others
                .SelectMany(other => other.PipelineTypes, (other, type) => (Owner: other.Name, type.Type))
                .Where(taken => manifest.PipelineTypes.Any(type => type.Type == taken.Type))
                .Select(taken => Problem($"The pipeline type {taken.Type} is that of our blueprint {taken.Owner}")),
        ];
    }

    private static ConformanceProblem Problem(string what) =>
        new(Blueprint.ManifestFile, "name", $"{what}; call yours another name.");
}
