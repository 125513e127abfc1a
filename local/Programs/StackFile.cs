using System.Text.Json;
using Mlops.Infra;
using Mlops.Local.Processes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Mlops.Local.Programs;

/// <summary>The settings in <c>Pulumi.&lt;stack&gt;.yaml</c>, as the Pulumi program would read them.</summary>
public static class StackFile
{
    /// <summary>The settings of a run: the file's, and in place of them those of the command line.</summary>
    /// <param name="repositoryRoot">The checkout.</param>
    /// <param name="stack">Whose file.</param>
    /// <param name="config">Each <c>KEY=VALUE</c>; a key without a namespace is of <c>mlops:</c>, as with Pulumi's own command.</param>
    /// <exception cref="StartFailedException">There is no such stack, or the file cannot be read.</exception>
    /// <exception cref="StackSettingsException">There is no such setting, or a value cannot be used.</exception>
    public static StackSettings Settings(string repositoryRoot, string stack, IReadOnlyList<string> config)
    {
        var settings = new Dictionary<string, string>(Read(repositoryRoot, stack), StringComparer.Ordinal);
        foreach (var (key, value) in config.Select(Split))
        {
            settings[key] = value;
        }

        return StackSettings.Read(settings.GetValueOrDefault, settings.Keys);
    }

    /// <summary>Reads the file; keys have their namespace, values are text, structured ones JSON text.</summary>
    /// <exception cref="StartFailedException">There is no such stack, or the file cannot be read.</exception>
    public static IReadOnlyDictionary<string, string> Read(string repositoryRoot, string stack)
    {
        var path = Path.Combine(repositoryRoot, $"Pulumi.{stack}.yaml");
        if (!File.Exists(path))
        {
            var known = Directory
                .GetFiles(repositoryRoot, "Pulumi.*.yaml")
                .Select(file => Path.GetFileNameWithoutExtension(file)["Pulumi.".Length..])
                .Order(StringComparer.Ordinal);
            throw new StartFailedException(
                $"There is no stack \"{stack}\": choose with --stack from {string.Join(", ", known)}."
            );
        }

        return Read(path);
    }

    /// <summary>Reads a file of that form, wherever it is.</summary>
    /// <exception cref="StartFailedException">It cannot be read.</exception>
    public static IReadOnlyDictionary<string, string> Read(string path)
    {
        try
        {
            var yaml = new YamlStream();
            using var reader = new StreamReader(path);
            yaml.Load(reader);
            return Settings(yaml);
        }
        catch (YamlException broken)
        {
            throw new StartFailedException($"{path} is not YAML: {broken.Message}", broken);
        }
        catch (IOException missing)
        {
            throw new StartFailedException($"The settings cannot be read: {missing.Message}", missing);
        }
    }

    private static Dictionary<string, string> Settings(YamlStream yaml)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        if (
            yaml.Documents is [{ RootNode: YamlMappingNode root }, ..]
            && root.Children.TryGetValue(new YamlScalarNode("config"), out var config)
            && config is YamlMappingNode entries
        )
        {
            foreach (var (key, value) in entries.Children)
            {
                settings[key.ToString()] = Text(value);
            }
        }

        return settings;
    }

    private static (string Key, string Value) Split(string setting)
    {
        var end = setting.IndexOf('=', StringComparison.Ordinal);
        var key = setting[..end].Trim();
        return (key.Contains(':', StringComparison.Ordinal) ? key : $"mlops:{key}", setting[(end + 1)..]);
    }

    private static string Text(YamlNode value) =>
        value is YamlScalarNode scalar ? scalar.Value ?? "" : JsonSerializer.Serialize(Plain(value));

    private static object? Plain(YamlNode value) =>
        value switch
        {
            YamlMappingNode map => map.Children.ToDictionary(
                entry => entry.Key.ToString(),
                entry => Plain(entry.Value)
            ),
            YamlSequenceNode list => list.Children.Select(Plain).ToList(),
            YamlScalarNode { Style: ScalarStyle.Plain, Value: "true" or "false" } flag => flag.Value == "true",
            _ => ((YamlScalarNode)value).Value,
        };
}
