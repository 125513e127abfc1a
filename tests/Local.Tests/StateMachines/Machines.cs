using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Mlops.Local.Tests.StateMachines;

/// <summary>The state machines of our blueprints, with the functions of CloudFormation left as text.</summary>
internal static class Machines
{
    private const string Blueprints = "../../../../../blueprints";

    private static string Folder => Path.GetFullPath(Blueprints, AppContext.BaseDirectory);

    /// <summary>All of them: the template's path and the states.</summary>
    public static IEnumerable<(string File, JsonObject States)> OfBlueprints() =>
        from file in Directory.EnumerateFiles(Folder, "*.yaml", SearchOption.AllDirectories).Order()
        from states in StatesOf(file)
        select (file, states);

    /// <summary>That of one blueprint, which has one.</summary>
    public static JsonObject OfBlueprint(string name) => StatesOf(Path.Combine(Folder, name, "template.yaml")).Single();

    /// <summary>A definition that starts at one of the states.</summary>
    public static string From(string start, JsonObject states) =>
        new JsonObject { ["StartAt"] = start, ["States"] = states.DeepClone() }.ToJsonString();

    private static IEnumerable<JsonObject> StatesOf(string file)
    {
        using var text = new StreamReader(file);
        var yaml = new YamlStream();
        yaml.Load(text);
        var resources = (JsonObject)Json(yaml.Documents[0].RootNode["Resources"])!;
        return [.. resources.Select(made => made.Value?["Properties"]?["Definition"]?["States"]).OfType<JsonObject>()];
    }

    private static JsonNode? Json(YamlNode node) =>
        node switch
        {
            YamlMappingNode map => new JsonObject(
                map.Children.Select(child => KeyValuePair.Create(child.Key.ToString(), Json(child.Value)))
            ),
            YamlSequenceNode list => new JsonArray([.. list.Children.Select(Json)]),
            YamlScalarNode { Value: "null", Style: ScalarStyle.Plain } => null,
            YamlScalarNode { Value: "true", Style: ScalarStyle.Plain } => JsonValue.Create(true),
            _ => JsonValue.Create(((YamlScalarNode)node).Value ?? ""),
        };
}
