using System.Text;
using Microsoft.Extensions.Time.Testing;
using Mlops.DeploymentFlow.Duties;
using Mlops.DeploymentFlow.Jobs;
using Mlops.Provisioning;
using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.Configs;
using Mlops.Provisioning.Logging;
using Mlops.Provisioning.Tests.Fakes;
using Moq;

namespace Mlops.DeploymentFlow.Tests.Duties;

[TestFixture]
public sealed class ApplyTests
{
    private const string Source = "codecommit:models@main:mlops-config.json";
    private readonly List<string> _log = [];
    private FakeTimeProvider _clock = new();
    private FakeAws _aws = new();
    private Func<Commit> _commit = () => new Commit(IsAnswered: false, "Ada <ada@example.com>");
    private int _runs;

    [SetUp]
    public void StartWithNothing()
    {
        _log.Clear();
        (_aws, _clock) = (new FakeAws(), new FakeTimeProvider());
        _commit = () => new Commit(IsAnswered: false, "Ada <ada@example.com>");
    }

    [Test]
    public async Task A_commit_is_applied_and_the_action_says_what_was_done()
    {
        var done = (DutyOutcome.Done)await RunAsync(Configs.File("a", "b"), "1f2e3d");

        Assert.That(done.Summary, Is.EqualTo("2 made, 0 updated, 0 unchanged, 0 being taken down; revision 1f2e3d"));
        Assert.That(done.Outputs["Revision"], Is.EqualTo("1f2e3d"));
        var tags = _aws.Pipeline(Configs.Name("a"))!.Tags;
        Assert.That(tags[DeploymentTags.Origin], Is.EqualTo(Source));
        Assert.That(tags[DeploymentTags.RequestedBy], Is.EqualTo("Ada ada@example.com"));
    }

    /// <summary>Events come late, and twice; a newer revision may have been applied since.</summary>
    [Test]
    public async Task A_job_that_was_answered_already_changes_nothing()
    {
        await RunAsync(Configs.File("a"), "2");
        _aws.Finish();
        var before = _aws.Calls.Count;
        _commit = () => new Commit(IsAnswered: true, Author: null);

        var outcome = await RunAsync(Configs.Pruning("b"), "1");

        Assert.That(_aws.Calls, Has.Count.EqualTo(before));
        Assert.That(OutcomeText.Of(outcome), Does.Contain("had ended").And.Contain("nothing was done"));
    }

    [Test]
    public async Task A_commit_that_nobody_can_tell_of_is_applied_all_the_same()
    {
        _commit = () =>
            throw new ServiceFailureException("codepipeline:ListActionExecutions", "ThrottlingException", 400, "busy");

        var done = (DutyOutcome.Done)await RunAsync(Configs.File("a"), "1");

        Assert.That(done.Summary, Does.StartWith("1 made"));
        Assert.That(_log.Single(), Does.Contain("commit is not known"));
    }

    [Test]
    public async Task What_an_earlier_delivery_has_changed_is_not_denied()
    {
        var wrong = Encoding.UTF8.GetBytes("""{"pipelines": [{"pipeline_type": "byom"}]}""");

        var failed = (DutyOutcome.Failed)await RunAsync(wrong, "1", """{"Created":600,"Updated":1,"Removed":0}""");

        Assert.That(failed.Message, Does.StartWith("After 600 made and 1 updated nothing more was changed.\n"));
    }

    [TestCase(null, 2)]
    [TestCase("""{"Removed":3}""", 5, Description = "an earlier delivery began with three, which are gone by now")]
    public async Task What_is_taken_down_is_counted_over_all_deliveries(string? memory, int removed)
    {
        await RunAsync(Configs.File("a", "b", "c", "d"), "1");
        _aws.Finish();

        var done = (DutyOutcome.Done)await RunAsync(Configs.Pruning("a", "b"), "2", memory);

        Assert.That(
            done.Summary,
            Is.EqualTo($"0 made, 0 updated, 2 unchanged, {removed} being taken down; revision 2")
        );
    }

    [Test]
    public async Task What_cannot_be_taken_down_now_is_told_with_what_could()
    {
        await RunAsync(Configs.File("a", "b"), "1");
        _aws.Finish();
        await RunAsync(Configs.File("a", "b", "c", "d"), "2");

        var failed = (DutyOutcome.Failed)await RunAsync(Configs.Pruning("b", "c"), "3");

        Assert.That(
            failed.Message,
            Does.Match(
                @"^0 made, 0 updated and 1 being taken down, and 1 could not be changed now; retry this stage\.\nmlops-config\.json:1:\d+: MLP040 /prune: The execution .+ runs, and taking the pipeline down would end it\."
            )
        );
    }

    [Test]
    public async Task What_is_wrong_is_told_by_line_and_nothing_is_changed()
    {
        var file = Encoding.UTF8.GetBytes("{\n  \"pipelines\": [\n    {\"pipeline_type\": \"byom\"}\n  ]\n}");

        var failed = (DutyOutcome.Failed)await RunAsync(file, "1");

        Assert.That(
            failed.Message,
            Does.StartWith("Nothing was changed.\nmlops-config.json:3:23: MLP010 /pipelines/0/pipeline_type: ")
        );
        Assert.That(_aws.Writes, Is.Empty);
    }

