using System.Text.Json.Nodes;
using Mlops.Local.Templates;

namespace Mlops.Local.CodePipelines.Templates;

/// <summary>What a part of a template asks for: parameters and resources by name, conditions, and mappings.</summary>
internal static class TemplateReferences
{
    /// <summary>Goes with the name of a condition: conditions may be called like resources.</summary>
    public const string Condition = "Conditions/";

    /// <summary>All mappings: which one is asked for may depend on parameters.</summary>
    public const string Mappings = "Mappings";

    public static IEnumerable<string> Of(JsonNode? node) =>
        node switch
        {
            JsonArray list => list.SelectMany(Of),
            JsonObject { Count: 1 } call when call.First() is var (function, argument) => Call(function, argument),
            JsonObject map => map.SelectMany(member => Of(member.Value)),
            _ => [],
        };

    private static IEnumerable<string> Call(string function, JsonNode? argument) =>
        (function, argument) switch
        {
            ("Ref", JsonValue name) => [name.ToString()],
            ("Condition", JsonValue name) => [Condition + name],
            ("Fn::GetAtt", JsonValue path) => [Resource(path.ToString())],
            ("Fn::GetAtt", JsonArray path) => [$"{path.FirstOrDefault()}", .. Of(argument)],
            ("Fn::Sub", _) => [.. Substitution.Names(argument).Select(Resource), .. Of(argument)],
            ("Fn::If", JsonArray list) => [Condition + list.FirstOrDefault(), .. Of(argument)],
            ("Fn::FindInMap", _) => [Mappings, .. Of(argument)],
            _ => Of(argument),
        };

    private static string Resource(string path) => path.Split('.')[0];
}
