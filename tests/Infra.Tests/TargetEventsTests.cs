using System.Text.Json.Nodes;
using Mlops.Infra.Tests.Declaring;
using Mlops.Local.Events;
using Mlops.Provisioning;

namespace Mlops.Infra.Tests;

/// <summary>What monitors in targets come to is told by the orchestrator account.</summary>
[TestFixture, NonParallelizable] // The SDK documents its test mode as serial only.
public sealed class TargetEventsTests
{
    private const string Bus = "arn:aws:events:us-east-1:123456789012:event-bus/mlops-dev-targets";

    private static readonly string[] Accounts = ["111111111111", "222222222222", "333333333333"];

    private Declared _declared = null!;

    [OneTimeSetUp]
    public async Task DeclareAsync() => _declared = await Declared.ByAsync(Declared.SeveralAccounts);

    [Test]
    public void Exactly_the_targets_may_send_and_only_as_the_role_that_sends()
    {
        var bus = _declared.OfType("aws-native:events:EventBus").Single();
        var send = DeclaredStatement.Of(bus).Single();

        Assert.That(send.Actions, Is.EqualTo(["events:PutEvents"]));
        Assert.That(send.Resources, Is.EqualTo([Bus]));
        Assert.That(
            send.Json["Principal"]!["AWS"]!.AsArray().Select(one => (string?)one),
            Is.EqualTo(Accounts.Select(account => $"arn:aws:iam::{account}:root"))
        );
        Assert.That(
            send.Json["Condition"]!["ArnEquals"]!["aws:PrincipalArn"]!.AsArray().Select(one => (string?)one),
            Is.EqualTo(Accounts.Select(account => $"arn:aws:iam::{account}:role/mlops-orchestrator/mlops-dev-forward"))
        );
    }

    [TestCase("dev", "111111111111")]
    [TestCase("staging", "222222222222")]
    [TestCase("prod", "333333333333")]
    public void A_target_sends_to_that_bus_alone_by_a_role_for_its_rule_alone(string target, string account)
    {
        var rule = Rule(target);
        var to = rule["targets"]!.AsArray().Single()!;
        var role = _declared
            .OfType("aws-native:iam:Role")
            .Single(role => role.Name == $"mlops-dev-{target}-forward-role");
        var statements = DeclaredStatement.Of(role).ToList();

        Assert.That((string?)to["arn"], Is.EqualTo(Bus));
        Assert.That(
            (string?)to["roleArn"],
            Is.EqualTo($"arn:aws:iam::{account}:role/mlops-orchestrator/mlops-dev-forward")
        );
        var send = statements.Single(statement => !statement.IsTrust);
        Assert.That((send.Actions.Single(), send.Resources.Single()), Is.EqualTo(("events:PutEvents", Bus)));
        var trust = statements.Single(statement => statement.IsTrust);
        Assert.That((string?)trust.Json["Principal"]!["Service"], Is.EqualTo("events.amazonaws.com"));
        Assert.That(trust.Condition("StringEquals", "aws:SourceAccount"), Is.EqualTo(account));
        Assert.That(
            trust.Condition("ArnEquals", "aws:SourceArn"),
            Is.EqualTo($"arn:aws:events:us-east-1:{account}:rule/{rule["name"]}")
        );
    }

    [TestCase("Completed")]
    [TestCase("Failed")]
    [TestCase("Stopped")]
    public void What_a_rule_tells_of_is_sent(string status)
    {
        var @event = Ended(status);
        var telling = _declared
            .OfType("aws-native:events:Rule")
            .Select(rule => rule.Json)
            .Where(rule => (string?)rule["eventBusName"] == "mlops-dev-targets" && Matches(rule, @event));

        Assert.That(telling.Count(), Is.EqualTo(1));
        Assert.That(Matches(Rule("staging"), @event), Is.True);
    }

    [Test]
    public void Nothing_else_is_sent()
    {
        var (running, others) = (Ended("InProgress"), Ended("Failed"));
        others["detail"]!["RoleArn"] = "arn:aws:iam::222222222222:role/SageMakerPowerUser";

        Assert.That(Matches(Rule("staging"), running) || Matches(Rule("staging"), others), Is.False);
    }

    [Test]
    public void What_could_not_be_told_is_kept_also_of_targets()
    {
        var allowed = DeclaredStatement
            .Of(_declared.OfType("aws-native:sqs:QueueInlinePolicy").Single())
            .Single(statement => statement.Allows);
        var ofTargets = _declared
            .OfType("aws-native:events:Rule")
            .Where(rule => (string?)rule.Json["eventBusName"] is not null)
            .Select(rule =>
                $"arn:aws:events:us-east-1:123456789012:rule/mlops-dev-targets/{(string)rule.Json["name"]!}"
            );

        Assert.That(
            allowed.Json["Condition"]!["ArnEquals"]!["aws:SourceArn"]!.AsArray().Select(arn => (string?)arn),
            Is.SupersetOf(ofTargets)
        );
    }

    [Test]
    public async Task One_account_needs_no_bus()
    {
        var single = await Declared.ByAsync(Declared.Settings);
        var alone = await Declared.ByAsync(
            Declared.SeveralAccounts with
            {
                Targets = [new TargetSettings("dev", AccountId.Parse(AwsMocks.Account))],
            }
        );

        foreach (var declared in new[] { single, alone })
        {
            Assert.That(
                declared.Resources.Select(resource => resource.Type),
                Has.None.EqualTo("aws-native:events:EventBus")
            );
        }
    }

    private JsonObject Rule(string target) =>
        _declared
            .OfType("aws-native:events:Rule")
            .Single(rule => rule.Name == $"mlops-dev-{target}-forward-monitors")
            .Json;

    private static bool Matches(JsonObject rule, JsonObject @event) =>
        EventPattern.Parse(rule["eventPattern"]!.ToJsonString()).Matches(@event);

    private static JsonObject Ended(string status) =>
        new()
        {
            ["source"] = "aws.sagemaker",
            ["account"] = "222222222222",
            ["detail-type"] = "SageMaker Processing Job State Change",
            ["detail"] = new JsonObject
            {
                ["ProcessingJobName"] = "data-quality-monitoring-202611240100-0123",
                ["ProcessingJobStatus"] = status,
                ["RoleArn"] =
                    "arn:aws:iam::222222222222:role/mlops/mlops-pipeline-churn-byo-MLOpsSagemakerMonitorRol-1ABCDEFGHIJK",
            },
        };
}
