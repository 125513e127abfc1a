using Mlops.Provisioning;

namespace Mlops.Infra.Tests;

/// <summary><c>mlops:targets</c>: the accounts of multi-account mode, and everything that can be wrong with them.</summary>
public sealed class TargetListTests
{
    private const string Dev =
        """{"name":"dev","accountId":"111111111111","setupRoleArn":"arn:aws:iam::111111111111:role/setup"}""";

    [Test]
    public void A_target_is_read_with_everything_that_it_can_have()
    {
        var target = Read(
            """
            [{
              "name": "pre-prod", "accountId": "222222222222", "organizationalUnitId": "ou-ab12-12345678",
              "approval": true, "approvalTimeoutMinutes": 1440,
              "setupRoleArn": "arn:aws:iam::222222222222:role/setup",
              "permissionsBoundary": "arn:aws:iam::222222222222:policy/team/everybody",
              "tags": {"stage": "pre-prod"}
            }]
            """
        )
            .Targets.Single();

        Assert.Multiple(() =>
        {
            Assert.That((target.Name, target.AccountId.Text), Is.EqualTo(("pre-prod", "222222222222")));
            Assert.That(target.OrganizationalUnitId, Is.EqualTo("ou-ab12-12345678"));
            Assert.That((target.Approval, target.ApprovalTimeoutMinutes), Is.EqualTo((true, 1440)));
            Assert.That(target.SetupRoleArn, Is.EqualTo("arn:aws:iam::222222222222:role/setup"));
            Assert.That(target.PermissionsBoundary, Is.EqualTo("arn:aws:iam::222222222222:policy/team/everybody"));
            Assert.That(target.Tags, Is.EquivalentTo(new Dictionary<string, string> { ["stage"] = "pre-prod" }));
        });
    }

    [Test]
    public void The_orchestrator_account_is_a_target_without_a_role()
    {
        Assert.That(Problems("""[{"name":"dev","accountId":"123456789012"}]"""), Is.Empty);
    }

