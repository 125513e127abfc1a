using Mlops.Infra.Tests.Declaring;

namespace Mlops.Infra.Tests;

/// <summary>What could not be delivered is kept, and by nobody else's hand.</summary>
[TestFixture, NonParallelizable] // The SDK documents its test mode as serial only.
public sealed class DeadLettersTests
{
    private const string Queue = "arn:aws:sqs:us-east-1:123456789012:mlops-dev-dead-letters";

    private Declared _declared = null!;

    [OneTimeSetUp]
    public async Task DeclareAsync() => _declared = await Declared.ByAsync(Declared.Settings);

    [Test]
    public void They_are_kept_for_14_days_the_longest_that_SQS_knows()
    {
        var queue = _declared.OfType("aws-native:sqs:Queue").Single();

        Assert.That((string?)queue.Json["queueName"], Is.EqualTo("mlops-dev-dead-letters"));
        Assert.That((double?)queue.Json["messageRetentionPeriod"], Is.EqualTo(14 * 24 * 60 * 60));
    }

    [Test]
    public void A_job_that_DeploymentFlow_did_not_answer_goes_there_at_once()
    {
        var config = _declared.OfType("aws-native:lambda:EventInvokeConfig").Single().Json;

        Assert.That((string?)config["functionName"], Is.EqualTo("mlops-dev-deployment-flow"));
        Assert.That((string?)config["destinationConfig"]!["onFailure"]!["destination"], Is.EqualTo(Queue));
        Assert.That((double?)config["maximumRetryAttempts"], Is.Zero);
    }

    [TestCaseSource(nameof(Deployments))]
    public async Task Whatever_a_rule_could_not_tell_goes_there(StackSettings settings)
    {
        var declared = await Declared.ByAsync(settings);

        foreach (var rule in OurRules(declared))
        {
            var target = rule.Json["targets"]![0]!;
            Assert.That((string?)target["deadLetterConfig"]?["arn"], Is.EqualTo(Queue), rule.Urn);
        }
    }

    [TestCaseSource(nameof(Deployments))]
    public async Task Exactly_our_rules_may_put_something_there(StackSettings settings)
    {
        var declared = await Declared.ByAsync(settings);
        var allowed = DeclaredStatement
            .Of(declared.OfType("aws-native:sqs:QueueInlinePolicy").Single())
            .Single(statement => statement.Allows);
        var rules = OurRules(declared)
            .Select(rule => $"arn:aws:events:us-east-1:123456789012:rule/{Bus(rule)}{rule.Json["name"]}");

        Assert.That((string?)allowed.Json["Principal"]!["Service"], Is.EqualTo("events.amazonaws.com"));
        Assert.That(allowed.Actions, Is.EqualTo(["sqs:SendMessage"]));
        Assert.That(allowed.Resources, Is.EqualTo([Queue]));
        Assert.That(
            allowed.Json["Condition"]!["ArnEquals"]!["aws:SourceArn"]!.AsArray().Select(arn => (string?)arn),
            Is.EquivalentTo(rules)
        );
    }

    /// <summary>Those of the orchestrator account: a target's rule has its own account's providers and no queue.</summary>
    private static IEnumerable<DeclaredResource> OurRules(Declared declared) =>
        declared
            .OfType("aws-native:events:Rule")
            .Where(rule => !$"{rule.Json["name"]}".EndsWith("-forward-monitors", StringComparison.Ordinal));

    private static string Bus(DeclaredResource rule) =>
        rule.Json["eventBusName"] is { } bus ? $"{$"{bus}".Split('/')[^1]}/" : "";

    private static IEnumerable<StackSettings> Deployments() =>
        [
            Declared.Settings,
            Declared.SeveralAccounts,
            ConfigSourceTests.ByConnection,
            ConfigSourceTests.ByCodeCommit,
            ConfigSourceTests.ByBucket,
        ];

    /// <summary>Else EventBridge may send and cannot encrypt, and the letter is lost in silence.</summary>
    [Test]
    public void EventBridge_may_use_the_queues_key_for_the_queue_alone()
    {
        var use = _declared.Statements.Single(statement =>
            statement is { IsKeyPolicy: true, Sid: "EventsPutDeadLetters" }
        );

        Assert.That(use.Urn, Does.EndWith("::mlops-dev-operations-key"));
        Assert.That((string?)use.Json["Principal"]!["Service"], Is.EqualTo("events.amazonaws.com"));
        Assert.That(use.Actions, Is.EquivalentTo(["kms:Decrypt", "kms:GenerateDataKey"]));
        Assert.That(
            use.Json["Condition"]!.ToJsonString(),
            Is.EqualTo($$$"""{"ArnEquals":{"kms:EncryptionContext:aws:sqs:arn":"{{{Queue}}}"}}""")
        );
    }
}
