using System.Text.Json;
using System.Text.Json.Nodes;
using Mlops.Local.Processes;

namespace Mlops.Local.Examples;

/// <summary>An example request that a blueprint ships.</summary>
/// <param name="Type">The pipeline type it is named after.</param>
/// <param name="Path">Its file.</param>
/// <param name="Request">Its content.</param>
public sealed record Example(string Type, string Path, JsonObject Request);

/// <summary>The examples under <c>blueprints/*/examples</c>.</summary>
public static class ExampleCatalog
{
    /// <summary>Finds the example of a pipeline type.</summary>
    /// <exception cref="StartFailedException">There is none, or it cannot be read.</exception>
    public static Example Find(string repositoryRoot, string type)
    {
        var all = Directory
            .EnumerateDirectories(System.IO.Path.Combine(repositoryRoot, "blueprints"))
            .Select(blueprint => System.IO.Path.Combine(blueprint, "examples"))
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.json"))
            .ToList();
        var path =
            all.Find(file => System.IO.Path.GetFileNameWithoutExtension(file) == type)
            ?? throw new StartFailedException(
                $"There is no example of \"{type}\": choose with --example from {string.Join(", ", all.Select(System.IO.Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal))}."
            );
        try
        {
            return new Example(type, path, JsonNode.Parse(File.ReadAllText(path))!.AsObject());
        }
        catch (JsonException broken)
        {
            throw new StartFailedException($"{path} is not JSON: {broken.Message}", broken);
        }
    }
}
