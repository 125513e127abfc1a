using Microsoft.Extensions.Time.Testing;
using Mlops.DeploymentFlow.Duties;
using Mlops.DeploymentFlow.Jobs;
using Mlops.Provisioning.CodePipelines;
using Moq;

namespace Mlops.DeploymentFlow.Tests.Duties;

[TestFixture]
public sealed class PrepareTests
{
    private const string Stack = "mlops-pipeline-churn-byompipelinerealtimebuiltin";
    private const string Package = "arn:aws:sagemaker:us-east-1:123456789012:model-package/churn/3";

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero));
    private Mock<ITargetStacks> _stacks = null!;
    private Mock<IModelPackages> _models = null!;
    private Dictionary<string, string> _parameters = null!;

    [SetUp]
    public void A_target_without_stacks()
    {
        _stacks = new Mock<ITargetStacks>(MockBehavior.Strict);
        _models = new Mock<IModelPackages>(MockBehavior.Strict);
        _parameters = new() { ["ModelName"] = "churn", ["ModelPackageName"] = "" };
        StackIs(null);
    }

    [TestCase(null)]
    [TestCase("DELETE_COMPLETE")]
    [TestCase("REVIEW_IN_PROGRESS", Description = "a change set was made and never executed")]
    public async Task A_stack_that_does_not_exist_yet_can_be_made(string? status)
    {
        StackIs(status);

        var outcome = await RunAsync();

        Assert.That(outcome, Is.InstanceOf<DutyOutcome.Done>());
        Assert.That(OutcomeText.Of(outcome), Is.EqualTo($"{Stack} is new."));
    }

    [TestCase("CREATE_COMPLETE")]
    [TestCase("UPDATE_COMPLETE")]
    [TestCase("UPDATE_ROLLBACK_COMPLETE")]
    public async Task A_healthy_stack_is_left_alone(string status)
    {
        StackIs(status);

        Assert.That(await RunAsync(), Is.InstanceOf<DutyOutcome.Done>());
    }

    [Test]
    public async Task A_stack_that_never_worked_is_removed_once_and_then_waited_for()
    {
        StackIs("ROLLBACK_COMPLETE");
        _stacks.Setup(s => s.DeleteAsync(Stack, "job-1", It.IsAny<CancellationToken>())).Returns(Task.CompletedTask);

        var first = await RunAsync();
        StackIs("DELETE_IN_PROGRESS");
        var second = await RunAsync();
        StackIs(null);
        var third = await RunAsync();

        Assert.That(first, Is.InstanceOf<DutyOutcome.Waiting>());
        Assert.That(second, Is.InstanceOf<DutyOutcome.Waiting>());
        Assert.That(third, Is.InstanceOf<DutyOutcome.Done>());
        _stacks.Verify(s => s.DeleteAsync(Stack, "job-1", It.IsAny<CancellationToken>()), Times.Once);
    }

    [Test]
    public async Task A_busy_stack_is_waited_for_but_not_for_ever()
    {
        StackIs("UPDATE_IN_PROGRESS");
        var started = DutyProgress.Read(null, _clock);

        var first = await RunAsync(progress: started);
        _clock.Advance(TimeSpan.FromHours(10));
        var last = await RunAsync(progress: DutyProgress.Read(started.ToToken(), _clock));

        Assert.That(OutcomeText.Of(first), Is.EqualTo($"{Stack} is busy (UPDATE_IN_PROGRESS)."));
        Assert.That(last, Is.InstanceOf<DutyOutcome.Failed>());
        Assert.That(
            OutcomeText.Of(last),
            Is.EqualTo(
                $"{Stack} has been UPDATE_IN_PROGRESS for 10 hours. See what it waits for in the CloudFormation console, "
                    + "then retry this stage."
            )
        );
    }

    [TestCase("UPDATE_ROLLBACK_FAILED", "aws cloudformation continue-update-rollback --stack-name ")]
    [TestCase("DELETE_FAILED", "aws cloudformation delete-stack --stack-name ")]
    [TestCase("ROLLBACK_FAILED", "aws cloudformation delete-stack --stack-name ")]
    public async Task A_stuck_stack_fails_with_the_first_reason_and_the_way_out(string status, string command)
    {
        StackIs(status);
        _stacks
            .Setup(s => s.FirstFailureAsync(Stack, It.IsAny<CancellationToken>()))
            .ReturnsAsync("Endpoint (AWS::SageMaker::Endpoint): no capacity.");

        var outcome = await RunAsync();

        Assert.That(outcome, Is.InstanceOf<DutyOutcome.Failed>());
        Assert.That(
            OutcomeText.Of(outcome),
            Is.EqualTo(
                $"{Stack} is stuck in {status}: Endpoint (AWS::SageMaker::Endpoint): no capacity. "
                    + $"When the cause is mended: {command}{Stack}, then retry this stage."
            )
        );
    }

    [TestCase("PendingManualApproval")]
    [TestCase("Rejected")]
    public async Task A_model_that_nobody_approved_is_refused_before_anything_is_touched(string approval)
    {
        _parameters["ModelPackageName"] = Package;
        _models.Setup(m => m.ApprovalAsync(Package, It.IsAny<CancellationToken>())).ReturnsAsync(approval);

        var outcome = await RunAsync();

        Assert.That(
            OutcomeText.Of(outcome),
            Is.EqualTo(
                $"The model package {Package} is {approval}; only an Approved one is deployed. Approve it with "
                    + $"aws sagemaker update-model-package --model-package-arn {Package} --model-approval-status Approved"
                    + " and retry this stage."
            )
        );
        _stacks.Verify(s => s.FindAsync(It.IsAny<string>(), It.IsAny<CancellationToken>()), Times.Never);
    }

    [Test]
    public async Task An_approved_model_is_let_through()
    {
        _parameters["ModelPackageName"] = Package;
        _models.Setup(m => m.ApprovalAsync(Package, It.IsAny<CancellationToken>())).ReturnsAsync("Approved");

        Assert.That(await RunAsync(), Is.InstanceOf<DutyOutcome.Done>());
    }

    [TestCase("arn:aws:sagemaker:us-east-1:123456789012:model-package/churn/3", true)]
    [TestCase("arn:aws-us-gov:sagemaker:us-gov-west-1:123456789012:model-package/churn/3", true)]
    [TestCase("arn:aws:sagemaker:us-east-1:123456789012:model-package/single", true)]
    [TestCase("arn:aws:sagemaker:us-east-1:123456789012:model-package-group/churn", false)]
    [TestCase("bucket/model-package/1", false)]
    [TestCase("", false)]
    public void A_model_package_is_known_by_its_arn(string value, bool expected)
    {
        Assert.That(ModelPackageArn.IsVersion(value), Is.EqualTo(expected));
    }

    [Test]
    public async Task Another_instance_type_for_an_endpoint_that_scales_is_refused_with_the_way_there()
    {
        Runs(
            "ml.m5.large",
            new StackResource("Scaling", "AWS::ApplicationAutoScaling::ScalableTarget", "endpoint/churn")
        );
        _parameters["InferenceInstance"] = "ml.c5.large";

        Assert.That(
            OutcomeText.Of(await RunAsync()),
            Is.EqualTo(
                $"{Stack} scales its endpoint, and SageMaker refuses another instance type as long as it does "
                    + "(InferenceInstance: ml.m5.large to ml.c5.large). First send the request with ml.m5.large, without "
                    + "scaling, and with an instance_count that bears the load; when that is deployed, send it as it is now."
            )
        );
    }

    [TestCase("ml.m5.large", "endpoint/churn", Description = "the same type")]
    [TestCase("ml.c5.large", null, Description = "another type, and nothing scales yet")]
    public async Task Any_other_change_is_let_through(string type, string? target)
    {
        Runs("ml.m5.large", new StackResource("Scaling", "AWS::ApplicationAutoScaling::ScalableTarget", target));
        _parameters["InferenceInstance"] = type;
        _parameters["ModelName"] = "ml.not.a.type.at.all";

        Assert.That(await RunAsync(), Is.InstanceOf<DutyOutcome.Done>());
    }

    private void Runs(string type, StackResource resource)
    {
        _stacks
            .Setup(s => s.FindAsync(Stack, It.IsAny<CancellationToken>()))
            .ReturnsAsync(
                new StackState("UPDATE_COMPLETE", null)
                {
                    Parameters = new Dictionary<string, string>
                    {
                        ["InferenceInstance"] = type,
                        ["ModelName"] = "churn",
                    },
                }
            );
        _stacks.Setup(s => s.ResourcesAsync(Stack, It.IsAny<CancellationToken>())).ReturnsAsync([resource]);
    }

    private void StackIs(string? status) =>
        _stacks
            .Setup(s => s.FindAsync(Stack, It.IsAny<CancellationToken>()))
            .ReturnsAsync(status is null ? null : new StackState(status, null));

    private Task<DutyOutcome> RunAsync(DutyProgress? progress = null)
    {
        var package = new Mock<IPackageParameters>();
        package
            .Setup(p => p.ReadAsync(It.IsAny<JobData>(), "pipeline.json", It.IsAny<CancellationToken>()))
            .ReturnsAsync(_parameters);
        return new Prepare(new OneTarget("pipeline", _stacks.Object), package.Object, _models.Object, _clock).RunAsync(
            new DutyRequest(
                "job-1",
                new DutyParameters(Duty.Prepare, "pipeline", Stack, "pipeline.json"),
                new JobData(),
                progress ?? DutyProgress.Read(null, _clock)
            ),
            CancellationToken.None
        );
    }
}
