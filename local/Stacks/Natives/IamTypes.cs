using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Mlops.Local.Stacks.Wire;

namespace Mlops.Local.Stacks.Natives;

/// <summary>Roles, their inline policies, and managed policies.</summary>
internal static class IamTypes
{
    private const string Version = "2010-05-08";

    public static IEnumerable<NativeType> All =>
        [
            new("AWS::IAM::Role", RoleAsync)
            {
                NameProperty = "RoleName",
                Tagged = true,
                CompleteAsync = PutPoliciesAsync,
            },
            new("AWS::IAM::ManagedPolicy", ManagedPolicyAsync) { NameProperty = "ManagedPolicyName" },
            new("AWS::IAM::RolePolicy", RolePolicyAsync)
            {
                NameProperty = "PolicyName",
                CreateAsync = PutRolePolicyAsync,
                Identifier = ["PolicyName", "RoleName"],
            },
        ];

    private static async Task<JsonObject> RoleAsync(NativeResource role, string id, CancellationToken cancellationToken)
    {
        var answer = await CallAsync(role, "GetRole", [("RoleName", id)], cancellationToken);
        var found = answer.Descendants("Role").First();
        return new JsonObject
        {
            ["RoleName"] = id,
            ["Arn"] = Value(found, "Arn"),
            ["RoleId"] = Value(found, "RoleId"),
            ["Path"] = Value(found, "Path"),
            ["Description"] = Value(found, "Description"),
            ["MaxSessionDuration"] = Value(found, "MaxSessionDuration"),
            ["PermissionsBoundary"] = (string?)found.Descendants("PermissionsBoundaryArn").FirstOrDefault(),
            ["AssumeRolePolicyDocument"] = Document(found.Element("AssumeRolePolicyDocument")),
            ["Policies"] = await InlineAsync(role, id, cancellationToken),
            ["ManagedPolicyArns"] = await AttachedAsync(role, id, cancellationToken),
            ["Tags"] = Tags(found),
        };
    }

    /// <summary>moto's CloudFormation keeps inline policies in a form that nobody can read, and attaches none.</summary>
    private static async Task PutPoliciesAsync(NativeResource role, string id, CancellationToken cancellationToken)
    {
        foreach (var policy in role.Declared["Policies"] as JsonArray ?? [])
        {
            await PutAsync(role, id, (string)policy!["PolicyName"]!, policy["PolicyDocument"]!, cancellationToken);
        }

        foreach (var arn in role.Declared["ManagedPolicyArns"] as JsonArray ?? [])
        {
            await CallAsync(
                role,
                "AttachRolePolicy",
                [("RoleName", id), ("PolicyArn", (string)arn!)],
                cancellationToken
            );
        }
    }

    private static Task<XElement> PutAsync(
        NativeResource resource,
        string role,
        string name,
        JsonNode document,
        CancellationToken cancellationToken
    ) =>
        CallAsync(
            resource,
            "PutRolePolicy",
            [("RoleName", role), ("PolicyName", name), ("PolicyDocument", document.ToJsonString())],
            cancellationToken
        );

    private static async Task<JsonArray> InlineAsync(
        NativeResource role,
        string id,
        CancellationToken cancellationToken
    )
    {
        var inline = new JsonArray();
        var names = await CallAsync(role, "ListRolePolicies", [("RoleName", id)], cancellationToken);
        foreach (var name in names.Descendants("member").Select(member => member.Value))
        {
            inline.Add(
                new JsonObject
                {
                    ["PolicyName"] = name,
                    ["PolicyDocument"] = await InlineAsync(role, id, name, cancellationToken),
                }
            );
        }

        return inline;
    }

    private static async Task<JsonNode?> InlineAsync(
        NativeResource role,
        string id,
        string name,
        CancellationToken cancellationToken
    )
    {
        var answer = await CallAsync(
            role,
            "GetRolePolicy",
            [("RoleName", id), ("PolicyName", name)],
            cancellationToken
        );
        return Document(answer.Descendants("PolicyDocument").First());
    }

    private static async Task<JsonArray> AttachedAsync(
        NativeResource role,
        string id,
        CancellationToken cancellationToken
    )
    {
        var answer = await CallAsync(role, "ListAttachedRolePolicies", [("RoleName", id)], cancellationToken);
        return new JsonArray([.. answer.Descendants("PolicyArn").Select(arn => JsonValue.Create(arn.Value))]);
    }

    private static async Task<JsonObject> ManagedPolicyAsync(
        NativeResource policy,
        string id,
        CancellationToken cancellationToken
    )
    {
        var found = await CallAsync(policy, "GetPolicy", [("PolicyArn", id)], cancellationToken);
        var version = found.Descendants("DefaultVersionId").First().Value;
        var document = await CallAsync(
            policy,
            "GetPolicyVersion",
            [("PolicyArn", id), ("VersionId", version)],
            cancellationToken
        );
        var properties = found.Descendants("Policy").First();
        return new JsonObject
        {
            ["ManagedPolicyName"] = Value(properties, "PolicyName"),
            ["PolicyArn"] = id,
            ["PolicyId"] = Value(properties, "PolicyId"),
            ["Path"] = Value(properties, "Path"),
            ["Description"] = Value(properties, "Description"),
            ["PolicyDocument"] = Document(document.Descendants("Document").First()),
            ["Roles"] = await EntitiesAsync(policy, id, cancellationToken),
        };
    }

    private static async Task<JsonArray> EntitiesAsync(
        NativeResource policy,
        string id,
        CancellationToken cancellationToken
    )
    {
        var answer = await CallAsync(policy, "ListEntitiesForPolicy", [("PolicyArn", id)], cancellationToken);
        return new JsonArray([.. answer.Descendants("RoleName").Select(name => JsonValue.Create(name.Value))]);
    }

    private static async Task<string> PutRolePolicyAsync(NativeResource policy, CancellationToken cancellationToken)
    {
        await PutAsync(
            policy,
            policy.Text("RoleName"),
            policy.Text("PolicyName"),
            policy.Declared["PolicyDocument"]!,
            cancellationToken
        );
        return $"{policy.Text("PolicyName")}|{policy.Text("RoleName")}";
    }

    private static async Task<JsonObject> RolePolicyAsync(
        NativeResource policy,
        string id,
        CancellationToken cancellationToken
    )
    {
        var (name, role) = (id.Split('|')[0], id.Split('|')[1]);
        return new JsonObject
        {
            ["PolicyName"] = name,
            ["RoleName"] = role,
            ["PolicyDocument"] = await InlineAsync(policy, role, name, cancellationToken),
        };
    }

    private static Task<XElement> CallAsync(
        NativeResource resource,
        string action,
        IEnumerable<(string, string)> parameters,
        CancellationToken cancellationToken
    ) => resource.Aws.QueryAsync(resource.Account, "iam", Version, action, parameters, cancellationToken);

    private static string? Value(XElement element, string name) => (string?)element.Element(name);

    /// <summary>Null for what is no document: moto's CloudFormation keeps inline policies in a form of its own.</summary>
    private static JsonNode? Document(XElement? element)
    {
        try
        {
            return element is null ? null : JsonNode.Parse(Uri.UnescapeDataString(element.Value));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonArray Tags(XElement element) =>
        new([
            .. element
                .Elements("Tags")
                .Elements("member")
                .Select(tag => new JsonObject { ["Key"] = Value(tag, "Key"), ["Value"] = Value(tag, "Value") }),
        ]);
}
