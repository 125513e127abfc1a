using Mlops.Provisioning.Blueprints;
using Mlops.Provisioning.ModelCards;

namespace Mlops.Infra.Publishing;

/// <summary>
/// The blueprints that a stack brings besides ours (<c>mlops:blueprintPaths</c>). All that is wrong with them is told
/// before anything is built or made.
/// </summary>
public static class OwnBlueprints
{
    /// <summary>The folders, whole.</summary>
    /// <param name="repositoryRoot">Ours are below it, and the paths are relative to it.</param>
    /// <param name="paths">As the setting has them.</param>
    /// <exception cref="StackSettingsException">At least one cannot be used; the message names all.</exception>
    public static IReadOnlyList<string> Find(string repositoryRoot, IReadOnlyList<string> paths)
    {
        if (paths.Count == 0)
        {
            return [];
        }

        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var types = new Dictionary<string, string>(StringComparer.Ordinal);
        var ours = BlueprintCatalog.Open(Path.Combine(repositoryRoot, "blueprints")).All();
        foreach (var manifest in ours.Select(blueprint => blueprint.Manifest).Append(CardManifest.Default))
        {
            Claim(manifest, "ours", names, types);
        }

        var problems = new List<string>();
        var folders = paths.Select(path => Path.GetFullPath(path, repositoryRoot)).ToList();
        for (var i = 0; i < paths.Count; i++)
        {
            var (key, path) = ($"{StackSettingKeys.BlueprintPaths}[{i}]", paths[i]);
            problems.AddRange(
                Problems(folders[i], path, names, types)
                    .Select(problem =>
                        $"  {key}: {path}: {problem}. Run: ./mlops blueprint check {path}, or {SettingCommand.RemovePart(key)}"
                    )
            );
        }

        return problems.Count == 0 ? folders : throw new StackSettingsException(problems);
    }

    private static List<string> Problems(
        string folder,
        string path,
        Dictionary<string, string> names,
        Dictionary<string, string> types
    )
    {
        if (!Directory.Exists(folder))
        {
            return ["there is no such folder"];
        }

        BlueprintManifest manifest;
        try
        {
            manifest = Blueprint.Read(folder).Manifest;
        }
        catch (BlueprintException broken)
        {
            return [broken.Message.TrimEnd('.')];
        }

        var problems = new List<string>();
        if (manifest.Name != Path.GetFileName(folder))
        {
            problems.Add($"the folder is not named as its blueprint, {manifest.Name}");
        }

        problems.AddRange(
            manifest
                .Parts.Where(part => !File.Exists(Path.Combine(folder, part.Template)))
                .Select(part => $"its template {part.Template} is not there")
        );
        problems.AddRange(Claim(manifest, path, names, types));
        return problems;
    }

    private static List<string> Claim(
        BlueprintManifest manifest,
        string owner,
        Dictionary<string, string> names,
        Dictionary<string, string> types
    )
    {
        var problems = new List<string>();
        if (!names.TryAdd(manifest.Name, owner))
        {
            problems.Add($"a blueprint is called {manifest.Name} already ({names[manifest.Name]})");
        }

        problems.AddRange(
            manifest
                .PipelineTypes.Where(type => !types.TryAdd(type.Type, owner))
                .Select(type => $"the pipeline type {type.Type} is declared already ({types[type.Type]})")
        );
        return problems;
    }

    /// <summary>The files of a blueprint that a package has: the manifest and the templates.</summary>
    internal static IEnumerable<string> Files(string folder) =>
        Blueprint
            .Read(folder)
            .Manifest.Parts.Select(part => part.Template)
            .Prepend(Blueprint.ManifestFile)
            .Distinct()
            .Select(file => Path.Combine(folder, file));

    /// <summary>Puts them beside ours.</summary>
    internal static void Copy(IEnumerable<string> folders, string blueprints)
    {
        foreach (var folder in folders)
        {
            var place = Path.Combine(blueprints, Path.GetFileName(folder));
            Directory.CreateDirectory(place);
            foreach (var file in Files(folder))
            {
                File.Copy(file, Path.Combine(place, Path.GetFileName(file)));
            }
        }
    }
}
