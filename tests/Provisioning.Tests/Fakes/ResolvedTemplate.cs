using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Mlops.Provisioning.Tests.Fakes;

/// <summary>
/// The resources of a template under given parameters, as CloudFormation would work them out before it makes the first
/// one: conditions, Fn::If, Fn::Split, Fn::Select and parameters are gone, references to resources stay. Every scalar is
/// a text, for CloudFormation makes no difference between 1 and "1".
/// </summary>
internal sealed partial class ResolvedTemplate
{
    private readonly JsonObject root;
    private readonly Dictionary<string, string> values = [];

    private ResolvedTemplate(string text, IReadOnlyDictionary<string, string> given)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        root = Json(yaml.Documents[0].RootNode)!.AsObject();
        foreach (var (name, parameter) in root["Parameters"]!.AsObject())
        {
            values[name] = given.GetValueOrDefault(name) ?? (string?)parameter!["Default"] ?? "";
        }
    }

    /// <summary>Type, DependsOn and Properties of each resource that is made, by logical id.</summary>
    public static JsonObject Resources(string text, IReadOnlyDictionary<string, string> parameters)
    {
        var template = new ResolvedTemplate(text, parameters);
        var resources = new JsonObject();
        foreach (var (id, resource) in template.root["Resources"]!.AsObject())
        {
            if ((string?)resource!["Condition"] is not { } condition || template.Holds(condition))
            {
                resources[id] = template.Resolve(
                    new JsonObject(
                        resource
                            .AsObject()
                            .Where(member => member.Key is "Type" or "DependsOn" or "Properties")
                            .Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone()))
                    )
                );
            }
        }

        return resources;
    }

    /// <summary>Defaults of the parameters that have one.</summary>
    public static Dictionary<string, string> Defaults(string text) =>
        new ResolvedTemplate(text, new Dictionary<string, string>()).root["Parameters"]!
            .AsObject()
            .Where(parameter => parameter.Value!["Default"] is not null)
            .ToDictionary(parameter => parameter.Key, parameter => (string)parameter.Value!["Default"]!);

    private bool Holds(string condition) => Truth(root["Conditions"]![condition]!);

    private bool Truth(JsonNode expression)
    {
        var (function, argument) = expression.AsObject().Single();
        return function switch
        {
            "Condition" => Holds((string)argument!),
            "Fn::Not" => !Truth(argument![0]!),
            "Fn::And" => argument!.AsArray().All(one => Truth(one!)),
            "Fn::Or" => argument!.AsArray().Any(one => Truth(one!)),
            "Fn::Equals" => (string?)Resolve(argument![0]) == (string?)Resolve(argument[1]),
            _ => throw new NotSupportedException($"{function} in a condition"),
        };
    }

    /// <summary>Null for what is not there.</summary>
    private JsonNode? Resolve(JsonNode? node) =>
        node switch
        {
            JsonArray list => new JsonArray([.. list.Select(Resolve).Where(item => item is not null)]),
            JsonObject { Count: 1 } call when call.Single() is var (function, argument) && IsFunction(function) => Call(
                function,
                argument!
            ),
            JsonObject map => new JsonObject(
                map.Select(member => KeyValuePair.Create(member.Key, Resolve(member.Value)))
                    .Where(member => member.Value is not null)
            ),
            _ => node?.DeepClone(),
        };

    private JsonNode? Call(string function, JsonNode argument)
    {
        switch (function)
        {
            case "Ref" when (string)argument! == "AWS::NoValue":
                return null;
            case "Ref" when values.TryGetValue((string)argument!, out var value):
                return value;
            case "Fn::If":
                return Resolve(argument[Holds((string)argument[0]!) ? 1 : 2]);
            case "Fn::Sub":
                return Substitute(argument);
            case "Fn::Split" when Resolve(argument[1]) is JsonValue text:
                return new JsonArray([.. ((string)text!).Split((string)argument[0]!).Select(part => (JsonNode)part)]);
            case "Fn::Select" when Resolve(argument[1]) is JsonArray list:
                return list[
                    int.Parse((string)argument[0]!, System.Globalization.CultureInfo.InvariantCulture)
                ]!.DeepClone();
            default:
                return new JsonObject { [function] = Resolve(argument) };
        }
    }

    private JsonNode Substitute(JsonNode argument)
    {
        var text = (string)(argument is JsonArray list ? list[0] : argument)!;
        var own = (argument as JsonArray)?[1]?.AsObject() ?? [];
        return Name()
            .Replace(
                text,
                match =>
                {
                    var name = match.Groups["name"].Value;
                    return values.GetValueOrDefault(name)
                        ?? (own[name] is { } value ? $"{Resolve(value)}" : match.Value);
                }
            );
    }

    private static bool IsFunction(string name) => name == "Ref" || name.StartsWith("Fn::", StringComparison.Ordinal);

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

    [GeneratedRegex(@"\$\{(?<name>[^!}][^}]*)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Name();
}
