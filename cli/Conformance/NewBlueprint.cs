using System.Text;
using System.Text.Json.Nodes;
using Mlops.Provisioning.Blueprints;

namespace Mlops.Cli.Conformance;

/// <summary>A folder to begin with: a manifest, a template and an example that pass every rule.</summary>
internal static class NewBlueprint
{
    private const string Prefix = "scaffold/";
    private const string ExampleFile = "examples/example.json";

    /// <summary>Writes it; the manifest names its schema, where there is one to be named.</summary>
    /// <returns>The files, relative to the folder.</returns>
    public static IReadOnlyList<string> Write(string folder, string name, string? schema = null)
    {
        var type = TypeOf(name);
        var assembly = typeof(NewBlueprint).Assembly;
        var written = new List<string>();
        foreach (
            var resource in assembly
                .GetManifestResourceNames()
                .Where(resource => resource.StartsWith(Prefix, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
        )
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            var text = reader
                .ReadToEnd()
                .Replace("@name@", name, StringComparison.Ordinal)
                .Replace("@type@", type, StringComparison.Ordinal)
                .Replace("@postfix@", type.Replace("_", "", StringComparison.Ordinal), StringComparison.Ordinal);
            var file = resource[Prefix.Length..].Replace('\\', '/');
            text = file == Blueprint.ManifestFile && schema is not null ? WithSchema(text, folder, schema) : text;
            file = file == ExampleFile ? $"examples/{type}.json" : file;
            var path = Path.Combine(folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text, new UTF8Encoding(false));
            written.Add(file);
        }

        return written;
    }

    /// <summary>An editor then completes the manifest.</summary>
    private static string WithSchema(string manifest, string folder, string schema)
    {
        var place = Path.GetRelativePath(folder, schema).Replace('\\', '/');
        return $"{{\n  \"$schema\": {JsonValue.Create(place).ToJsonString()},{manifest[1..]}";
    }

    /// <summary>The pipeline type of a new blueprint.</summary>
    public static string TypeOf(string name) => name.Replace('-', '_');
}
