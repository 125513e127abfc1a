using System.Collections;
using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Pulumi;

namespace Mlops.Infra.Tests.Declaring;

/// <summary>A resource as the engine was asked for it.</summary>
internal sealed record DeclaredResource(
    string Type,
    string Name,
    string Provider,
    ImmutableDictionary<string, object> Inputs
)
{
    /// <summary>What a message names it by.</summary>
    public string Urn => $"{Type}::{Name}";

    /// <summary>The inputs as JSON; what has no JSON form (an archive) is its type's name.</summary>
    public JsonObject Json { get; } = (JsonObject)ToJson(Inputs)!;

    public override string ToString() => Urn;

    private static JsonNode? ToJson(object? value) =>
        value switch
        {
            null => null,
            bool flag => flag,
            double number => number,
            string text => text,
            AssetOrArchive asset => asset.GetType().Name,
            IDictionary map => Map(map),
            IEnumerable list => new JsonArray([.. list.Cast<object?>().Select(ToJson)]),
            _ => throw new NotSupportedException($"An input is a {value.GetType()}."),
        };

    private static JsonObject Map(IDictionary map)
    {
        var json = new JsonObject();
        foreach (var key in map.Keys.Cast<string>().Order(StringComparer.Ordinal))
        {
            json[key] = ToJson(map[key]);
        }

        return json;
    }
}