    [Test]
    public async Task More_findings_than_a_message_holds_are_counted_and_all_in_the_log()
    {
        var requests = Enumerable.Repeat("{\"pipeline_type\": \"byom\"}", 200);

        var failed = (DutyOutcome.Failed)
            await RunAsync(Encoding.UTF8.GetBytes($"{{\"pipelines\": [{string.Join(",\n", requests)}]}}"), "1");

        Assert.That(failed.Message, Has.Length.LessThanOrEqualTo(5000));
        Assert.That(failed.Message, Does.Match(@"\n… and \d+ more; the log of this function has all of them\.$"));
        Assert.That(_log, Has.Count.EqualTo(200));
    }

    [Test]
    public async Task A_commit_without_the_file_changes_nothing_and_says_so()
    {
        var failed = (DutyOutcome.Failed)await RunAsync(null, "1");

        Assert.That(
            failed.Message,
            Is.EqualTo(
                """Revision 1 has no file mlops-config.json. Nothing was changed; commit the file, or set mlops:configPath. {"pipelines": []} is a file that wants no pipelines."""
            )
        );
        Assert.That(_aws.Calls, Is.Empty);
    }

    [Test]
    public async Task A_file_that_is_too_large_is_refused_as_that()
    {
        var failed = (DutyOutcome.Failed)await RunAsync(new byte[ConfigFile.SizeLimit + 1], "1");

        Assert.That(
            failed.Message,
            Is.EqualTo(
                "Nothing was changed.\nmlops-config.json:1:1: MLP004 request: The file has more than 1 MiB. Put large content into the assets bucket, and its place into the request."
            )
        );
    }

    [Test]
    public async Task When_time_runs_short_the_next_delivery_goes_on_and_counts_all()
    {
        using var time = new CancellationTokenSource();
        var file = Configs.File("a", "b", "c");
        _aws.Called = call =>
        {
            if (call == "Create")
            {
                time.Cancel();
            }
        };

        var first = (DutyOutcome.Waiting)await RunAsync(file, "1", cancellation: time.Token);
        _aws.Called = null;
        var second = (DutyOutcome.Done)await RunAsync(file, "1", first.Memory);

        Assert.That(first.Summary, Is.EqualTo("1 made and 0 updated so far; it goes on."));
        Assert.That(second.Summary, Does.StartWith("3 made, 0 updated, 0 unchanged, "));
        Assert.That(_aws.Count, Is.EqualTo(3));
    }

    [TestCase("job-1", "2", typeof(DutyOutcome.TakenOver), Description = "the other delivery gives the job its answer")]
    [TestCase("job-2", "2", typeof(DutyOutcome.Failed))]
    [TestCase("job-2", "1", typeof(DutyOutcome.Waiting), Description = "a delivery before this one, once more")]
    public async Task The_older_of_two_runs_stops_and_says_why(string job, string revision, Type outcome)
    {
        _aws.Called = call =>
        {
            if (call == "Create")
            {
                _aws.Claims[Source] = new ConfigClaim("another", job, revision);
            }
        };

        var ended = await RunAsync(Configs.File("a", "b"), "1");

        Assert.That(ended, Is.InstanceOf(outcome));
        Assert.That(
            OutcomeText.Of(ended),
            Does.Contain(
                job == "job-1" ? "has taken over, after 1 made"
                : revision == "1" ? "1 made and 0 updated so far; it goes on."
                : "Revision 2 is being applied since; 1 stopped"
            )
        );
        Assert.That(_aws.Count, Is.EqualTo(1));
    }

    [Test]
    public async Task A_failure_of_AWS_says_how_far_it_came_and_that_a_retry_goes_on()
    {
        _aws.FailAt = 8;

        var failed = (DutyOutcome.Failed)await RunAsync(Configs.File("a", "b"), "1");

        Assert.That(failed.Message, Does.Match("^After [01] made and 0 updated: .+ Retry this stage"));
    }

    private Task<DutyOutcome> RunAsync(
        byte[]? file,
        string revision,
        string? memory = null,
        CancellationToken cancellation = default
    )
    {
        var artifacts = new Mock<IConfigArtifacts>();
        artifacts
            .Setup(all => all.ReadAsync(It.IsAny<JobData>(), ConfigFile.DefaultPath, It.IsAny<CancellationToken>()))
            .ReturnsAsync(file is null ? (ReadOnlyMemory<byte>?)null : file);
        var commits = new Mock<ICommits>();
        commits
            .Setup(all => all.FindAsync("execution-1", It.IsAny<CancellationToken>()))
            .Returns(() => Task.FromResult(_commit()));
        var apply = new Apply(
            artifacts.Object,
            commits.Object,
            Configs.Service(_aws, _clock),
            new StructuredLog(_log.Add, _clock),
            () => $"run {++_runs}"
        );
        var parameters = new DutyParameters(Duty.Apply, "", "", ConfigFile.DefaultPath)
        {
            Source = Source,
            Revision = revision,
            Execution = "execution-1",
        };
        var progress = DutyProgress.Read(null, _clock) with { Memory = memory };
        return _clock.PassAsync(
            apply.RunAsync(new DutyRequest("job-1", parameters, new JobData(), progress), cancellation)
        );
    }
}
