using System.Text.Json;
using System.Text.Json.Nodes;
using Mlops.Local.Processes;
using Mlops.Provisioning.Blueprints;

namespace Mlops.Local.Examples;

/// <summary>An example request that a blueprint ships.</summary>
/// <param name="Type">The name of its file: the pipeline type, with <c>.registry</c> where it names a model package.</param>
/// <param name="Path">Its file.</param>
/// <param name="Request">Its content.</param>
public sealed record Example(string Type, string Path, JsonObject Request)
{
    /// <summary>
    /// For an example that names a model package: the same one with the model's file and image, which is what the package
    /// is made of.
    /// </summary>
    public Example? Model { get; init; }
}

/// <summary>The examples under <c>blueprints/*/examples</c>.</summary>
public static class ExampleCatalog
{
    private const string OfRegistry = ".registry";

    /// <summary>Finds the example of a pipeline type.</summary>
    /// <param name="repositoryRoot">The checkout.</param>
    /// <param name="type">A pipeline type, or the name of an example's file.</param>
    /// <param name="useModelRegistry">Whether the deployment takes models from the registry: then so does the example, where it can.</param>
    /// <param name="ownBlueprints">Folders of blueprints besides ours, relative to the checkout.</param>
    /// <exception cref="StartFailedException">There is none, or it cannot be read.</exception>
    public static Example Find(
        string repositoryRoot,
        string type,
        bool useModelRegistry = false,
        IReadOnlyList<string>? ownBlueprints = null
    )
    {
        var all = Directory
            .EnumerateDirectories(System.IO.Path.Combine(repositoryRoot, "blueprints"))
            .Concat((ownBlueprints ?? []).Select(path => System.IO.Path.GetFullPath(path, repositoryRoot)))
            .Select(blueprint => System.IO.Path.Combine(blueprint, "examples"))
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.json"))
            .DistinctBy(System.IO.Path.GetFileNameWithoutExtension)
            .ToDictionary(file => System.IO.Path.GetFileNameWithoutExtension(file), StringComparer.Ordinal);
        var name = useModelRegistry && all.ContainsKey(type + OfRegistry) ? type + OfRegistry : type;
        var example = Read(all, name);
        return
            example.Request.ContainsKey(RequestKeys.ModelPackageName)
            && name.EndsWith(OfRegistry, StringComparison.Ordinal)
            ? example with
            {
                Model = Read(all, name[..^OfRegistry.Length]),
            }
            : example;
    }

    private static Example Read(Dictionary<string, string> all, string name)
    {
        var path = all.TryGetValue(name, out var found)
            ? found
            : throw new StartFailedException(
                $"There is no example of \"{name}\": choose with --example from {string.Join(", ", all.Keys.Order(StringComparer.Ordinal))}."
            );
        try
        {
            return new Example(name, path, JsonNode.Parse(File.ReadAllText(path))!.AsObject());
        }
        catch (JsonException broken)
        {
            throw new StartFailedException($"{path} is not JSON: {broken.Message}", broken);
        }
    }
}
