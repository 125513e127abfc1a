using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Mlops.Local.Templates;

/// <summary>The one form that templates are worked with here: JSON, functions in their long form.</summary>
public static class TemplateJson
{
    /// <summary>Reads YAML with CloudFormation's short forms, or JSON. Only what YAML 1.2 takes for a number or a truth value is one.</summary>
    /// <exception cref="YamlException">It is neither.</exception>
    public static JsonObject Read(string body)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(body));
        return ToJson(yaml.Documents[0].RootNode)!.AsObject();
    }

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

        return node.Tag.Value[1..] switch
        {
            "GetAtt" when plain is JsonValue path => new JsonObject
            {
                ["Fn::GetAtt"] = new JsonArray([.. path.ToString().Split('.', 2).Select(part => (JsonNode)part)]),
            },
            "Ref" or "Condition" => new JsonObject { [node.Tag.Value[1..]] = plain },
            var name => new JsonObject { [$"Fn::{name}"] = plain },
        };
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
                { } text when IsNumber(text) => JsonNode.Parse(text)!.AsValue(),
                var text => JsonValue.Create(text),
            }
            : JsonValue.Create(scalar.Value);

    /// <summary>One that JSON can write as it stands, so that no digit is lost: 0123 and 1e5 stay texts.</summary>
    private static bool IsNumber(string text) =>
        decimal.TryParse(
            text,
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out var number
        )
        && number.ToString(CultureInfo.InvariantCulture) == text;
}
