using System.Text;
using System.Text.Json.Nodes;
using Mlops.Provisioning.Blueprints;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Mlops.Cli.Conformance;

/// <summary>Reads a template, and holds it to the quotas of CloudFormation and IAM.</summary>
internal static class TemplateFile
{
    // AWS CloudFormation quotas.
    private const int LargestBytes = 1_000_000;
    private const int MostResources = 500;
    private const int MostParameters = 200;
    private const int MostOutputs = 200;
    private const int MostMappings = 200;
    private const int LongestDescription = 1024;

    // All inline policies of a role together, without white space (IAM and STS character limits).
    private const int LongestPolicies = 10_240;

    /// <summary>Null, and a problem, where it cannot be read.</summary>
    public static Template? Read(string folder, string file, List<ConformanceProblem> problems)
    {
        var path = Path.Combine(folder, file);
        try
        {
            using var reader = new StreamReader(path);
            var yaml = new YamlStream();
            yaml.Load(reader);
            var lines = new Dictionary<JsonNode, int>(ReferenceEqualityComparer.Instance);
            if (yaml.Documents is [{ RootNode: YamlMappingNode root }] && Json(root, lines) is JsonObject json)
            {
                var template = new Template(file, json, lines);
                problems.AddRange(Sizes(template, new FileInfo(path).Length));
                return template;
            }

            problems.Add(new ConformanceProblem(file, "template", "It is not one YAML document with a mapping."));
        }
        catch (FileNotFoundException)
        {
            problems.Add(
                new ConformanceProblem(
                    file,
                    "template",
                    $"It is missing, and {Blueprint.ManifestFile} names it as a template: write it, or name another file."
                )
            );
        }
        catch (YamlException broken)
        {
            problems.Add(
                new ConformanceProblem(file, "template", $"It is not YAML: {broken.Message}", (int)broken.Start.Line)
            );
        }
        catch (Exception broken) when (broken is IOException or ArgumentException)
        {
            problems.Add(new ConformanceProblem(file, "template", broken.Message));
        }

        return null;
    }

    private static IEnumerable<ConformanceProblem> Sizes(Template template, long bytes)
    {
        var root = template.Root;
        if (bytes > LargestBytes)
        {
            yield return template.Problem(
                "size",
                $"{bytes} bytes are more than CloudFormation takes, {LargestBytes}: make two parts of it."
            );
        }

        (string Section, int Most)[] limits =
        [
            ("Resources", MostResources),
            ("Parameters", MostParameters),
            ("Outputs", MostOutputs),
            ("Mappings", MostMappings),
        ];
        foreach (var (section, most) in limits)
        {
            if (root[section] is JsonObject { Count: var count } && count > most)
            {
                yield return template.Problem(
                    "size",
                    $"{count} {section} are more than CloudFormation takes, {most}: make two parts of it.",
                    root[section]
                );
            }
        }

        if (root["Description"] is JsonValue text && Encoding.UTF8.GetByteCount((string)text!) > LongestDescription)
        {
            yield return template.Problem(
                "size",
                $"Its Description has more bytes than CloudFormation takes, {LongestDescription}.",
                text
            );
        }

        foreach (var role in template.Declared.Where(resource => resource.Type == "AWS::IAM::Role"))
        {
            if (
                role.Properties["Policies"] is { } policies
                && policies.ToJsonString().Length is var length and > LongestPolicies
            )
            {
                yield return template.Problem(
                    "size",
                    $"{role.Id}: its policies have about {length} characters; IAM takes {LongestPolicies} of a role's together.",
                    policies
                );
            }
        }

        if (root["Resources"] is not JsonObject { Count: > 0 })
        {
            yield return template.Problem("template", "It has no Resources.");
        }
    }

    private static JsonNode? Json(YamlNode node, Dictionary<JsonNode, int> lines)
    {
        JsonNode? plain = node switch
        {
            YamlMappingNode map => new JsonObject(
                map.Children.Select(member => KeyValuePair.Create(member.Key.ToString(), Json(member.Value, lines)))
            ),
            YamlSequenceNode list => new JsonArray([.. list.Children.Select(item => Json(item, lines))]),
            _ => ((YamlScalarNode)node).Value,
        };
        Remember(plain);
        if (node.Tag.IsEmpty || !node.Tag.Value.StartsWith('!') || node.Tag.Value.Length == 1)
        {
            return plain;
        }

        var name = node.Tag.Value[1..];
        var call = new JsonObject { [name is "Ref" or "Condition" ? name : $"Fn::{name}"] = plain };
        Remember(call);
        return call;

        void Remember(JsonNode? made)
        {
            if (made is not null)
            {
                lines[made] = (int)node.Start.Line;
            }
        }
    }
}
