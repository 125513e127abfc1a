using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Mlops.Local.Events;
using Mlops.Local.Functions;
using Mlops.Local.Moto;
using Mlops.Local.Processes;
using Moq;

namespace Mlops.Local.Tests.Events;

public sealed class EventBusTests
{
    private const string Failed = """{"source":["aws.codepipeline"],"detail":{"state":["FAILED"]}}""";

    private readonly ConcurrentQueue<EventDelivery> deliveries = new();
    private TemporaryFolder folder = null!;
    private MotoServer moto = null!;
    private EventBus bus = null!;
    private Mock<IEventInvoker> functions = null!;

    [OneTimeSetUp]
    public async Task StartMoto()
    {
        folder = new TemporaryFolder();
        moto = await LocalMoto.StartAsync(folder);
    }

    [OneTimeTearDown]
    public async Task EndMoto()
    {
        await moto.DisposeAsync();
        folder.Dispose();
    }

    [SetUp]
    public void Start()
    {
        deliveries.Clear();
        functions = new Mock<IEventInvoker>(MockBehavior.Strict);
        bus = new EventBus(moto.Endpoint, functions.Object, deliveries.Enqueue, TimeProvider.System);
    }

    [TearDown]
    public void End() => bus.Dispose();

    [Test]
    public async Task What_one_account_sends_to_a_bus_of_another_is_told_there_and_sent_no_further()
    {
        var topic = await TopicAsync("sent");
        RuleBus target = new("111111111111"),
            central = new("123456789012", "targets");
        const string Central = "arn:aws:events:us-east-1:123456789012:event-bus/targets";
        const string Further = "arn:aws:events:us-east-1:333333333333:event-bus/default";
        bus.RegisterRule("forward", "arn:forward", Failed, [new RuleTarget("bus", Central)], target);
        bus.RegisterRule("failed", "arn:rule", Failed, [Worded(topic)], central);
        bus.RegisterRule("further", "arn:rule", Failed, [new RuleTarget("bus", Further)], central);
        bus.RegisterRule("failed", "arn:rule", Failed, [Worded(topic)], new RuleBus("333333333333"));
        bus.RegisterRule("home", "arn:rule", Failed, [Worded(topic)]);

        var happened = Event("FAILED");
        happened["account"] = target.Account;
        await bus.PublishAsync(happened, CancellationToken.None);

        Assert.That(
            deliveries.Select(delivery => (delivery.Rule, delivery.Error)),
            Is.EqualTo([("failed", (string?)null)])
        );
    }

    [Test]
    public async Task An_event_that_matches_arrives_in_the_inbox_as_the_transformer_words_it()
    {
        var topic = await TopicAsync("matched");
        await using var inbox = await Inbox.StartAsync(
            moto.Endpoint,
            topic,
            TimeProvider.System,
            CancellationToken.None
        );
        bus.RegisterRule("failed", "arn:rule", Failed, [Worded(topic)]);

        await bus.PublishAsync(Event("SUCCEEDED"), CancellationToken.None);
        await bus.PublishAsync(Event("FAILED"), CancellationToken.None);

        Assert.That(inbox.Messages, Has.Count.EqualTo(1));
        Assert.That(inbox.Messages[0].Message, Is.EqualTo("\"Pipeline mÿ-model: FAILED\""));
        Assert.That(inbox.Messages[0].Subject, Is.Null);
        Assert.That(
            deliveries,
            Is.EqualTo(new[] { new EventDelivery("failed", topic, "\"Pipeline mÿ-model: FAILED\"", Error: null) })
        );
    }

    [Test]
    public async Task The_inbox_hands_out_what_was_there_and_what_comes()
    {
        var topic = await TopicAsync("streamed");
        await using var inbox = await Inbox.StartAsync(
            moto.Endpoint,
            topic,
            TimeProvider.System,
            CancellationToken.None
        );
        bus.RegisterRule("failed", "arn:rule", Failed, [Worded(topic)]);
        await bus.PublishAsync(Event("FAILED"), CancellationToken.None);

        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var read = 0;
        await foreach (var _ in inbox.ReadAllAsync(soon.Token))
        {
            if (++read == 2)
            {
                break;
            }

            await bus.PublishAsync(Event("FAILED"), CancellationToken.None);
        }

        Assert.That(read, Is.EqualTo(2));
    }

