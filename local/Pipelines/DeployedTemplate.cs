using System.Globalization;
using System.Text.Json.Nodes;
using Mlops.Local.Stacks;
using Mlops.Local.Stacks.Wire;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Mlops.Local.Pipelines;

/// <summary>A resource of a template, its properties as far as they can be known from outside.</summary>
public sealed record DeployedResource(string Name, string Type, JsonObject Properties);

/// <summary>
/// A template with the parameters that it was deployed with. References to parameters and resources, conditions and
/// Fn::If are worked out; what only CloudFormation knows (attributes, for example) becomes <see cref="Comparison.Anything"/>.
/// </summary>
public sealed class DeployedTemplate
{
    private readonly JsonObject root;
    private readonly Dictionary<string, string> parameters;

    private DeployedTemplate(JsonObject root, Dictionary<string, string> parameters) =>
        (this.root, this.parameters) = (root, parameters);

    /// <summary>Reads YAML with CloudFormation's short forms, or JSON.</summary>
    public static DeployedTemplate Parse(
        string body,
        IReadOnlyDictionary<string, string> given,
        AwsAccount account,
        string stackName
    )
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(body));
        var template = ToJson(yaml.Documents[0].RootNode)!.AsObject();
        var values = new Dictionary<string, string>(given)
        {
            ["AWS::AccountId"] = account.AccountId,
            ["AWS::Region"] = account.Region,
            ["AWS::Partition"] = "aws",
            ["AWS::URLSuffix"] = "amazonaws.com",
            ["AWS::StackName"] = stackName,
        };
        foreach (var (name, parameter) in template["Parameters"] as JsonObject ?? [])
        {
            if (parameter?["Default"] is { } otherwise)
            {
                values.TryAdd(name, otherwise.ToString());
            }
        }

        return new DeployedTemplate(template, values);
    }

    /// <summary>The resources whose condition holds; <paramref name="physical"/> has physical ids by logical ones.</summary>
    public IEnumerable<DeployedResource> Resources(IReadOnlyDictionary<string, string> physical) =>
        root["Resources"]!
            .AsObject()
            .Where(resource => resource.Value!["Condition"] is not { } condition || Holds((string)condition!))
            .Select(resource => new DeployedResource(
                resource.Key,
                (string)resource.Value!["Type"]!,
                Resolve(resource.Value["Properties"], physical) as JsonObject ?? []
            ));

    private bool Holds(string condition) => Truth(root["Conditions"]![condition]);

    private bool Truth(JsonNode? expression)
    {
        var (function, argument) = expression!.AsObject().Single();
        return function switch
        {
            "Condition" => Holds((string)argument!),
            "Fn::Not" => !Truth(argument!.AsArray()[0]),
            "Fn::And" => argument!.AsArray().All(Truth),
            "Fn::Or" => argument!.AsArray().Any(Truth),
            "Fn::Equals" => Scalar(argument!.AsArray()[0]) == Scalar(argument.AsArray()[1]),
            _ => throw new NotSupportedException($"The condition function {function} is not known here."),
        };
    }

    private string? Scalar(JsonNode? node) =>
        Resolve(node, new Dictionary<string, string>()) is JsonValue value ? value.ToString() : null;

    private JsonNode? Resolve(JsonNode? node, IReadOnlyDictionary<string, string> physical)
    {
        switch (node)
        {
            case JsonArray list:
                return new JsonArray([.. list.Select(item => Resolve(item, physical)).Where(item => item is not null)]);
            case JsonObject { Count: 1 } call when call.First() is var (name, argument) && IsFunction(name):
                return Call(name, argument, physical);
            case JsonObject map:
                var resolved = new JsonObject();
                foreach (var (key, value) in map)
                {
                    if (Resolve(value, physical) is { } known)
                    {
                        resolved[key] = known;
                    }
                }

                return resolved;
            default:
                return node?.DeepClone();
        }
    }

    private JsonNode? Call(string function, JsonNode? argument, IReadOnlyDictionary<string, string> physical)
    {
        switch (function)
        {
            case "Ref" when (string?)argument == "AWS::NoValue":
                return null;
            case "Ref" when parameters.TryGetValue((string)argument!, out var value):
                return JsonValue.Create(value);
            case "Ref" when physical.TryGetValue((string)argument!, out var id):
                return JsonValue.Create(id);
            case "Fn::If":
                var branches = argument!.AsArray();
                return Resolve(branches[Holds((string)branches[0]!) ? 1 : 2], physical);
            default:
                return JsonValue.Create(Comparison.Anything);
        }
    }

    private static bool IsFunction(string name) => name == "Ref" || name.StartsWith("Fn::", StringComparison.Ordinal);

    private static JsonNode? ToJson(YamlNode node)
    {
        JsonNode? plain = node switch
        {
            YamlMappingNode map => Map(map),
            YamlSequenceNode list => new JsonArray([.. list.Children.Select(ToJson)]),
            YamlScalarNode scalar => Scalar(scalar),
            _ => null,
        };
        if (node.Tag.IsEmpty || node.Tag.IsNonSpecific || !node.Tag.Value.StartsWith('!'))
        {
            return plain;
        }

        var name = node.Tag.Value[1..];
        return new JsonObject { [name is "Ref" or "Condition" ? name : $"Fn::{name}"] = plain };
    }

    private static JsonObject Map(YamlMappingNode map)
    {
        var json = new JsonObject();
        foreach (var (key, value) in map.Children)
        {
            json[key.ToString()] = ToJson(value);
        }

        return json;
    }

    private static JsonValue? Scalar(YamlScalarNode scalar) =>
        scalar.Style is ScalarStyle.Plain
            ? scalar.Value switch
            {
                "true" => JsonValue.Create(true),
                "false" => JsonValue.Create(false),
                "null" or "~" or "" => null,
                var text when long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) =>
                    JsonValue.Create(number),
                var text => JsonValue.Create(text),
            }
            : JsonValue.Create(scalar.Value);
}
