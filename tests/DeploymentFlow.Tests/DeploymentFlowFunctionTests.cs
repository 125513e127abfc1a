using System.Text.Json.Nodes;
using Amazon.Lambda.Core;
using Microsoft.Extensions.Time.Testing;
using Mlops.DeploymentFlow.Duties;
using Mlops.DeploymentFlow.Jobs;
using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.Logging;
using Mlops.Provisioning.Telemetry;
using Mlops.Provisioning.Tests.Fakes;
using Moq;

namespace Mlops.DeploymentFlow.Tests;

[TestFixture]
public sealed class DeploymentFlowFunctionTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero));
    private readonly List<string> _log = [];
    private Mock<IJobAnswers> _answers = null!;
    private Mock<IDuty> _duty = null!;
    private Mock<ILambdaContext> _context = null!;

    [SetUp]
    public void One_duty()
    {
        _log.Clear();
        _answers = new Mock<IJobAnswers>(MockBehavior.Strict);
        _duty = new Mock<IDuty>();
        _duty.SetupGet(d => d.Duty).Returns(Duty.Verify);
        _context = new Mock<ILambdaContext>();
        _context.SetupGet(c => c.RemainingTime).Returns(TimeSpan.FromMinutes(1));
        _context.SetupGet(c => c.AwsRequestId).Returns("request-1");
        _context.SetupGet(c => c.FunctionName).Returns("mlops-dev-deployment-flow");
    }

    [Test]
    public async Task A_finished_duty_is_answered_with_its_summary_and_variables()
    {
        var outputs = new Dictionary<string, string> { ["Endpoint"] = "churn" };
        DutyGives(new DutyOutcome.Done("in service") { Outputs = outputs });
        _answers
            .Setup(a => a.SucceedAsync("job-1", "in service", outputs, It.IsAny<CancellationToken>()))
            .Returns(Task.CompletedTask);

        await HandleAsync();

        _answers.VerifyAll();
    }

    [Test]
    public async Task A_waiting_duty_is_continued_with_the_time_at_which_it_began()
    {
        DutyGives(new DutyOutcome.Waiting("updating"));
        var tokens = new List<string>();
        _answers
            .Setup(a => a.ContinueAsync("job-1", Capture.In(tokens), "updating", It.IsAny<CancellationToken>()))
            .Returns(Task.CompletedTask);

        await HandleAsync();
        _clock.Advance(TimeSpan.FromMinutes(7));
        await HandleAsync(continuationToken: tokens[0]);

        Assert.That(tokens, Has.Count.EqualTo(2));
        Assert.That(tokens[1], Is.EqualTo(tokens[0]), "each round remembers the first one's time");
    }

    [Test]
    public async Task A_duty_that_throws_fails_the_job_and_is_not_thrown_again()
    {
        _duty
            .Setup(d => d.RunAsync(It.IsAny<DutyRequest>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new InvalidOperationException("no such bucket."));
        _answers
            .Setup(a =>
                a.FailAsync(
                    "job-1",
                    "Verify of the-stack failed: no such bucket. (request request-1 in the log of mlops-dev-deployment-flow). "
                        + "Mend the cause and retry this stage.",
                    It.IsAny<CancellationToken>()
                )
            )
            .Returns(Task.CompletedTask);

        await HandleAsync();

        _answers.VerifyAll();
        Assert.That(_log, Has.Some.Contains("\"level\":\"error\""));
    }

    [Test]
    public async Task A_duty_that_runs_out_of_time_goes_on_in_the_next_invocation()
    {
        _context.SetupGet(c => c.RemainingTime).Returns(TimeSpan.FromSeconds(3));
        _duty
            .Setup(d => d.RunAsync(It.IsAny<DutyRequest>(), It.IsAny<CancellationToken>()))
            .Returns<DutyRequest, CancellationToken>(
                async (_, cancellation) =>
                {
                    await Task.Delay(Timeout.Infinite, cancellation);
                    return new DutyOutcome.Done("never");
                }
            );
        _answers
            .Setup(a =>
                a.ContinueAsync(
                    "job-1",
                    It.IsAny<string>(),
                    "Verify ran out of time and goes on.",
                    It.IsAny<CancellationToken>()
                )
            )
            .Returns(Task.CompletedTask);

        await HandleAsync();

        _answers.VerifyAll();
    }

    [TestCase("done", 0)]
    [TestCase("waiting", 0)]
    [TestCase("failed", 1)]
    public async Task Every_answer_counts_whether_its_duty_failed_and_how_long_it_took(string kind, int failed)
    {
        _duty
            .Setup(d => d.RunAsync(It.IsAny<DutyRequest>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(() =>
            {
                _clock.Advance(TimeSpan.FromMilliseconds(1500));
                return kind switch
                {
                    "done" => new DutyOutcome.Done("in service"),
                    "waiting" => new DutyOutcome.Waiting("updating"),
                    _ => new DutyOutcome.Failed("broken"),
                };
            });
        _answers = new Mock<IJobAnswers>();

        await HandleAsync();

        EmbeddedMetricRules.Hold(_log.Single());
        var line = JsonNode.Parse(_log.Single())!;
        Assert.That((double?)line["Failed"], Is.EqualTo(failed));
        Assert.That((double?)line["Duration"], Is.EqualTo(1500));
        Assert.That((string?)line["Deployment"], Is.EqualTo("mlops-dev"));
        Assert.That((string?)line["Function"], Is.EqualTo("DeploymentFlow"));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("Verify")]
    [TestCase("[]")]
    [TestCase("{\"duty\":7}")]
    public async Task User_parameters_that_nobody_understands_fail_the_job(string? userParameters)
    {
        _answers
            .Setup(a => a.FailAsync("job-1", It.IsRegex("UserParameters"), It.IsAny<CancellationToken>()))
            .Returns(Task.CompletedTask);

        await HandleAsync(userParameters);

        _answers.VerifyAll();
    }

    [Test]
    public async Task An_unknown_duty_fails_the_job_and_names_the_known_ones()
    {
        _answers
            .Setup(a =>
                a.FailAsync(
                    "job-1",
                    "The duty Prepare is not known here; known are Verify. Provision the pipeline again to have its definition mended; the config pipeline, by pulumi up.",
                    It.IsAny<CancellationToken>()
                )
            )
            .Returns(Task.CompletedTask);

        await HandleAsync(
            """{"duty":"Prepare","target":"pipeline","stack":"the-stack","parameterFile":"pipeline.json"}"""
        );

        _answers.VerifyAll();
    }

    [Test]
    public void An_event_without_a_job_is_an_error_of_the_caller()
    {
        Assert.That(
            () => Function().HandleAsync(new CodePipelineJobEvent(), _context.Object),
            Throws.ArgumentException.With.Message.Contains("CodePipeline.job")
        );
    }

    [Test]
    public async Task Credentials_of_a_job_never_reach_the_log()
    {
        DutyGives(new DutyOutcome.Failed("broken"));
        _answers.Setup(a => a.FailAsync("job-1", "broken", It.IsAny<CancellationToken>())).Returns(Task.CompletedTask);

        await HandleAsync();

        Assert.That(_log, Is.Not.Empty);
        Assert.That(_log, Has.None.Contains("the-secret"));
        Assert.That(new JobCredentials("id", "the-secret", "the-secret").ToString(), Does.Not.Contain("the-secret"));
    }

    private void DutyGives(DutyOutcome outcome) =>
        _duty.Setup(d => d.RunAsync(It.IsAny<DutyRequest>(), It.IsAny<CancellationToken>())).ReturnsAsync(outcome);

    private DeploymentFlowFunction Function() =>
        new(
            [_duty.Object],
            _answers.Object,
            new StructuredLog(_log.Add, _clock),
            new EmbeddedMetrics("mlops-dev", MetricNames.DeploymentFlowFunction),
            _clock
        );

    private Task HandleAsync(
        string? userParameters =
            """{"duty":"Verify","target":"pipeline","stack":"the-stack","parameterFile":"pipeline.json"}""",
        string? continuationToken = null
    ) =>
        Function()
            .HandleAsync(
                new CodePipelineJobEvent
                {
                    Job = new JobDetails
                    {
                        Id = "job-1",
                        Data = new JobData
                        {
                            ActionConfiguration = new() { Configuration = new() { UserParameters = userParameters } },
                            ArtifactCredentials = new("id", "the-secret", "the-secret"),
                            ContinuationToken = continuationToken,
                        },
                    },
                },
                _context.Object
            );
}
