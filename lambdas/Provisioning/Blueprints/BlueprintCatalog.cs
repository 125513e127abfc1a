using System.Collections.Concurrent;
using System.Text.Json;

namespace Mlops.Provisioning.Blueprints;

/// <summary>
/// The blueprints of a folder, one per sub-folder. A look-up reads the one manifest that it needs: with the
/// <see cref="IndexFile"/> that <see cref="WriteIndex"/> makes when a package is built, opening the catalog does not
/// get slower with the number of blueprints; without it the beginning of every manifest is read once.
/// </summary>
public sealed class BlueprintCatalog
{
    /// <summary>File name of the index: JSON, pipeline type to folder.</summary>
    public const string IndexFile = "index.json";

    private readonly string root;
    private readonly Lazy<SortedDictionary<string, string>> folders;
    private readonly ConcurrentDictionary<string, Blueprint> blueprints = new();

    private BlueprintCatalog(string root, Func<SortedDictionary<string, string>> read)
    {
        this.root = root;
        folders = new(read);
    }

    /// <summary>Every pipeline type, sorted.</summary>
    /// <exception cref="BlueprintException">A folder is not a blueprint, or two declare the same type.</exception>
    public IReadOnlyCollection<string> PipelineTypes => folders.Value.Keys;

    /// <summary>The catalog of a folder. Nothing is read yet.</summary>
    public static BlueprintCatalog Open(string folder) => new(folder, () => ReadIndex(folder) ?? Scan(folder));

    /// <summary>The catalog of a folder and of blueprints that are elsewhere. Nothing is read yet.</summary>
    public static BlueprintCatalog Open(string folder, IReadOnlyList<string> others) =>
        new(
            folder,
            () =>
            {
                var index = ReadIndex(folder) ?? Scan(folder);
                foreach (var other in others.Select(Path.GetFullPath))
                {
                    // A whole path stays what it is below the root.
                    Add(index, other, other);
                }

                return index;
            }
        );

    /// <summary>A catalog of one blueprint, whatever is beside its folder. Nothing is read yet.</summary>
    public static BlueprintCatalog OpenOne(string blueprintFolder)
    {
        var (root, name) = (
            Path.GetDirectoryName(Path.GetFullPath(blueprintFolder))!,
            Path.GetFileName(blueprintFolder)
        );
        return new(
            root,
            () =>
            {
                var index = new SortedDictionary<string, string>(StringComparer.Ordinal);
                foreach (var type in ManifestHead.PipelineTypes(Path.Combine(root, name, Blueprint.ManifestFile)))
                {
                    index[type] = name;
                }

                return index;
            }
        );
    }

    /// <summary>Makes the index of a folder, replacing one that is there. To be called by whoever packs a folder.</summary>
    /// <exception cref="BlueprintException">A folder is not a blueprint, or two declare the same type.</exception>
    public static void WriteIndex(string folder)
    {
        var index = Scan(folder);
        foreach (var name in index.Values.Distinct())
        {
            _ = Blueprint.Read(Path.Combine(folder, name));
        }

        File.WriteAllBytes(
            Path.Combine(folder, IndexFile),
            JsonSerializer.SerializeToUtf8Bytes(index, BlueprintJson.Default.SortedDictionaryStringString)
        );
    }

    /// <summary>The blueprint that declares this pipeline type, in any case and with space around it, or null.</summary>
    /// <exception cref="BlueprintException">The blueprint is broken.</exception>
    public (Blueprint Blueprint, PipelineTypeDefinition Type)? Find(string pipelineType)
    {
        var wanted = pipelineType.Trim().ToLowerInvariant();
        if (!folders.Value.TryGetValue(wanted, out var folder))
        {
            return null;
        }

        var blueprint = Get(folder);
        var type = blueprint.Manifest.PipelineTypes.FirstOrDefault(type => type.Type == wanted);
        return type is null
            ? throw new BlueprintException($"{folder} does not declare {wanted}: {IndexFile} is out of date.")
            : (blueprint, type);
    }

    /// <summary>All blueprints, by name.</summary>
    /// <exception cref="BlueprintException">One of them is broken.</exception>
    public IReadOnlyList<Blueprint> All() =>
        [
            .. folders
                .Value.Values.Distinct()
                .Select(Get)
                .OrderBy(blueprint => blueprint.Manifest.Name, StringComparer.Ordinal),
        ];

    private Blueprint Get(string folder) =>
        blueprints.GetOrAdd(folder, static (name, root) => Blueprint.Read(Path.Combine(root, name)), root);

    private static SortedDictionary<string, string>? ReadIndex(string root)
    {
        var path = Path.Combine(root, IndexFile);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            var index = JsonSerializer.Deserialize(
                File.ReadAllBytes(path),
                BlueprintJson.Default.SortedDictionaryStringString
            );
            return index is null ? null : new(index, StringComparer.Ordinal);
        }
        catch (JsonException problem)
        {
            throw new BlueprintException($"{path}: {problem.Message}", problem);
        }
    }

    private static SortedDictionary<string, string> Scan(string root)
    {
        if (!Directory.Exists(root))
        {
            throw new BlueprintException($"There is no folder of blueprints at {root}.");
        }

        var index = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var folder in Directory.EnumerateDirectories(root).Order(StringComparer.Ordinal))
        {
            if (!File.Exists(Path.Combine(folder, Blueprint.ManifestFile)))
            {
                continue;
            }

            Add(index, folder, Path.GetFileName(folder));
        }

        return index;
    }

    private static void Add(SortedDictionary<string, string> index, string folder, string name)
    {
        foreach (var type in ManifestHead.PipelineTypes(Path.Combine(folder, Blueprint.ManifestFile)))
        {
            if (!index.TryAdd(type, name))
            {
                throw new BlueprintException($"{name} and {index[type]} both declare the pipeline type {type}.");
            }
        }
    }
}
