using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Mlops.DeploymentFlow.Duties;
using Mlops.DeploymentFlow.Events;
using Mlops.DeploymentFlow.Jobs;
using Mlops.DeploymentFlow.Tests.Duties;
using Mlops.Provisioning;
using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.Configs;
using Mlops.Provisioning.Logging;
using Mlops.Provisioning.Tests.Fakes;
using Moq;

namespace Mlops.DeploymentFlow.Tests;

/// <summary>A config file that is put into a bucket.</summary>
[TestFixture]
public sealed class ConfigEventsTests
{
    private static readonly ConfigPlace Place = new("my-configs", "team a/mlops-config.json");
    private readonly List<string> _log = [];
    private readonly List<string> _told = [];
    private FakeAws _aws = new();
    private Func<ConfigObject?>? _read;

    [SetUp]
    public void StartWithNothing()
    {
        _log.Clear();
        _told.Clear();
        _aws = new FakeAws();
        _read = null;
    }

    [TestCase(
        """{"source": "aws.s3", "detail-type": "Object Created", "detail": {"bucket": {"name": "my-configs"}, "object": {"key": "team a/mlops-config.json", "size": 1}}}""",
        Description = "EventBridge: the key as it is"
    )]
    [TestCase(
        """{"Records": [{"s3": {"bucket": {"name": "my-configs"}, "object": {"key": "other.json"}}}, {"s3": {"bucket": {"name": "my-configs"}, "object": {"key": "team+a/mlops%2Dconfig.json"}}}]}""",
        Description = "S3 itself: every record, keys encoded"
    )]
    public async Task The_file_that_is_named_is_applied(string json)
    {
        await HandleAsync(json, Configs.File("a"));

        var tags = _aws.Pipeline(Configs.Name("a"))!.Tags;
        Assert.That(
            (tags[DeploymentTags.Origin], tags[DeploymentTags.Revision]),
            Is.EqualTo(("s3:my-configs/team a/mlops-config.json", "version-1"))
        );
        Assert.That(_told, Is.Empty);
    }

    [TestCase("my-configs", "team a/mlops-config.json.bak")]
    [TestCase("other", "team a/mlops-config.json")]
    public async Task Another_object_is_not(string bucket, string key)
    {
        await HandleAsync(
            Created
                .Replace("my-configs", bucket, StringComparison.Ordinal)
                .Replace(Place.Key, key, StringComparison.Ordinal),
            Configs.File("a")
        );

        Assert.That(_aws.Calls, Is.Empty);
        Assert.That(_log.Single(), Does.Contain("object ignored"));
    }

    [Test]
    public async Task What_is_wrong_is_told_by_mail_for_nobody_waits_for_an_answer()
    {
        await HandleAsync(Created, "[]"u8.ToArray());

        Assert.That(
            _told,
            Is.EqualTo(
                (string[])
                    [
                        "MLOps: the config file was not applied\nNothing was changed.\nteam a/mlops-config.json:1:1: MLP003 request: The file is an array. Send one JSON object per request.",
                    ]
            )
        );
    }

    [Test]
    public void A_failure_of_AWS_is_told_and_is_the_functions()
    {
        _aws.FailAt = 3;

        Assert.That(() => HandleAsync(Created, Configs.File("a")), Throws.InstanceOf<ServiceFailureException>());
        Assert.That(_told.Single(), Does.Contain("Put the file again"));
    }

    [Test]
    public async Task A_file_that_is_gone_again_is_left_at_that()
    {
        await HandleAsync(Created, null);

        Assert.That(_aws.Calls, Is.Empty);
    }

    [Test]
    public void A_file_that_cannot_be_read_is_told()
    {
        _read = () => throw new ServiceFailureException("s3:GetObject", "AccessDenied", 403, "no kms:Decrypt");

        Assert.That(() => HandleAsync(Created, null), Throws.InstanceOf<ServiceFailureException>());
        Assert.That(_told.Single(), Does.Contain("no kms:Decrypt").And.Contain("Put the file again"));
    }

