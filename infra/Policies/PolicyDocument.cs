using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pulumi;

namespace Mlops.Infra.Policies;

/// <summary>A policy as AWS takes it, made of typed statements; the same statements always give the same text.</summary>
public static class PolicyDocument
{
    /// <summary>For properties that take the document as a value: what Pulumi.AwsNative has.</summary>
    public static Output<object> Value(params IEnumerable<PolicyStatement> statements) =>
        Document(statements).Apply(document => (object)JsonSerializer.SerializeToElement(document));

    /// <summary>For properties that take the document as text: what Pulumi.Aws has.</summary>
    public static Output<string> Text(params IEnumerable<PolicyStatement> statements) =>
        Document(statements).Apply(document => document.ToJsonString());

    /// <summary>For a policy of somebody else's: the statement, or a list of them.</summary>
    public static Output<string> Statements(params IEnumerable<PolicyStatement> statements) =>
        Document(statements)
            .Apply(document =>
            {
                var written = document["Statement"]!.AsArray();
                return (written is [{ } only] ? only : written).ToJsonString();
            });

    private static Output<JsonObject> Document(IEnumerable<PolicyStatement> statements) =>
        Output
            .All(statements.Select(Statement))
            .Apply(written => new JsonObject
            {
                ["Version"] = "2012-10-17",
                ["Statement"] = new JsonArray([.. written.Select(statement => JsonNode.Parse(statement))]),
            });

    /// <summary>As text, because a node belongs to one document and an output may be read twice.</summary>
    private static Output<string> Statement(PolicyStatement statement) =>
        Output
            .Tuple(
                All(statement.Principal?.Values ?? []),
                All(statement.Resources),
                Output.All(statement.Conditions.Select(condition => All(condition.Values)))
            )
            .Apply(parts => Statement(statement, parts.Item1, parts.Item2, parts.Item3).ToJsonString());

    private static JsonObject Statement(
        PolicyStatement statement,
        ImmutableArray<string> principals,
        ImmutableArray<string> resources,
        ImmutableArray<ImmutableArray<string>> conditionValues
    )
    {
        var json = new JsonObject { ["Sid"] = statement.Sid, ["Effect"] = statement.Effect.ToString() };
        if (statement.Principal is { } principal)
        {
            json["Principal"] = new JsonObject { [principal.Kind] = OneOrMany(principals) };
        }

        json["Action"] = OneOrMany(statement.Actions);
        if (resources.Length > 0)
        {
            json["Resource"] = OneOrMany(resources);
        }

        if (statement.Conditions.Count > 0)
        {
            json["Condition"] = Conditions(statement.Conditions, conditionValues);
        }

        return json;
    }

    private static JsonObject Conditions(
        IReadOnlyList<PolicyCondition> conditions,
        ImmutableArray<ImmutableArray<string>> values
    )
    {
        var json = new JsonObject();
        foreach (var (condition, of) in conditions.Zip(values))
        {
            if (json[condition.Operator] is not JsonObject byKey)
            {
                json[condition.Operator] = byKey = [];
            }

            byKey[condition.Key] = OneOrMany(of);
        }

        return json;
    }

    private static Output<ImmutableArray<string>> All(IEnumerable<Input<string>> values) => Output.All(values);

    /// <summary>AWS stores one value as a plain string; writing it so keeps a refresh free of differences.</summary>
    private static JsonNode? OneOrMany(IReadOnlyList<string> values) =>
        values is [var one] ? one : new JsonArray([.. values.Select(value => (JsonNode?)value)]);
}
