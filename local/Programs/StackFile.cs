using System.Text.Json;
using Mlops.Local.Processes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Mlops.Local.Programs;

/// <summary>The settings in <c>Pulumi.&lt;stack&gt;.yaml</c>, as the Pulumi program would read them.</summary>
public static class StackFile
{
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
