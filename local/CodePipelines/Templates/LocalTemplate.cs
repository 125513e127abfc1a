using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mlops.Local.Templates;

namespace Mlops.Local.CodePipelines.Templates;

/// <summary>
/// A template as moto has to be given it, so that an update of a stack does what CloudFormation does. moto compares each
/// resource's text with its text of before, and looks for a literal Ref to a changed parameter; parameters inside
/// Fn::Sub and behind conditions, and resources that stand on changed ones, are silently left as they were, and the
/// stack is UPDATE_COMPLETE. It also updates in the order of the text, and never looks at the condition of a resource
/// again. Of a list it keeps an empty place for an item that is AWS::NoValue. So: every resource gets a mark that changes
/// with whatever it depends on, resources come after those that they depend on, and resources and items of lists that
/// their condition leaves out are not there.
/// </summary>
/// <remarks>
/// All of it follows from template and parameters alone. Nothing is remembered: the same two give the same text, and
/// then moto leaves everything alone.
/// </remarks>
internal sealed class LocalTemplate
{
    /// <summary>The member of a resource's Metadata that holds its mark.</summary>
    public const string Mark = "mlops:local";

    private static readonly JsonSerializerOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    private readonly JsonObject root;
    private readonly JsonObject resources;
    private readonly Dictionary<string, string> values;
    private readonly Dictionary<string, string> fingerprints = new(StringComparer.Ordinal);

    private LocalTemplate(JsonObject root, IReadOnlyDictionary<string, string> parameters)
    {
        this.root = root;
        resources = root["Resources"]!.AsObject();
        values = new Dictionary<string, string>(parameters, StringComparer.Ordinal);
        foreach (var (name, parameter) in root["Parameters"] as JsonObject ?? [])
        {
            if (parameter?["Default"] is { } otherwise)
            {
                values.TryAdd(name, otherwise.ToString());
            }
        }
    }

    /// <summary>The template for moto, as JSON; unchanged when its resources are not resources, which is for moto to refuse.</summary>
    /// <param name="body">YAML or JSON.</param>
    /// <param name="parameters">What is given; for the others their defaults count.</param>
    public static string Write(string body, IReadOnlyDictionary<string, string> parameters)
    {
        var template = TemplateJson.Read(body);
        var isSound = template["Resources"] is JsonObject resources && resources.All(one => one.Value is JsonObject);
        return isSound ? new LocalTemplate(template, parameters).Write() : body;
    }

    private string Write()
    {
        var conditions = new TemplateConditions(root, values);
        var machines = new StateMachineDefinitions(conditions, values);
        var written = new JsonObject();
        foreach (var name in InOrder().Where(name => conditions.Keep(resources[name])))
        {
            var resource = WithoutEmptyItems(resources[name]!, conditions)!;
            if (MotoUpdates.Contains($"{resource["Type"]}"))
            {
                resource["Metadata"] ??= new JsonObject();
                resource["Metadata"]![Mark] = Fingerprint(name);
            }

            machines.Rewrite(resource);
            written[name] = resource;
        }

        root["Resources"] = written;
        return root.ToJsonString(Readable);
    }

    /// <summary>A copy whose lists have no item that a condition leaves out.</summary>
    private static JsonNode? WithoutEmptyItems(JsonNode? node, TemplateConditions conditions) =>
        node switch
        {
            JsonArray list => new JsonArray([
                .. list.Select(item => Chosen(item, conditions))
                    .Where(item => item is not JsonObject { Count: 1 } call || $"{call["Ref"]}" != "AWS::NoValue")
                    .Select(item => WithoutEmptyItems(item, conditions)),
            ]),
            // The branches of an Fn::If are no list.
            JsonObject { Count: 1 } call when call["Fn::If"] is JsonArray branches => new JsonObject
            {
                ["Fn::If"] = new JsonArray([.. branches.Select(branch => WithoutEmptyItems(branch, conditions))]),
            },
            JsonObject map => new JsonObject(
                map.Select(member => KeyValuePair.Create(member.Key, WithoutEmptyItems(member.Value, conditions)))
            ),
            _ => node?.DeepClone(),
        };

    /// <summary>The branch that a condition takes, where that is known.</summary>
    private static JsonNode? Chosen(JsonNode? item, TemplateConditions conditions) =>
        item is JsonObject { Count: 1 } call
        && call["Fn::If"] is JsonArray { Count: 3 } branches
        && conditions.Holds($"{branches[0]}") is { } holds
            ? Chosen(branches[holds ? 1 : 2], conditions)
            : item;

    /// <summary>Changes with the text of a parameter, condition, mapping or resource, and with all that it depends on.</summary>
    private string Fingerprint(string name)
    {
        if (fingerprints.TryGetValue(name, out var known))
        {
            return known;
        }

        fingerprints[name] = ""; // A circle, which CloudFormation refuses, ends here.
        var text = new StringBuilder(values.GetValueOrDefault(name));
        if (What(name) is { } node)
        {
            text.Append(node.ToJsonString());
            foreach (var reference in Dependencies(node))
            {
                text.Append('\n').Append(reference).Append('=').Append(Fingerprint(reference));
            }
        }

        return fingerprints[name] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{text}")))[..16];
    }

    /// <summary>What stands for a name in the template. Of a resource, what does not change it (Metadata, policies) does not count.</summary>
    private JsonNode? What(string name) =>
        name switch
        {
            TemplateReferences.Mappings => root["Mappings"],
            _ when name.StartsWith(TemplateReferences.Condition, StringComparison.Ordinal) => root["Conditions"]?[
                name[TemplateReferences.Condition.Length..]
            ],
            _ when resources[name] is JsonObject resource => new JsonObject(
                resource
                    .Where(member => member.Key is "Type" or "Properties" or "Condition")
                    .Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone()))
            ),
            _ => null,
        };

    private static IEnumerable<string> Dependencies(JsonNode node)
    {
        var names = TemplateReferences.Of(node);
        return (
            (node as JsonObject)?["Condition"] is JsonValue own
                ? names.Append(TemplateReferences.Condition + own)
                : names
        )
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);
    }

    /// <summary>As in the text, but after what is referred to or named in DependsOn.</summary>
    private List<string> InOrder()
    {
        var (order, seen) = (new List<string>(), new HashSet<string>(StringComparer.Ordinal));
        void Visit(string name)
        {
            if (resources[name] is not JsonObject resource || !seen.Add(name))
            {
                return;
            }

            var first = resource["DependsOn"] is JsonArray list
                ? list.Select(one => $"{one}")
                : [$"{resource["DependsOn"]}"];
            foreach (var dependency in first.Concat(TemplateReferences.Of(resource["Properties"])))
            {
                Visit(dependency);
            }

            order.Add(name);
        }

        foreach (var (name, _) in resources)
        {
            Visit(name);
        }

        return order;
    }
}