    /// <summary>Two events at once: whoever claims last carries out what is there by then.</summary>
    [Test]
    public async Task Of_two_files_at_once_the_newest_wins_whichever_event_comes_last()
    {
        var files = new Queue<ConfigObject>([
            new ConfigObject(Configs.File("a"), "version-1"),
            new ConfigObject(Configs.File("b"), "version-2"),
            new ConfigObject(Configs.File("b"), "version-2"),
            new ConfigObject(Configs.File("b"), "version-2"),
        ]);
        _read = () => files.Dequeue();

        await HandleAsync(Created, null);

        Assert.That(_aws.Pipeline(Configs.Name("a")), Is.Null);
        Assert.That(_aws.Pipeline(Configs.Name("b"))!.Tags[DeploymentTags.Revision], Is.EqualTo("version-2"));
        Assert.That(_told, Is.Empty);
    }

    [Test]
    public async Task The_older_of_two_stops_and_the_log_says_for_which()
    {
        _aws.Called = call =>
        {
            if (call == "Create")
            {
                _aws.Claims[Place.Source] = new ConfigClaim("another", "another", "version-2");
            }
        };

        await HandleAsync(Created, Configs.File("a", "b"));

        Assert.That(_aws.Pipeline(Configs.Name("b")), Is.Null);
        Assert.That(_log.Single(), Does.Contain("config superseded").And.Contain("version-2"));
        Assert.That(_told, Is.Empty);
    }

    [Test]
    public void A_file_that_takes_longer_than_the_function_may_run_is_told_with_how_far_it_came()
    {
        using var time = new CancellationTokenSource();
        _aws.Called = call =>
        {
            if (call == "Create")
            {
                time.Cancel();
            }
        };

        Assert.That(
            () => HandleAsync(Created, Configs.File("a", "b"), time.Token),
            Throws.InstanceOf<OperationCanceledException>()
        );
        Assert.That(_told.Single(), Does.Contain("after 1 made and 0 updated: The function's time is used up."));
    }

    [TestCase("{}")]
    [TestCase("""{"detail": {}}""")]
    [TestCase("""{"detail": {"bucket": {}, "object": {}}}""")]
    [TestCase("""{"Records": [{}, null]}""")]
    public void What_names_no_object_is_no_such_event(string json) => Assert.That(Read(json), Is.Empty);

    private const string Created =
        """{"detail": {"bucket": {"name": "my-configs"}, "object": {"key": "team a/mlops-config.json"}}}""";

    private static IReadOnlyList<ConfigPlace> Read(string json) =>
        ConfigEvents.Objects(JsonSerializer.Deserialize(json, DeploymentFlowJson.Default.CodePipelineJobEvent)!);

    private async Task HandleAsync(string json, byte[]? file, CancellationToken time = default)
    {
        var clock = new FakeTimeProvider();
        var objects = new Mock<IConfigObjects>();
        objects
            .Setup(all => all.ReadAsync(Place, It.IsAny<CancellationToken>()))
            .Returns(() =>
                Task.FromResult(
                    _read is { } read ? read()
                    : file is null ? null
                    : new ConfigObject(file, "version-1")
                )
            );
        var notices = new Mock<INotices>();
        notices
            .Setup(all => all.TellAsync(It.IsAny<string>(), It.IsAny<string>(), It.IsAny<CancellationToken>()))
            .Callback((string subject, string message, CancellationToken _) => _told.Add($"{subject}\n{message}"))
            .Returns(Task.CompletedTask);
        var events = new ConfigEvents(
            objects.Object,
            Configs.Service(_aws, clock),
            notices.Object,
            new StructuredLog(_log.Add, clock),
            Place,
            () => "run"
        );
        var handling = events.HandleAsync(Read(json), time);
        while (!handling.IsCompleted)
        {
            clock.Advance(ConfigService.Pace);
            await Task.Yield();
        }

        await handling;
    }
}
