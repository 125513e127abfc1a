using System.Text.Json;
using Amazon.Lambda.Core;
using Microsoft.Extensions.Time.Testing;
using Mlops.DeploymentFlow.Duties;
using Mlops.DeploymentFlow.Events;
using Mlops.DeploymentFlow.Jobs;
using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.Logging;
using Mlops.Provisioning.Telemetry;
using Mlops.Provisioning.Tests.Fakes;
using Moq;

namespace Mlops.DeploymentFlow.Tests;

/// <summary>The event of a pipeline that has succeeded, as EventBridge sends it.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class TeardownEventsTests
{
    private readonly FakeAws aws = new();
    private readonly List<string> mails = [];
    private readonly List<string> log = [];
    private readonly FakeTimeProvider clock = new();
    private bool refused;

    [SetUp]
    public async Task ProvisionAsync()
    {
        await new Promotion(aws).ProvisionAsync();
        aws.Finish();
    }

    [Test]
    public async Task A_pipeline_that_was_taken_down_is_removed_and_a_mail_says_what_stays()
    {
        await TakeDownAsync();

        await HandleAsync("SUCCEEDED");

        Assert.That(aws.Pipeline(Promotion.Name), Is.Null);
        Assert.That(mails.Single(), Does.Contain($"{Promotion.Name} is taken down").And.Contain("- s3://"));
    }

    [Test]
    public async Task A_delivery_that_succeeded_is_nothing_to_do()
    {
        await HandleAsync("SUCCEEDED");

        Assert.That(aws.Pipeline(Promotion.Name), Is.Not.Null);
        Assert.That(mails, Is.Empty);
    }

    /// <summary>The event comes once, and Lambda does not try again.</summary>
    [Test]
    public async Task A_failure_of_AWS_is_tried_again()
    {
        await TakeDownAsync();
        aws.FailAt = aws.Calls.Count;

        await HandleAsync("SUCCEEDED");

        Assert.That(aws.Pipeline(Promotion.Name), Is.Null);
    }

    [Test]
    public async Task A_failure_of_AWS_that_lasts_is_Lambdas_to_keep_and_the_pipeline_stays()
    {
        await TakeDownAsync();
        aws.Called = call => throw new ServiceFailureException(call, "ThrottlingException", 400, "Rate exceeded");

        Assert.That(() => HandleAsync("SUCCEEDED"), Throws.TypeOf<ServiceFailureException>());
        Assert.That(aws.Pipeline(Promotion.Name), Is.Not.Null);
    }

    [Test]
    public async Task Stages_that_are_a_moment_behind_the_event_are_looked_at_again()
    {
        await TakeDownAsync();
        var stages = aws.Pipeline(Promotion.Name)!.Stages(Promotion.Name);
        aws.Pipeline(Promotion.Name)!.State = stages with
        {
            StageStates =
            [
                .. stages.StageStates.SkipLast(1),
                stages.StageStates[^1] with
                {
                    LatestExecution = stages.StageStates[^1].LatestExecution! with { Status = "InProgress" },
                },
            ],
        };
        aws.Called = call =>
        {
            if (call == "State")
            {
                aws.Pipeline(Promotion.Name)!.State = null;
            }
        };

        await HandleAsync("SUCCEEDED");

        Assert.That(aws.Pipeline(Promotion.Name), Is.Null);
        Assert.That(mails, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_mail_that_cannot_be_sent_does_not_make_it_undone()
    {
        await TakeDownAsync();
        refused = true;

        await HandleAsync("SUCCEEDED");

        Assert.That(aws.Pipeline(Promotion.Name), Is.Null);
        Assert.That(log.Single(line => line.Contains("people were not told")), Does.Contain(Promotion.Name));
    }

    [Test]
    public void An_event_that_nobody_asked_for_is_told_as_such() =>
        Assert.That(() => HandleAsync("FAILED"), Throws.ArgumentException);

    private async Task TakeDownAsync()
    {
        await new PipelineTeardown(Deployments.Multi(), aws, aws).StartAsync(
            Promotion.Name,
            new TeardownOptions(),
            CancellationToken.None
        );
        aws.Finish();
    }

    private Task HandleAsync(string state)
    {
        var settings = Deployments.Multi().Deployment;
        var notices = new Mock<INotices>();
        notices
            .Setup(each => each.TellAsync(It.IsAny<string>(), It.IsAny<string>(), It.IsAny<CancellationToken>()))
            .Callback<string, string, CancellationToken>((_, message, _) => mails.Add(message))
            .Returns(() => refused ? throw new InvalidOperationException("refused") : Task.CompletedTask);
        var lines = new StructuredLog(log.Add, clock);
        var function = new DeploymentFlowFunction(
            [],
            Mock.Of<IJobAnswers>(),
            lines,
            new EmbeddedMetrics("mlops-dev", MetricNames.DeploymentFlowFunction),
            clock,
            configs: null,
            new TeardownEvents(new TeardownEnd(settings, aws, aws), notices.Object, lines, settings, clock)
        );
        var invocation = JsonSerializer.Deserialize(
            $$$"""
            {"version": "0", "id": "1", "detail-type": "CodePipeline Pipeline Execution State Change", "source": "aws.codepipeline",
             "account": "123456789012", "time": "2026-11-24T01:00:00Z", "region": "us-east-1",
             "resources": ["arn:aws:codepipeline:us-east-1:123456789012:{{{Promotion.Name}}}"],
             "detail": {"pipeline": "{{{Promotion.Name}}}", "execution-id": "e", "state": "{{{state}}}", "version": 2.0}}
            """,
            DeploymentFlowJson.Default.CodePipelineJobEvent
        )!;
        return PassAsync(
            function.HandleAsync(
                invocation,
                Mock.Of<ILambdaContext>(context => context.RemainingTime == TimeSpan.FromMinutes(5))
            )
        );
    }

    /// <summary>Lets the pauses between two looks pass.</summary>
    private async Task PassAsync(Task handling)
    {
        while (!handling.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await handling;
    }
}
