using Microsoft.Extensions.Time.Testing;
using Mlops.DeploymentFlow.Duties;
using Mlops.DeploymentFlow.Jobs;
using Mlops.Provisioning.CodePipelines;
using Moq;

namespace Mlops.DeploymentFlow.Tests.Duties;

[TestFixture]
public sealed class VerifyTests
{
    /// <summary>A retry would find the stack as it was asked for, and do nothing.</summary>
    private const string WhatToDo =
        "The stack has what was asked for already, so a retry changes nothing: mend the cause, and send a request that makes "
        + "another endpoint configuration, for example with the artifact under another key. Do it soon, for CloudFormation has "
        + "removed the configuration that runs.";

    private const string Stack = "mlops-pipeline-churn-byompipelinerealtimebuiltin";

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero));
    private Mock<ITargetStacks> _stacks = null!;
    private Mock<IEndpoints> _endpoints = null!;

    [SetUp]
    public void A_stack_with_one_endpoint_that_runs_what_was_asked_for()
    {
        _stacks = new Mock<ITargetStacks>();
        _endpoints = new Mock<IEndpoints>();
        StackIs("UPDATE_COMPLETE");
        _stacks
            .Setup(s => s.ResourcesAsync(Stack, It.IsAny<CancellationToken>()))
            .ReturnsAsync([
                new("Model", "AWS::SageMaker::Model", "arn:aws:sagemaker:us-east-1:123456789012:model/model-2"),
                new(
                    "Config",
                    "AWS::SageMaker::EndpointConfig",
                    "arn:aws:sagemaker:us-east-1:123456789012:endpoint-config/config-2"
                ),
                new("Endpoint", "AWS::SageMaker::Endpoint", "arn:aws:sagemaker:us-east-1:123456789012:endpoint/churn"),
            ]);
        ModelIs("model-2");
        EndpointIs(new("churn", "InService", null, "config-2", [new("AllTraffic", 1, 1)]));
    }

    [Test]
    public async Task An_endpoint_in_service_with_what_was_asked_for_is_verified_and_named()
    {
        var outcome = await RunAsync();

        Assert.That(OutcomeText.Of(outcome), Is.EqualTo("In service as asked for: churn."));
        Assert.That(
            ((DutyOutcome.Done)outcome).Outputs,
            Is.EqualTo(new Dictionary<string, string> { ["Endpoint"] = "churn" })
        );
    }

    [TestCase(
        "AWS::StepFunctions::StateMachine",
        "is deployed; its job has an action of its own, and there is no endpoint to ask."
    )]
    [TestCase("AWS::SageMaker::MonitoringSchedule", "is deployed; it has no endpoint to ask.")]
    public async Task A_stack_without_an_endpoint_is_verified_by_its_state(string type, string expected)
    {
        _stacks
            .Setup(s => s.ResourcesAsync(Stack, It.IsAny<CancellationToken>()))
            .ReturnsAsync([new("Made", type, "arn:aws:any:us-east-1:123456789012:thing/made")]);

        Assert.That(OutcomeText.Of(await RunAsync()), Is.EqualTo($"{Stack} {expected}"));
    }

    [Test]
    public async Task A_silent_rollback_is_a_failure_although_the_endpoint_is_in_service()
    {
        EndpointIs(
            new(
                "churn",
                "InService",
                "the new containers did not pass the ping health check",
                "config-1",
                [new("AllTraffic", 1, 1)]
            )
        );

        var outcome = await RunAsync();

        Assert.That(outcome, Is.InstanceOf<DutyOutcome.Failed>());
        Assert.That(
            OutcomeText.Of(outcome),
            Is.EqualTo(
                "The endpoint churn runs the configuration config-1, but config-2 was asked for: SageMaker rolled the update "
                    + "back (the new containers did not pass the ping health check). "
                    + WhatToDo
            )
        );
    }

    [Test]
    public async Task Upper_and_lower_case_make_no_difference_for_SageMaker_writes_ARNs_in_lower_case()
    {
        ModelIs("Model-2");
        EndpointIs(new("Churn", "InService", null, "Config-2", [new("AllTraffic", 1, 1)]));

        Assert.That(OutcomeText.Of(await RunAsync()), Is.EqualTo("In service as asked for: Churn."));
    }

    [Test]
    public async Task Another_model_than_the_stack_made_is_a_failure()
    {
        ModelIs("model-1");

        Assert.That(
            OutcomeText.Of(await RunAsync()),
            Is.EqualTo("The variant AllTraffic of churn runs the model model-1, but model-2 was asked for.")
        );
    }

    [Test]
    public async Task Fewer_instances_than_desired_is_a_failure()
    {
        EndpointIs(new("churn", "InService", null, "config-2", [new("AllTraffic", 1, 2)]));

        Assert.That(
            OutcomeText.Of(await RunAsync()),
            Is.EqualTo("The variant AllTraffic of churn runs 1 of 2 instances although the endpoint is InService.")
        );
    }

    [TestCase("Creating")]
    [TestCase("Updating")]
    [TestCase("SystemUpdating")]
    [TestCase("RollingBack")]
    public async Task An_endpoint_on_its_way_is_waited_for(string status)
    {
        EndpointIs(new("churn", status, null, "config-1", []));

        var outcome = await RunAsync();

        Assert.That(outcome, Is.InstanceOf<DutyOutcome.Waiting>());
        Assert.That(OutcomeText.Of(outcome), Is.EqualTo($"endpoint churn is {status}"));
    }

    [Test]
    public async Task Waiting_ends_after_ten_hours()
    {
        EndpointIs(new("churn", "Updating", null, "config-1", []));
        var started = DutyProgress.Read(null, _clock);
        _clock.Advance(TimeSpan.FromHours(10));

        Assert.That(OutcomeText.Of(await RunAsync(started)), Is.EqualTo("After 10 hours endpoint churn is Updating."));
    }

    [TestCase("Failed")]
    [TestCase("OutOfService")]
    [TestCase("UpdateRollbackFailed")]
    public async Task A_broken_endpoint_fails_with_its_own_reason(string status)
    {
        EndpointIs(new("churn", status, "no capacity", "config-2", []));

        Assert.That(OutcomeText.Of(await RunAsync()), Is.EqualTo($"The endpoint churn is {status}: no capacity."));
    }

    [Test]
    public async Task An_endpoint_that_is_not_there_is_a_failure()
    {
        EndpointIs(null);

        Assert.That(
            OutcomeText.Of(await RunAsync()),
            Is.EqualTo("The endpoint churn that the stack made is not there.")
        );
    }

    [Test]
    public async Task A_stack_that_rolled_back_is_a_failure_with_its_reason()
    {
        StackIs("UPDATE_ROLLBACK_COMPLETE");
        _stacks
            .Setup(s => s.FirstFailureAsync(Stack, It.IsAny<CancellationToken>()))
            .ReturnsAsync("Endpoint (AWS::SageMaker::Endpoint): no capacity.");

        Assert.That(
            OutcomeText.Of(await RunAsync()),
            Is.EqualTo(
                $"{Stack} is UPDATE_ROLLBACK_COMPLETE: what was asked for was not deployed. "
                    + "Endpoint (AWS::SageMaker::Endpoint): no capacity."
            )
        );
    }

    [Test]
    public async Task Another_count_of_instances_than_asked_for_is_a_failure_where_nothing_scales()
    {
        Wanted(new([new("AllTraffic", "model-2", Instances: 3)]));

        Assert.That(
            OutcomeText.Of(await RunAsync()),
            Is.EqualTo(
                "The variant AllTraffic of churn runs 1 instead of 3 instances. Somebody changed the count, or a "
                    + "scalable target that is not of this stack did."
            )
        );
    }

    [TestCase(2)]
    [TestCase(6)]
    public async Task With_scaling_any_count_of_its_range_is_right(int count)
    {
        Scales(2, 6);
        Wanted(new([new("AllTraffic", "model-2", Instances: 3)]));
        EndpointIs(new("churn", "InService", null, "config-2", [new("AllTraffic", count, count)]));

        Assert.That(await RunAsync(), Is.InstanceOf<DutyOutcome.Done>());
    }

    [Test]
    public async Task Scaling_is_given_two_hours_to_bring_the_count_into_its_range()
    {
        Scales(2, 6);
        var started = DutyProgress.Read(null, _clock);

        var first = await RunAsync(started);
        _clock.Advance(TimeSpan.FromHours(2));
        var last = await RunAsync(started);

        const string reason =
            "the variant AllTraffic of churn runs 1, and scaling has not brought it to 2 to 6 instances yet";
        Assert.That(first, Is.EqualTo(new DutyOutcome.Waiting(reason)));
        Assert.That(last, Is.EqualTo(new DutyOutcome.Failed($"After 2 hours {reason}.")));
    }

    [TestCase(true, 20, "s3://data/captured/", null)]
    [TestCase(false, null, null, "Data capture of churn is off, but on was asked for.")]
    [TestCase(true, 100, "s3://data/captured", "churn captures 100 % of its calls, but 20 % was asked for.")]
    [TestCase(true, 20, "s3://other", "churn captures to s3://other, but s3://data/captured was asked for.")]
    [TestCase(true, null, null, null, Description = "what SageMaker does not tell is no difference")]
    public async Task Data_capture_is_as_asked_for(bool on, int? percentage, string? place, string? problem)
    {
        Wanted(new([new("AllTraffic", "model-2")], new DataCapture(true, 20, "s3://data/captured")));
        EndpointIs(
            new RunningEndpoint("churn", "InService", null, "config-2", [new("AllTraffic", 1, 1)]) with
            {
                Capture = new DataCapture(on, percentage, place),
            }
        );

        Assert.That(OutcomeText.Of(await RunAsync()), Is.EqualTo(problem ?? "In service as asked for: churn."));
    }

    [Test]
    public async Task Data_capture_that_nobody_asked_for_is_a_failure()
    {
        EndpointIs(
            new RunningEndpoint("churn", "InService", null, "config-2", [new("AllTraffic", 1, 1)]) with
            {
                Capture = new DataCapture(true, 100, "s3://data"),
            }
        );

        Assert.That(
            OutcomeText.Of(await RunAsync()),
            Is.EqualTo("Data capture of churn is on, but off was asked for.")
        );
    }

    [Test]
    public async Task A_rollback_by_an_alarm_names_the_alarms_and_how_to_see_which_it_was()
    {
        EndpointIs(
            new RunningEndpoint("churn", "InService", null, "config-1", [new("AllTraffic", 1, 1)]) with
            {
                RollbackAlarms = ["errors", "latency"],
            }
        );

        Assert.That(
            OutcomeText.Of(await RunAsync()),
            Is.EqualTo(
                "The endpoint churn runs the configuration config-1, but config-2 was asked for: SageMaker rolled the update "
                    + "back. Alarms that guarded it: errors, latency. See which one it was: aws cloudwatch "
                    + "describe-alarm-history --history-item-type StateUpdate --alarm-name 'errors'. "
                    + WhatToDo
            )
        );
    }

    private void Wanted(WantedEndpoint wanted) =>
        _endpoints.Setup(e => e.WantedAsync(It.IsAny<string>(), It.IsAny<CancellationToken>())).ReturnsAsync(wanted);

    private void Scales(int least, int most) =>
        _stacks
            .Setup(s => s.FindAsync(Stack, It.IsAny<CancellationToken>()))
            .ReturnsAsync(
                new StackState("UPDATE_COMPLETE", null)
                {
                    Outputs = new Dictionary<string, string>
                    {
                        ["ScalingMinInstances"] = $"{least}",
                        ["ScalingMaxInstances"] = $"{most}",
                    },
                }
            );

    private void StackIs(string status) =>
        _stacks
            .Setup(s => s.FindAsync(Stack, It.IsAny<CancellationToken>()))
            .ReturnsAsync(new StackState(status, null));

    private void EndpointIs(RunningEndpoint? endpoint) =>
        _endpoints.Setup(e => e.FindAsync("churn", It.IsAny<CancellationToken>())).ReturnsAsync(endpoint);

    private void ModelIs(string model) =>
        _endpoints
            .Setup(e => e.WantedAsync(It.IsAny<string>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new WantedEndpoint([new WantedVariant("AllTraffic", model)]));

    private Task<DutyOutcome> RunAsync(DutyProgress? progress = null) =>
        new Verify(new OneTarget("pipeline", _stacks.Object, _endpoints.Object), _clock).RunAsync(
            new DutyRequest(
                "job-1",
                new DutyParameters(Duty.Verify, "pipeline", Stack, "pipeline.json"),
                new JobData(),
                progress ?? DutyProgress.Read(null, _clock)
            ),
            CancellationToken.None
        );
}