    [Test]
    public void Ten_targets_are_the_most()
    {
        Assert.That(Problems(Targets(10)), Is.Empty);
        Assert.That(
            Problems(Targets(11)),
            Is.EqualTo([
                "  mlops:targets: 11 targets are too many: 10 at most. Run: pulumi config rm --path 'mlops:targets[10]'",
            ])
        );

        static string Targets(int count) =>
            $"[{string.Join(',', Enumerable.Range(1, count).Select(number => $$"""{"name":"t{{number}}","accountId":"{{number:D12}}","setupRoleArn":"arn:aws:iam::{{number:D12}}:role/setup"}"""))}]";
    }

    [TestCase(
        "[]",
        "it names no target. Run: pulumi config set --path 'mlops:targets[0].name' dev && pulumi config set --path 'mlops:targets[0].accountId' 111111111111"
    )]
    [TestCase(
        """{"dev":"111111111111"}""",
        "{\"dev\":\"111111111111\"} is not a list of targets. Run: pulumi config rm mlops:targets && pulumi config set --path 'mlops:targets[0].name' dev && pulumi config set --path 'mlops:targets[0].accountId' 111111111111"
    )]
    public void Refuses_the_list(string targets, string problem)
    {
        Assert.That(Problems(targets), Is.EqualTo([$"  mlops:targets: {problem}"]));
    }

    [TestCase(
        "\"name\":\"Dev\"",
        "name: \"Dev\" cannot be a target's name: lower-case letters, digits and single hyphens, first a letter, 20 characters at most. Run: pulumi config set --path 'mlops:targets[0].name' dev"
    )]
    [TestCase(
        "\"name\":\"a23456789012345678901\"",
        "name: \"a23456789012345678901\" cannot be a target's name: lower-case letters, digits and single hyphens, first a letter, 20 characters at most. Run: pulumi config set --path 'mlops:targets[0].name' dev"
    )]
    [TestCase(
        "\"name\":\"pipeline\"",
        "name: \"pipeline\" is what the orchestrator account's own stage is called. Run: pulumi config set --path 'mlops:targets[0].name' dev"
    )]
    [TestCase(
        "\"accountId\":11111111111",
        "accountId: \"11111111111\" is not an account id of 12 digits; in YAML it needs quotes. Run: pulumi config set --path 'mlops:targets[0].accountId' 011111111111"
    )]
    [TestCase(
        "\"accountId\":\"dev\"",
        "accountId: \"dev\" is not an account id of 12 digits. Run: pulumi config set --path 'mlops:targets[0].accountId' 111111111111"
    )]
    [TestCase(
        "\"organizationalUnitId\":\"Workloads\"",
        "organizationalUnitId: \"Workloads\" is not the id of an organizational unit (ou-…) or of a root (r-…). Run: pulumi config set --path 'mlops:targets[0].organizationalUnitId' ou-ab12-1234abcd"
    )]
    [TestCase(
        "\"approval\":\"yes\",\"approvalTimeoutMinutes\":5",
        "approval: \"yes\" is neither true nor false. Run: pulumi config set --path 'mlops:targets[0].approval' true"
    )]
    [TestCase(
        "\"approvalTimeoutMinutes\":60",
        "approvalTimeoutMinutes: this target needs no approval (approval: true). Run: pulumi config rm --path 'mlops:targets[0].approvalTimeoutMinutes'"
    )]
    [TestCase(
        "\"approval\":true,\"approvalTimeoutMinutes\":4",
        "approvalTimeoutMinutes: \"4\" is not a whole number of minutes from 5 to 86400, CodePipeline's limits. Run: pulumi config set --path 'mlops:targets[0].approvalTimeoutMinutes' 1440"
    )]
    [TestCase(
        "\"setupRoleArn\":\"mlops-setup\"",
        "setupRoleArn: \"mlops-setup\" is not the ARN of a role. Run: pulumi config set --path 'mlops:targets[0].setupRoleArn' arn:aws:iam::111111111111:role/mlops-setup"
    )]
    [TestCase(
        "\"setupRoleArn\":\"arn:aws:iam::999999999999:role/setup\"",
        "setupRoleArn: arn:aws:iam::999999999999:role/setup is of another account than 111111111111. Run: pulumi config set --path 'mlops:targets[0].setupRoleArn' arn:aws:iam::111111111111:role/setup"
    )]
    [TestCase(
        "\"permissionsBoundary\":\"arn:aws:iam::111111111111:role/x\"",
        "permissionsBoundary: \"arn:aws:iam::111111111111:role/x\" is not the ARN of a policy. Run: pulumi config set --path 'mlops:targets[0].permissionsBoundary' arn:aws:iam::111111111111:policy/mlops-setup"
    )]
    [TestCase(
        "\"tags\":{\"aws:x\":\"y\"}",
        "tags: \"aws:x\": keys that begin with aws: are AWS's own. Run: pulumi config rm --path 'mlops:targets[0].tags[\"aws:x\"]'"
    )]
    [TestCase(
        "\"region\":\"eu-west-1\"",
        "region: all targets are in the orchestrator's region (aws:region), where packages, models and images are. Run: pulumi config rm --path 'mlops:targets[0].region'"
    )]
    [TestCase(
        "\"aproval\":true",
        "aproval: a target has no such part; did you mean approval? Run: pulumi config rm --path 'mlops:targets[0].aproval'"
    )]
    [TestCase(
        "\"setupRoleArn\":\"\"",
        "setupRoleArn: it is set, but empty. Run: pulumi config rm --path 'mlops:targets[0].setupRoleArn'"
    )]
    [TestCase("\"name\":{}", "name: {} is not one value. Run: pulumi config rm --path 'mlops:targets[0].name'")]
    public void Refuses_the_part(string part, string problem)
    {
        Assert.That(Problems($"[{With(Dev, part)}]"), Is.EqualTo([$"  mlops:targets[0].{problem}"]));
    }

    [TestCase(
        "\"accountId\":\"111111111111\"",
        "[1].accountId: 111111111111 is there twice; stacks of one request have one name in every account. Run: pulumi config rm --path 'mlops:targets[1]'"
    )]
    [TestCase(
        "\"name\":\"dev\"",
        "[1].name: \"dev\" is there twice. Run: pulumi config set --path 'mlops:targets[1].name' target-2"
    )]
    public void Refuses_a_second_target(string part, string problem)
    {
        var second = With(
            """{"name":"prod","accountId":"222222222222","setupRoleArn":"arn:aws:iam::222222222222:role/setup"}""",
            part
        );
        if (part.Contains("accountId", StringComparison.Ordinal))
        {
            second = With(second, "\"setupRoleArn\":\"arn:aws:iam::111111111111:role/setup\"");
        }

        Assert.That(Problems($"[{Dev},{second}]"), Is.EqualTo([$"  mlops:targets{problem}"]));
    }

    [Test]
    public void Two_names_that_would_be_one_stage_are_refused()
    {
        Assert.That(
            Problems(
                """
                [{"name":"a-1","accountId":"111111111111","setupRoleArn":"arn:aws:iam::111111111111:role/setup"},
                 {"name":"a1","accountId":"222222222222","setupRoleArn":"arn:aws:iam::222222222222:role/setup"}]
                """
            ),
            Is.EqualTo([
                "  mlops:targets[1].name: \"a1\" and \"a-1\" would both be the stage DeployA1. Run: pulumi config set --path 'mlops:targets[1].name' target-2",
            ])
        );
    }

    [Test]
    public void Everything_that_is_wrong_is_told_at_once()
    {
        Assert.That(
            string.Join(
                '\n',
                Problems(
                    """[{"name":"dev"},{"accountId":"333333333333","approval":"on","region":"x"},{"name":"own","accountId":"123456789012","setupRoleArn":"arn:aws:iam::123456789012:role/setup"}]"""
                )
            ),
            Is.EqualTo(
                """
                  mlops:targets[0].accountId: it is missing: the account. Run: pulumi config set --path 'mlops:targets[0].accountId' 111111111111
                  mlops:targets[1].region: all targets are in the orchestrator's region (aws:region), where packages, models and images are. Run: pulumi config rm --path 'mlops:targets[1].region'
                  mlops:targets[1].name: it is missing: what stages call it. Run: pulumi config set --path 'mlops:targets[1].name' dev
                  mlops:targets[1].approval: "on" is neither true nor false. Run: pulumi config set --path 'mlops:targets[1].approval' true
                  mlops:targets[1].setupRoleArn: it is missing: the role that the program takes on in this account. Run: pulumi config set --path 'mlops:targets[1].setupRoleArn' arn:aws:iam::333333333333:role/mlops-setup
                  mlops:targets[2].setupRoleArn: 123456789012 is the orchestrator account, where the program works as itself. Run: pulumi config rm --path 'mlops:targets[2].setupRoleArn'
                """.ReplaceLineEndings("\n")
            )
        );
    }

    [Test]
    public void Several_accounts_need_targets_and_the_orchestrators_own_account()
    {
        var problems = Assert
            .Throws<StackSettingsException>(() =>
                StackSettings.Read(
                    new Dictionary<string, string>
                    {
                        ["mlops:accountMode"] = "multi",
                        ["aws:region"] = "us-east-1",
                        ["mlops:notificationEmail"] = "team@example.com",
                    }.GetValueOrDefault
                )
            )!
            .Problems;

        Assert.That(
            problems,
            Is.EqualTo([
                "  mlops:accountId: it is missing: the orchestrator account, which several accounts are told from. Run: pulumi config set mlops:accountId 123456789012",
                "  mlops:targets: it is missing: the accounts in the order of delivery. Run: pulumi config set --path 'mlops:targets[0].name' dev && pulumi config set --path 'mlops:targets[0].accountId' 111111111111",
            ])
        );
    }

    [Test]
    public void The_predecessors_accounts_are_understood_but_not_taken()
    {
        var problems = Assert
            .Throws<StackSettingsException>(() =>
                StackSettings.Read(
                    new Dictionary<string, string>
                    {
                        ["mlops:accountMode"] = "multi",
                        ["aws:region"] = "us-east-1",
                        ["mlops:accountId"] = "123456789012",
                        ["mlops:notificationEmail"] = "team@example.com",
                        ["mlops:StagingAccountId"] = "222222222222",
                        ["mlops:StagingOrgId"] = "ou-ab12-12345678",
                    }.GetValueOrDefault
                )
            )!
            .Problems;

        Assert.That(
            problems,
            Is.EqualTo([
                "  mlops:StagingAccountId: `StagingAccountId` is `targets[1].accountId` here. Run: pulumi config set --path 'mlops:targets[1].name' staging && pulumi config set --path 'mlops:targets[1].accountId' 222222222222 && pulumi config rm mlops:StagingAccountId",
                "  mlops:StagingOrgId: `StagingOrgId` is `targets[1].organizationalUnitId` here. Run: pulumi config set --path 'mlops:targets[1].organizationalUnitId' ou-ab12-12345678 && pulumi config rm mlops:StagingOrgId",
            ])
        );
    }

    [Test]
    public void A_targets_tags_have_to_fit_beside_those_of_everything()
    {
        var target = With(Dev, "\"tags\":{\"Team\":\"b\",\"stage\":\"dev\"}");
        var ofAll = string.Join(',', Enumerable.Range(1, 47).Select(number => $"\"tag{number}\":\"v\""));

        Assert.That(Problems($"[{target}]", tags: $"{{{ofAll},\"stage\":\"x\"}}"), Is.Empty, "one of them is the same");
        Assert.That(
            Problems($"[{target}]", tags: $"{{{ofAll},\"x\":\"y\"}}"),
            Is.EqualTo([
                "  mlops:targets[0].tags: 50 tags, with those of mlops:tags, are too many: a resource can have 50, and mlops:deployment is one of them. Run: pulumi config rm --path 'mlops:targets[0].tags.stage'",
            ])
        );
        Assert.That(
            Problems($"[{target}]", tags: """{"team":"a"}"""),
            Is.EqualTo([
                "  mlops:targets[0].tags: \"Team\" and \"team\" of mlops:tags are the same key to IAM. Run: pulumi config rm --path 'mlops:targets[0].tags.Team'",
            ])
        );
    }

    private static IReadOnlyList<string> Problems(string targets, string? tags = null)
    {
        try
        {
            _ = Read(targets, tags);
            return [];
        }
        catch (StackSettingsException failure)
        {
            return failure.Problems;
        }
    }

    private static StackSettings Read(string targets, string? tags = null) =>
        StackSettings.Read(
            new Dictionary<string, string>
            {
                ["mlops:accountMode"] = "multi",
                ["aws:region"] = "us-east-1",
                ["mlops:accountId"] = "123456789012",
                ["mlops:notificationEmail"] = "team@example.com",
                ["mlops:targets"] = targets,
                ["mlops:tags"] = tags!,
            }.GetValueOrDefault
        );

    /// <summary>A member in place of the one of its name; of two the later counts.</summary>
    private static string With(string target, string parts)
    {
        var json = System.Text.Json.Nodes.JsonNode.Parse(target)!.AsObject();
        foreach (var (name, value) in System.Text.Json.Nodes.JsonNode.Parse($"{{{parts}}}")!.AsObject())
        {
            json[name] = value?.DeepClone();
        }

        return json.ToJsonString();
    }
}
