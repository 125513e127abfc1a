using System.Text.Json.Nodes;

namespace Mlops.Infra.Tests.Declaring;

/// <summary>One statement of one policy of one resource.</summary>
internal sealed record DeclaredStatement(string Urn, string Property, JsonObject Json)
{
    public bool Allows => (string?)Json["Effect"] == "Allow";

    public bool IsTrust => Property == "assumeRolePolicyDocument";

    public bool IsKeyPolicy => Property == "keyPolicy";

    /// <summary>The policy of an image repository names no resource: it is the repository's own.</summary>
    public bool IsRepositoryPolicy => Property == "repositoryPolicyText";

    public IReadOnlyList<string> Actions => Strings("Action");

    public IReadOnlyList<string> Resources => Strings("Resource");

    public string Sid => (string?)Json[nameof(Sid)] ?? "";

    public string? Condition(string @operator, string key) => Json["Condition"]?[@operator]?[key]?.ToString();

    public override string ToString() => $"{Urn} {Property} {Json.ToJsonString()}";

    public static IEnumerable<DeclaredStatement> Of(DeclaredResource resource)
    {
        foreach (var (property, document) in Documents(resource))
        {
            Assert.That((string?)document["Version"], Is.EqualTo("2012-10-17"), () => $"{resource.Urn} {property}");
            foreach (var statement in document["Statement"]!.AsArray())
            {
                yield return new DeclaredStatement(resource.Urn, property, statement!.AsObject());
            }
        }
    }

    private static IEnumerable<(string Property, JsonObject Document)> Documents(DeclaredResource resource)
    {
        string[] documents =
        [
            "policyDocument",
            "assumeRolePolicyDocument",
            "keyPolicy",
            "modelPackageGroupPolicy",
            "policy",
            "repositoryPolicyText",
        ];
        foreach (var property in documents)
        {
            if (resource.Json[property] is JsonObject document)
            {
                yield return (property, document);
            }
        }

        if (resource.Json["policy"] is JsonValue text)
        {
            yield return ("policy", JsonNode.Parse((string)text!)!.AsObject());
        }

        foreach (var inline in resource.Json["policies"]?.AsArray() ?? [])
        {
            yield return ($"policies/{inline!["policyName"]}", inline["policyDocument"]!.AsObject());
        }
    }

    private string[] Strings(string member) =>
        Json[member] switch
        {
            null => [],
            JsonArray many => [.. many.Select(one => (string)one!)],
            var one => [(string)one!],
        };
}
