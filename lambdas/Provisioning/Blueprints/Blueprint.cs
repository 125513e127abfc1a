using System.Collections.Concurrent;
using System.Text.Json;

namespace Mlops.Provisioning.Blueprints;

/// <summary>A folder with a manifest and its templates.</summary>
public sealed class Blueprint
{
    /// <summary>File name of the manifest.</summary>
    public const string ManifestFile = "blueprint.json";

    private readonly string folder;
    private readonly ConcurrentDictionary<string, ReadOnlyMemory<byte>> templates = new();

    private Blueprint(string folder, BlueprintManifest manifest)
    {
        this.folder = folder;
        Manifest = manifest;
    }

    /// <summary>What the blueprint declares.</summary>
    public BlueprintManifest Manifest { get; }

    /// <summary>Whether something runs after a deployment, so that the same request again is a request to run it again.</summary>
    public bool HasJob => Manifest.Parts.Any(part => part.Job is not null);

    /// <summary>Reads a blueprint's folder.</summary>
    /// <exception cref="BlueprintException">The manifest is missing, unreadable or contradicts itself; all that is wrong is named.</exception>
    public static Blueprint Read(string folder)
    {
        var path = Path.Combine(folder, ManifestFile);
        BlueprintManifest? manifest;
        try
        {
            manifest = JsonSerializer.Deserialize(File.ReadAllBytes(path), BlueprintJson.Default.BlueprintManifest);
        }
        catch (Exception problem) when (problem is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new BlueprintException($"{path}: {problem.Message}", problem);
        }

        var problems = manifest is null ? ["it is null"] : ManifestChecks.Problems(manifest);
        return problems.Count == 0 ? new Blueprint(folder, manifest!) : throw new BlueprintException(path, problems);
    }

    /// <summary>Bytes of a part's template, read once.</summary>
    public ReadOnlyMemory<byte> ReadTemplate(PartDefinition part) =>
        templates.GetOrAdd(
            part.Template,
            static (file, folder) => File.ReadAllBytes(Path.Combine(folder, file)),
            folder
        );
}
