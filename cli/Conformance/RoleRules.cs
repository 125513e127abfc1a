using System.Text.Json.Nodes;
using Mlops.Provisioning;
using Mlops.Provisioning.Blueprints;

namespace Mlops.Cli.Conformance;

/// <summary>
/// What CloudFormation may make for a pipeline: roles on our path and within the boundary, and nothing else of IAM. No
/// action by wildcard, anywhere.
/// </summary>
internal static class RoleRules
{
    private const string Role = "AWS::IAM::Role";

    public static IEnumerable<ConformanceProblem> Problems(PartDefinition part, JsonObject template)
    {
        var boundary = part
            .Parameters.FirstOrDefault(parameter => parameter.Deployment is DeploymentValue.PermissionsBoundary)
            ?.Name;
        foreach (var (id, type, properties) in TemplateFile.Resources(template))
        {
            if (type == Role)
            {
                foreach (var message in OfRole(properties, boundary))
                {
                    yield return new(part.Template, "roles", $"{id}: {message}");
                }
            }
            else if (type.StartsWith("AWS::IAM::", StringComparison.Ordinal))
            {
                yield return new(
                    part.Template,
                    "roles",
                    $"{id}: a stack may have no {type}; give the policy to the role itself, under Policies."
                );
            }

            foreach (var action in Actions(properties).Where(action => action is null || action.Contains('*')))
            {
                yield return new(
                    part.Template,
                    "actions",
                    action is null
                        ? $"{id}: NotAction allows whatever AWS comes to have; name the actions."
                        : $"{id}: the action {action} has a wildcard; name the actions."
                );
            }
        }
    }

    private static IEnumerable<string> OfRole(JsonObject role, string? boundary)
    {
        if (!IsText(role["Path"], DeploymentNames.BlueprintPath))
        {
            yield return $"a role has the Path {DeploymentNames.BlueprintPath}; CloudFormation may make no other.";
        }

        if (
            boundary is null
            || role["PermissionsBoundary"] is not JsonObject { Count: 1 } reference
            || !IsText(reference["Ref"], boundary)
        )
        {
            yield return "a role has the PermissionsBoundary that comes from the deployment: a parameter that the manifest feeds with \"deployment\": \"permissionsBoundary\".";
        }

        if (role.ContainsKey("ManagedPolicyArns"))
        {
            yield return "ManagedPolicyArns are wider than a stack needs; name what the role may do under Policies.";
        }
    }

    /// <summary>Of every statement; null for a NotAction.</summary>
    private static IEnumerable<string?> Actions(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject statement when statement.ContainsKey("Effect"):
                if (statement.ContainsKey("NotAction"))
                {
                    yield return null;
                }

                foreach (var action in Texts(statement["Action"]))
                {
                    yield return action;
                }

                break;
            case JsonObject map:
                foreach (var action in map.SelectMany(member => Actions(member.Value)))
                {
                    yield return action;
                }

                break;
            case JsonArray list:
                foreach (var action in list.SelectMany(Actions))
                {
                    yield return action;
                }

                break;
        }
    }

    private static IEnumerable<string> Texts(JsonNode? node) =>
        node switch
        {
            JsonArray list => list.SelectMany(Texts),
            JsonObject call => call.SelectMany(member => Texts(member.Value)),
            JsonValue value => [(string)value!],
            _ => [],
        };

    private static bool IsText(JsonNode? node, string text) => node is JsonValue value && (string?)value == text;
}
