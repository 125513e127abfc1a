using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Mlops.Cli.Conformance;

/// <summary>Reads a template with its functions in their long form: <c>!Ref x</c> is <c>{"Ref": "x"}</c>. Scalars are texts.</summary>
internal static class TemplateFile
{
    // AWS CloudFormation quotas.
    private const int LargestBytes = 1_000_000;
    private const int MostResources = 500;
    private const int MostParameters = 200;
    private const int MostOutputs = 200;

    /// <summary>Null, and a problem, where it cannot be read.</summary>
    public static JsonObject? Read(string folder, string file, List<ConformanceProblem> problems)
    {
        var path = Path.Combine(folder, file);
        try
        {
            using var reader = new StreamReader(path);
            var yaml = new YamlStream();
            yaml.Load(reader);
            if (yaml.Documents is [{ RootNode: YamlMappingNode root }] && Json(root) is JsonObject template)
            {
                problems.AddRange(Sizes(file, new FileInfo(path).Length, template));
                return template;
            }

            problems.Add(new ConformanceProblem(file, "template", "It is not one YAML document with a mapping."));
        }
        catch (Exception broken) when (broken is YamlException or IOException or ArgumentException)
        {
            problems.Add(new ConformanceProblem(file, "template", broken.Message));
        }

        return null;
    }

    /// <summary>Each resource with its type.</summary>
    public static IEnumerable<(string Id, string Type, JsonObject Properties)> Resources(JsonObject template) =>
        (template["Resources"] as JsonObject ?? []).Select(resource =>
            (resource.Key, (string?)resource.Value?["Type"] ?? "", resource.Value?["Properties"] as JsonObject ?? [])
        );

    private static IEnumerable<ConformanceProblem> Sizes(string file, long bytes, JsonObject template)
    {
        if (bytes > LargestBytes)
        {
            yield return new(file, "size", $"{bytes} bytes are more than CloudFormation takes, {LargestBytes}.");
        }

        (string Section, int Most)[] limits =
        [
            ("Resources", MostResources),
            ("Parameters", MostParameters),
            ("Outputs", MostOutputs),
        ];
        foreach (var (section, most) in limits)
        {
            if (template[section] is JsonObject { Count: var count } && count > most)
            {
                yield return new(file, "size", $"{count} {section} are more than CloudFormation takes, {most}.");
            }
        }

        if (template["Resources"] is not JsonObject { Count: > 0 })
        {
            yield return new(file, "template", "It has no Resources.");
        }
    }

    private static JsonNode? Json(YamlNode node)
    {
        JsonNode? plain = node switch
        {
            YamlMappingNode map => new JsonObject(
                map.Children.Select(member => KeyValuePair.Create(member.Key.ToString(), Json(member.Value)))
            ),
            YamlSequenceNode list => new JsonArray([.. list.Children.Select(Json)]),
            _ => ((YamlScalarNode)node).Value,
        };
        if (node.Tag.IsEmpty || !node.Tag.Value.StartsWith('!') || node.Tag.Value.Length == 1)
        {
            return plain;
        }

        var name = node.Tag.Value[1..];
        return new JsonObject { [name is "Ref" or "Condition" ? name : $"Fn::{name}"] = plain };
    }
}
