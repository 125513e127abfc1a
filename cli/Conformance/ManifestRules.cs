using System.Reflection;
using System.Text.RegularExpressions;
using Mlops.Provisioning.Blueprints;

namespace Mlops.Cli.Conformance;

/// <summary>What the schema of manifests says and reading one does not, and that no key is there for nothing.</summary>
internal static partial class ManifestRules
{
    private static readonly HashSet<string> KnownToCode =
    [
        .. typeof(RequestKeys)
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => (string)field.GetRawConstantValue()!),
    ];

    public static IEnumerable<ConformanceProblem> Problems(BlueprintManifest manifest, string folder)
    {
        if (manifest.Name != folder)
        {
            yield return Manifest(
                "name",
                $"The folder is called {folder}, its blueprint {manifest.Name}: give both one name."
            );
        }

        if (!Name().IsMatch(manifest.Name))
        {
            yield return Manifest("name", $"{manifest.Name} is not of lower-case letters, digits and hyphens.");
        }

        foreach (var key in manifest.Keys.Where(key => !KeyName().IsMatch(key.Name)))
        {
            yield return Manifest("keys", $"The key {key.Name} is not of lower-case letters, digits and underscores.");
        }

        foreach (
            var text in manifest
                .Keys.Select(key => (key.Name, Text: key.Description))
                .Concat(manifest.PipelineTypes.Select(type => (Name: type.Type, Text: type.Summary)))
                .Append((manifest.Name, Text: manifest.Summary))
                .Where(text => string.IsNullOrWhiteSpace(text.Text))
        )
        {
            yield return Manifest("words", $"{text.Name} does not say what it is for.");
        }

        foreach (var key in manifest.Keys.Where(key => !IsUsed(key.Name, manifest)))
        {
            yield return Manifest(
                "keys",
                $"Nothing uses the key {key.Name}: feed a parameter with it, or leave it out."
            );
        }
    }

    private static bool IsUsed(string key, BlueprintManifest manifest) =>
        key == manifest.NameKey
        || manifest.Keys.Any(other => other.DefaultFrom == key)
        || manifest.Parts.Any(part =>
            part.Parameters.Any(parameter =>
                parameter.Key == key || (parameter.Computed is not null && KnownToCode.Contains(key))
            ) || part.Insertions.Any(insertion => insertion.Key == key)
        );

    private static ConformanceProblem Manifest(string rule, string message) =>
        new(Blueprint.ManifestFile, rule, message);

    [GeneratedRegex("^[a-z][a-z0-9-]*\\z", RegexOptions.None, 1000)]
    private static partial Regex Name();

    [GeneratedRegex("^[a-z][a-z0-9_]*\\z", RegexOptions.None, 1000)]
    private static partial Regex KeyName();
}
