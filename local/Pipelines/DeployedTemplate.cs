using System.Text.Json.Nodes;
using Mlops.Local.Stacks;
using Mlops.Local.Stacks.Wire;
using Mlops.Local.Templates;

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
    private readonly TemplateConditions conditions;

    private DeployedTemplate(JsonObject root, Dictionary<string, string> parameters) =>
        (this.root, this.parameters, conditions) = (root, parameters, new TemplateConditions(root, parameters));

    /// <summary>Reads YAML with CloudFormation's short forms, or JSON.</summary>
    public static DeployedTemplate Parse(
        string body,
        IReadOnlyDictionary<string, string> given,
        AwsAccount account,
        string stackName
    )
    {
        var template = TemplateJson.Read(body);
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
            .Where(resource => conditions.Keep(resource.Value))
            .Select(resource => new DeployedResource(
                resource.Key,
                (string)resource.Value!["Type"]!,
                Resolve(resource.Value["Properties"], physical) as JsonObject ?? []
            ));

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
        string? Known(string name) => parameters.GetValueOrDefault(name) ?? physical.GetValueOrDefault(name);

        // Of SageMaker's resources the attribute that is their name: the end of the ARN that is their physical id.
        string? Attribute(JsonArray path) =>
            root["Resources"]?[$"{path[0]}"]?["Type"]?.ToString() + "Name" == $"AWS::SageMaker::{path[1]}"
                ? physical.GetValueOrDefault($"{path[0]}")?.Split('/')[^1]
                : null;

        switch (function)
        {
            case "Ref" when (string?)argument == "AWS::NoValue":
                return null;
            case "Ref" when parameters.TryGetValue((string)argument!, out var value):
                return JsonValue.Create(value);
            case "Ref" when physical.TryGetValue((string)argument!, out var id):
                return JsonValue.Create(id);
            case "Fn::If" when argument is JsonArray branches && conditions.Holds($"{branches[0]}") is { } holds:
                return Resolve(branches[holds ? 1 : 2], physical);
            case "Fn::Sub"
                when Substitution.Resolve(Resolve(argument, physical), Known) is { } text
                    && !text.Contains(Comparison.Anything, StringComparison.Ordinal):
                return JsonValue.Create(text);
            case "Fn::GetAtt" when argument is JsonArray { Count: 2 } path && Attribute(path) is { } attribute:
                return JsonValue.Create(attribute);
            default:
                return JsonValue.Create(Comparison.Anything);
        }
    }

    private static bool IsFunction(string name) => name == "Ref" || name.StartsWith("Fn::", StringComparison.Ordinal);
}
