using Microsoft.Extensions.Time.Testing;
using Mlops.DeploymentFlow.Duties;
using Mlops.DeploymentFlow.Jobs;
using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.Evidence;
using Moq;

namespace Mlops.DeploymentFlow.Tests.Duties;

public sealed class SummarizeTests
{
    private const string Stack = "mlops-pipeline-churn-byompipelinerealtimebuiltin";
    private static readonly Uri Link = new("https://example.com/changes");

    private readonly Mock<ITargetStacks> _stacks = new();
    private readonly Mock<IEvidence> _evidence = new();
    private readonly Mock<INotices> _notices = new();
    private TargetChanges? _kept;

    [SetUp]
    public void A_stack_that_exists_and_a_change_set_for_it()
    {
        _evidence
            .Setup(evidence => evidence.KeepAsync(It.IsAny<TargetChanges>(), It.IsAny<CancellationToken>()))
            .Callback((TargetChanges changes, CancellationToken _) => _kept = changes)
            .ReturnsAsync(Link);
        StackIs("UPDATE_COMPLETE", ("InferenceInstance", "ml.m5.large"), ("ModelName", "churn"));
        ChangeSetIs(
            "CREATE_COMPLETE",
            null,
            [
                new(ChangeKind.Add, "Alarm", "AWS::CloudWatch::Alarm", null, []),
                new(ChangeKind.Change, "Endpoint", "AWS::SageMaker::Endpoint", "churn", ["EndpointConfigName"]),
                new(ChangeKind.Replace, "Model", "AWS::SageMaker::Model", "model-1", ["PrimaryContainer"]),
            ],
            ("InferenceInstance", "ml.m5.xlarge"),
            ("ModelName", "churn")
        );
    }

    [Test]
    public async Task The_evidence_has_what_is_dangerous_first_and_parameters_as_they_were_and_will_be()
    {
        var done = (DutyOutcome.Done)await RunAsync();

        Assert.That(done.Summary, Is.EqualTo("staging (222222222222): 1 replaced, 1 changed, 1 added."));
        Assert.That(
            done.Outputs["Summary"].ReplaceLineEndings("\n"),
            Is.EqualTo(
                """
                staging (222222222222): 1 replaced, 1 changed, 1 added.
                REPLACE Model (AWS::SageMaker::Model): PrimaryContainer
                change Endpoint (AWS::SageMaker::Endpoint): EndpointConfigName
                add Alarm (AWS::CloudWatch::Alarm)
                InferenceInstance: ml.m5.large → ml.m5.xlarge
                """.ReplaceLineEndings("\n")
            )
        );
        Assert.That(done.Outputs["Link"], Is.EqualTo(Link.AbsoluteUri));
        Assert.That((_kept!.Pipeline, _kept.Execution, _kept.Target), Is.EqualTo((Stack, "execution-1", "staging")));
    }

    [Test]
    public async Task Who_may_approve_is_told_with_the_evidence_and_how_to_answer()
    {
        await RunAsync(approval: true);

        _notices.Verify(
            notices =>
                notices.TellAsync(
                    It.Is<string>(subject => subject.StartsWith("Approval needed: mlops-pipeline-churn")),
                    It.Is<string>(message =>
                        message.Contains("REPLACE Model")
                        && message.Contains($"mlops approve {Stack} staging")
                        && message.Contains(Link.AbsoluteUri)
                    ),
                    It.IsAny<CancellationToken>()
                ),
            Times.Once
        );
    }

    [Test]
    public async Task Where_nobody_has_to_approve_nobody_is_told()
    {
        await RunAsync();

        _notices.VerifyNoOtherCalls();
    }

    [Test]
    public async Task An_empty_change_set_is_told_as_no_change()
    {
        ChangeSetIs("FAILED", "The submitted information didn't contain changes.", []);

        Assert.That(OutcomeText.Of(await RunAsync()), Is.EqualTo("Nothing changes in staging (222222222222)."));
    }

    [Test]
    public async Task A_new_stack_has_no_parameters_of_before()
    {
        StackIs("REVIEW_IN_PROGRESS");

        await RunAsync();

        Assert.That(_kept!.Stacks.Single().IsNew);
        Assert.That(_kept.Stacks.Single().Parameters.Select(change => change.Before), Is.All.Null);
    }

    [Test]
    public async Task A_change_set_that_cannot_be_executed_fails_the_stage_and_says_why()
    {
        ChangeSetIs("FAILED", "Role is invalid.", []);

        Assert.That(
            OutcomeText.Of(await RunAsync()),
            Is.EqualTo($"The change set of {Stack} is FAILED: Role is invalid. Retry this stage: it makes a new one.")
        );
    }

    [Test]
    public async Task Without_stacks_to_look_at_the_definition_is_to_be_mended()
    {
        var outcome = await new Summarize(
            new OneTarget("staging", _stacks.Object),
            _evidence.Object,
            _notices.Object
        ).RunAsync(Request(new DutyParameters(Duty.Summarize, "staging", Stack, "staging.json")), default);

        Assert.That(OutcomeText.Of(outcome), Does.Contain("Provision the pipeline again"));
    }

    private void StackIs(string status, params (string Name, string Value)[] parameters) =>
        _stacks
            .Setup(stacks => stacks.FindAsync(Stack, It.IsAny<CancellationToken>()))
            .ReturnsAsync(
                new StackState(status, null) { Parameters = parameters.ToDictionary(p => p.Name, p => p.Value) }
            );

    private void ChangeSetIs(
        string status,
        string? reason,
        IReadOnlyList<ResourceChange> resources,
        params (string Name, string Value)[] parameters
    ) =>
        _stacks
            .Setup(stacks => stacks.FindChangeSetAsync(Stack, "mlops", It.IsAny<CancellationToken>()))
            .ReturnsAsync(new ChangeSet(status, reason, resources, parameters.ToDictionary(p => p.Name, p => p.Value)));

    private Task<DutyOutcome> RunAsync(bool approval = false) =>
        new Summarize(
            new OneTarget("staging", _stacks.Object, approval: approval),
            _evidence.Object,
            _notices.Object
        ).RunAsync(
            Request(
                new DutyParameters(Duty.Summarize, "staging", Stack, "staging.json")
                {
                    Stacks = [Stack],
                    Execution = "execution-1",
                }
            ),
            CancellationToken.None
        );

    private static DutyRequest Request(DutyParameters parameters) =>
        new("job-1", parameters, new JobData(), DutyProgress.Read(null, new FakeTimeProvider()));
}
