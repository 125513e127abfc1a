using System.Text.Json.Nodes;
using Mlops.Infra.Tests.Declaring;

namespace Mlops.Infra.Tests;

/// <summary>The least that a setup role needs, as docs/multi-account.md has it, against what is made in a target.</summary>
[TestFixture, NonParallelizable] // The SDK documents its test mode as serial only.
public sealed class SetupRoleTests
{
    /// <summary>What Cloud Control's handlers of a type do with the rights of its caller (the permissions of its resource schema).</summary>
    private static readonly Dictionary<string, string[]> Handlers = new()
    {
        ["aws-native:apigateway:Account"] = ["apigateway:GET", "apigateway:PATCH", "iam:PassRole"],
        ["aws-native:events:Rule"] =
        [
            "events:DeleteRule",
            "events:DescribeRule",
            "events:ListTagsForResource",
            "events:ListTargetsByRule",
            "events:PutRule",
            "events:PutTargets",
            "events:RemoveTargets",
            "events:TagResource",
            "events:UntagResource",
            "iam:PassRole",
        ],
        ["aws-native:iam:ManagedPolicy"] =
        [
            "iam:CreatePolicy",
            "iam:CreatePolicyVersion",
            "iam:DeletePolicy",
            "iam:DeletePolicyVersion",
            "iam:GetPolicy",
            "iam:GetPolicyVersion",
            "iam:ListEntitiesForPolicy",
            "iam:ListPolicyVersions",
            "iam:TagPolicy",
            "iam:UntagPolicy",
        ],
        ["aws-native:iam:Role"] =
        [
            "iam:CreateRole",
            "iam:DeleteRole",
            "iam:DeleteRolePermissionsBoundary",
            "iam:DeleteRolePolicy",
            "iam:GetRole",
            "iam:GetRolePolicy",
            "iam:ListAttachedRolePolicies",
            "iam:ListRolePolicies",
            "iam:PutRolePermissionsBoundary",
            "iam:PutRolePolicy",
            "iam:TagRole",
            "iam:UntagRole",
            "iam:UpdateAssumeRolePolicy",
            "iam:UpdateRole",
            "iam:UpdateRoleDescription",
        ],
    };

    private static readonly IReadOnlyList<JsonObject> Documents =
    [
        .. File.ReadAllText(Path.Combine(Checkout.Path, "docs", "multi-account.md"))
            .Split("```json\n")[1..]
            .Select(block => block.Split("```")[0])
            .Where(block => block.TrimStart().StartsWith('{'))
            .Select(block => JsonNode.Parse(block)!.AsObject()),
    ];

    private static readonly IReadOnlyList<DeclaredStatement> Statements =
    [
        .. Documents[1]["Statement"]!
            .AsArray()
            .Select(one => new DeclaredStatement("setup", "policy", one!.AsObject())),
    ];

    private IReadOnlyList<DeclaredResource> _made = null!;

    [OneTimeSetUp]
    public async Task DeclareAsync() =>
        _made = [
            .. (await Declared.ByAsync(Declared.SeveralAccounts)).Resources.Where(resource =>
                resource.Name.StartsWith("mlops-dev-dev-", StringComparison.Ordinal)
                && !resource.Type.StartsWith("pulumi:", StringComparison.Ordinal)
            ),
        ];

    [Test]
    public void It_may_do_what_making_a_targets_things_takes_and_no_more()
    {
        var needed = _made.Select(resource => resource.Type).Distinct().SelectMany(type => Handlers[type]).Distinct();
        var given = Statements
            .SelectMany(statement => statement.Actions)
            .Where(action => !action.StartsWith("cloudformation:", StringComparison.Ordinal));

        Assert.That(given, Is.EquivalentTo(needed));
    }

    [Test]
    public void It_reaches_what_is_made_and_only_ours()
    {
        foreach (var role in _made.Where(resource => resource.Type is "aws-native:iam:Role"))
        {
            Assert.That((string?)role.Json["path"], Is.EqualTo("/mlops-orchestrator/"), role.Urn);
        }

        var rule = _made.Single(resource => resource.Type == "aws-native:events:Rule").Json["name"]!.ToString();
        Assert.That(
            Statements.Where(statement => statement.Sid != "CloudControl").SelectMany(one => one.Resources).Distinct(),
            Is.EqualTo([
                "arn:aws:iam::111111111111:role/mlops-orchestrator/*",
                "arn:aws:iam::111111111111:policy/mlops-orchestrator/*",
                $"arn:aws:events:us-east-1:111111111111:rule/{rule.Replace("mlops-dev", "mlops-multiaccount", StringComparison.Ordinal)}",
                "arn:aws:apigateway:us-east-1::/account",
            ])
        );
    }

    [Test]
    public void It_hands_roles_to_those_services_that_the_things_are_of()
    {
        var trusted = _made
            .Where(resource => resource.Type is "aws-native:iam:Role")
            .SelectMany(DeclaredStatement.Of)
            .Where(statement => statement.IsTrust)
            .Select(statement => (string?)statement.Json["Principal"]!["Service"])
            .OfType<string>()
            .Except(["cloudformation.amazonaws.com"], StringComparer.Ordinal); // Handed over by the pipelines.
        var pass = Statements.Single(statement => statement.Actions.Contains("iam:PassRole"));

        Assert.That(
            pass.Json["Condition"]!["StringEquals"]!["iam:PassedToService"]!.AsArray().Select(one => (string)one!),
            Is.EquivalentTo(trusted)
        );
    }
}
