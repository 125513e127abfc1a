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

    public static IEnumerable<ConformanceProblem> Problems(PartDefinition part, Template template)
    {
        var boundary = part
            .Parameters.FirstOrDefault(parameter => parameter.Deployment is DeploymentValue.PermissionsBoundary)
            ?.Name;
        foreach (var (id, type, properties, whole) in template.Declared)
        {
            if (type == Role)
            {
                foreach (var (at, message) in OfRole(properties, boundary))
                {
                    yield return template.Problem("roles", $"{id}: {message}", at, whole);
                }
            }
            else if (type.StartsWith("AWS::IAM::", StringComparison.Ordinal))
            {
                yield return template.Problem(
                    "roles",
                    $"{id}: a stack may have no {type}; give the policy to the role itself, under Policies.",
                    whole
                );
            }

            foreach (
                var (at, action) in Actions(properties)
                    .Where(found => found.Action?.IndexOfAny(['*', '?']) is null or >= 0)
            )
            {
                yield return template.Problem(
                    "actions",
                    action is null
                        ? $"{id}: NotAction allows whatever AWS comes to have; name the actions."
                        : $"{id}: the action {action} has a wildcard; name the actions.",
                    at,
                    whole
                );
            }
        }
    }

    private static IEnumerable<(JsonNode? At, string Message)> OfRole(JsonObject role, string? boundary)
    {
        if (!IsText(role["Path"], DeploymentNames.BlueprintPath))
        {
            yield return (
                role["Path"],
                $"a role has the Path {DeploymentNames.BlueprintPath}; CloudFormation may make no other."
            );
        }

        if (
            boundary is null
            || role["PermissionsBoundary"] is not JsonObject { Count: 1 } reference
            || !IsText(reference["Ref"], boundary)
        )
        {
            var remedy = boundary is null
                ? "declare a parameter, feed it in the manifest with \"deployment\": \"permissionsBoundary\", and refer to it"
                : $"write PermissionsBoundary: !Ref {boundary}";
            yield return (
                role["PermissionsBoundary"],
                $"a role has the PermissionsBoundary of the deployment; CloudFormation may make no other: {remedy}."
            );
        }

        if (role["ManagedPolicyArns"] is { } managed)
        {
            yield return (
                managed,
                "ManagedPolicyArns are wider than a stack needs; name what the role may do under Policies."
            );
        }
    }

    /// <summary>Of every statement; null for a NotAction.</summary>
    private static IEnumerable<(JsonNode At, string? Action)> Actions(JsonNode? node) =>
        node switch
        {
            JsonObject statement when statement.ContainsKey("Effect") => Texts(statement["Action"])
                .Concat(statement["NotAction"] is { } not ? [(not, null)] : []),
            JsonObject map => map.SelectMany(member => Actions(member.Value)),
            JsonArray list => list.SelectMany(Actions),
            _ => [],
        };

    private static IEnumerable<(JsonNode At, string? Action)> Texts(JsonNode? node) =>
        node switch
        {
            JsonArray list => list.SelectMany(Texts),
            JsonObject call => call.SelectMany(member => Texts(member.Value)),
            JsonValue value => [(value, (string)value!)],
            _ => [],
        };

    private static bool IsText(JsonNode? node, string text) => node is JsonValue value && (string?)value == text;
}