    [Test]
    public async Task A_function_gets_the_whole_event_and_its_failure_is_reported()
    {
        const string Arn = "arn:aws:lambda:us-east-1:123456789012:function:mlops-dev-deployment-flow";
        var @event = Event("FAILED");
        functions
            .Setup(invoker =>
                invoker.InvokeEventAsync(
                    Arn,
                    It.Is<string>(payload => JsonNode.DeepEquals(JsonNode.Parse(payload, null, default), @event))
                )
            )
            .ReturnsAsync(new FunctionAnswer("""{"errorType":"Oops"}""", IsError: true));
        bus.RegisterRule("run", "arn:rule", Failed, [new RuleTarget("t", Arn)]);

        await bus.PublishAsync(@event, CancellationToken.None);

        Assert.That(
            () => deliveries.Select(delivery => delivery.Error),
            Is.EqualTo(new[] { null, """{"errorType":"Oops"}""" }).After(5_000, 20)
        );
    }

    [Test]
    public async Task A_delivery_that_fails_is_reported_and_the_next_target_still_served()
    {
        var topic = await TopicAsync("second");
        const string Missing = "arn:aws:sns:us-east-1:123456789012:missing";
        bus.RegisterRule("failed", "arn:rule", Failed, [new RuleTarget("1", Missing), Worded(topic)]);

        await bus.PublishAsync(Event("FAILED"), CancellationToken.None);

        Assert.That(deliveries, Has.Count.EqualTo(2));
        Assert.That(deliveries.First().Error, Does.StartWith($"SNS refused Publish on {Missing} with 404"));
        Assert.That(deliveries.Last().Error, Is.Null);
    }

    [Test]
    public void A_topic_that_is_not_there_cannot_be_subscribed_to()
    {
        Assert.That(
            async () =>
                await Inbox.StartAsync(
                    moto.Endpoint,
                    "arn:aws:sns:us-east-1:123456789012:none",
                    TimeProvider.System,
                    CancellationToken.None
                ),
            Throws
                .TypeOf<StartFailedException>()
                .With.Message.StartsWith("The inbox cannot subscribe to arn:aws:sns:us-east-1:123456789012:none")
        );
    }

    [TestCase(
        """{"source":[{"cidr":"x"}]}""",
        "arn:aws:sns:us-east-1:1:t",
        "Event rule r: /source: \"cidr\" is not an operator that local knows."
    )]
    [TestCase(
        Failed,
        "arn:aws:sqs:us-east-1:1:q",
        "Event rule r: target t is arn:aws:sqs:us-east-1:1:q; local delivers to SNS topics, Lambda functions and event buses."
    )]
    public void A_rule_that_is_not_carried_out_is_an_error_when_it_is_declared(
        string pattern,
        string target,
        string message
    )
    {
        Assert.That(
            () => bus.RegisterRule("r", "arn:rule", pattern, [new RuleTarget("t", target)]),
            Throws.TypeOf<StartFailedException>().With.Message.EqualTo(message)
        );
    }

    private static RuleTarget Worded(string topic) =>
        new("topic", topic)
        {
            InputPathsMap = new Dictionary<string, string> { ["p"] = "$.detail.pipeline", ["s"] = "$.detail.state" },
            InputTemplate = "\"Pipeline <p>: <s>\"",
        };

    private static JsonObject Event(string state) =>
        new()
        {
            ["source"] = "aws.codepipeline",
            ["detail"] = new JsonObject { ["pipeline"] = "mÿ-model", ["state"] = state },
        };

    private async Task<string> TopicAsync(string name)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, moto.Endpoint);
        request.Content = new FormUrlEncodedContent(
            new Dictionary<string, string>
            {
                ["Action"] = "CreateTopic",
                ["Name"] = name,
                ["Version"] = "2010-03-31",
            }
        );
        request.Headers.TryAddWithoutValidation(
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=testing/20000101/us-east-1/sns/aws4_request, SignedHeaders=host, Signature=0"
        );
        using var answer = await http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return $"arn:aws:sns:us-east-1:123456789012:{name}";
    }
}
