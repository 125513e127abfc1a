using System.Text.Json.Nodes;

namespace Mlops.Cli.Conformance;

/// <summary>A template that could be read.</summary>
/// <param name="File">Its file, in the blueprint's folder.</param>
/// <param name="Root">Functions are in their long form, <c>{"Ref": "x"}</c>, and scalars are texts.</param>
/// <param name="Lines">Where each node stands, from 1.</param>
internal sealed record Template(string File, JsonObject Root, IReadOnlyDictionary<JsonNode, int> Lines)
{
    /// <summary>Each resource with its type.</summary>
    public IEnumerable<TemplateResource> Declared =>
        (Root["Resources"] as JsonObject ?? []).Select(resource => new TemplateResource(
            resource.Key,
            (string?)resource.Value?["Type"] ?? "",
            resource.Value?["Properties"] as JsonObject ?? [],
            resource.Value
        ));

    /// <summary>A problem at the first of these nodes that is there.</summary>
    public ConformanceProblem Problem(string rule, string message, params IEnumerable<JsonNode?> at) =>
        new(File, rule, message, at.OfType<JsonNode>().Select(Line).FirstOrDefault(line => line is not null));

    private int? Line(JsonNode node) => Lines.TryGetValue(node, out var line) ? line : null;
}

/// <summary>A resource of a template.</summary>
/// <param name="Id">Its logical id.</param>
/// <param name="Type">Its type, or empty.</param>
/// <param name="Properties">Its properties, or none.</param>
/// <param name="Whole">The resource, for its place.</param>
internal sealed record TemplateResource(string Id, string Type, JsonObject Properties, JsonNode? Whole);
