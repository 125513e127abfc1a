using Mlops.Local.CodePipelines.Executions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Mlops.Local.CodePipelines.Actions;

/// <summary>What CloudFormation checks of a template before it starts, and a local CloudFormation does not: parameters and capabilities.</summary>
internal sealed class Template
{
    /// <summary>Resource types that ask for CAPABILITY_IAM, with the property that makes it CAPABILITY_NAMED_IAM.</summary>
    private static readonly Dictionary<string, string> IamTypes = new(StringComparer.Ordinal)
    {
        ["AWS::IAM::AccessKey"] = "",
        ["AWS::IAM::Group"] = "GroupName",
        ["AWS::IAM::InstanceProfile"] = "InstanceProfileName",
        ["AWS::IAM::ManagedPolicy"] = "ManagedPolicyName",
        ["AWS::IAM::Policy"] = "",
        ["AWS::IAM::Role"] = "RoleName",
        ["AWS::IAM::User"] = "UserName",
        ["AWS::IAM::UserToGroupAddition"] = "",
    };

    private readonly YamlMappingNode root;

    private Template(string body, YamlMappingNode root) => (Body, this.root) = (body, root);

    public string Body { get; }

    /// <summary>Reads YAML, of which JSON is a part.</summary>
    /// <exception cref="ActionFailedException">It is neither.</exception>
    public static Template Parse(string body)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(body));
            if (stream.Documents is [{ RootNode: YamlMappingNode root }, ..])
            {
                return new Template(body, root);
            }
        }
        catch (YamlException e)
        {
            throw new ActionFailedException("JobFailed", $"Template format error: {e.Message} (ValidationError)");
        }

        throw new ActionFailedException("JobFailed", "Template format error: unsupported structure. (ValidationError)");
    }

    /// <exception cref="ActionFailedException">A value for a parameter that is not declared, or none for one without a default.</exception>
    public void RequireParameters(IReadOnlyDictionary<string, string> values)
    {
        var declared = Mapping(root, "Parameters")
            .ToDictionary(
                one => Text(one.Key),
                one =>
                    one.Value is YamlMappingNode parameter
                    && parameter.Children.ContainsKey(new YamlScalarNode("Default")),
                StringComparer.Ordinal
            );
        var unknown = values.Keys.Except(declared.Keys, StringComparer.Ordinal).ToList();
        if (unknown.Count > 0)
        {
            throw new ActionFailedException(
                "JobFailed",
                $"Parameters: [{string.Join(", ", unknown)}] do not exist in the template (ValidationError)"
            );
        }

        var missing = declared.Where(one => !one.Value && !values.ContainsKey(one.Key)).Select(one => one.Key).ToList();
        if (missing.Count > 0)
        {
            throw new ActionFailedException(
                "JobFailed",
                $"Parameters: [{string.Join(", ", missing)}] must have values (ValidationError)"
            );
        }
    }

    /// <exception cref="ActionFailedException">IAM resources without the acknowledgment they ask for.</exception>
    public void RequireCapabilities(IReadOnlyCollection<string> given)
    {
        foreach (var resource in Mapping(root, "Resources").Select(one => one.Value).OfType<YamlMappingNode>())
        {
            var type = resource.Children.TryGetValue("Type", out var node) ? Text(node) : "";
            if (!IamTypes.TryGetValue(type, out var nameProperty))
            {
                continue;
            }

            var named = Mapping(resource, "Properties")
                .Any(one => nameProperty.Length > 0 && Text(one.Key) == nameProperty);
            var sufficient = given.Contains("CAPABILITY_NAMED_IAM") || (!named && given.Contains("CAPABILITY_IAM"));
            if (!sufficient)
            {
                throw new ActionFailedException(
                    "JobFailed",
                    $"Requires capabilities : [{(named ? "CAPABILITY_NAMED_IAM" : "CAPABILITY_IAM")}] (InsufficientCapabilitiesException)"
                );
            }
        }
    }

    private static IEnumerable<KeyValuePair<YamlNode, YamlNode>> Mapping(YamlMappingNode parent, string name) =>
        parent.Children.TryGetValue(new YamlScalarNode(name), out var node) && node is YamlMappingNode mapping
            ? mapping.Children
            : [];

    private static string Text(YamlNode node) => (node as YamlScalarNode)?.Value ?? "";
}
