using System.Text;
using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.Requests;
using Mlops.Provisioning.Tests.Fakes;

namespace Mlops.Provisioning.Tests.CodePipelines;

public sealed class PipelineApprovalsTests
{
    private const string Approve = """{"target": "staging", "decision": "approve", "comment": "load test ok"}""";
    private FakeAws aws = new();
    private Promotion promotion = null!;

    [SetUp]
    public void StartWithNothing()
    {
        aws = new FakeAws();
        promotion = new Promotion(aws);
    }

    [TestCase("approve", true, "exactly what was shown is deployed")]
    [TestCase("reject", false, "nothing is changed there")]
    [TestCase(" Approve ", true, "exactly what was shown is deployed", Description = "in any case")]
    public async Task An_answer_is_given_with_the_token_and_in_the_name_of_the_caller(
        string decision,
        bool approved,
        string told
    )
    {
        var execution = await promotion.WaitForStagingAsync();

        var done = await DoneAsync(Approve.Replace("approve", decision, StringComparison.Ordinal), Promotion.Bob);

        Assert.That(
            aws.Answers.Single(),
            Is.EqualTo(
                new ApprovalAnswer(
                    Promotion.Name,
                    new WaitingApproval("DeployStaging", "Approve", execution, Promotion.Token, Promotion.Since),
                    approved,
                    $"{Promotion.Bob}: load test ok"
                )
            )
        );
        Assert.That(
            done with
            {
                Message = "",
            },
            Is.EqualTo(
                new ApprovalDone(
                    "",
                    Promotion.Name,
                    "staging",
                    decision.Trim().ToLowerInvariant(),
                    execution,
                    Promotion.Bob
                )
            )
        );
        Assert.That(done.Message, Does.StartWith("success: ").And.EndsWith(told));
    }

    [TestCase("\"staging\"")]
    [TestCase("\" Staging \"", Description = "in any case")]
    [TestCase("\"deploystaging\"", Description = "the stage's name")]
    [TestCase("null", Description = "there is only one that waits")]
    [TestCase("\"\"")]
    public async Task The_target_is_known_by(string target)
    {
        await promotion.WaitForStagingAsync();

        var done = await DoneAsync(Approve.Replace("\"staging\"", target, StringComparison.Ordinal));

        Assert.That(done.Target, Is.EqualTo("staging"));
    }

    [TestCase("", FindingCodes.Empty, "")]
    [TestCase("[]", FindingCodes.NotAnObject, "")]
    [TestCase("""{"decision": "approve"}""", FindingCodes.MissingKey, "/comment")]
    [TestCase("""{"comment": "x"}""", FindingCodes.MissingKey, "/decision")]
    [TestCase("""{"decision": null, "comment": "x"}""", FindingCodes.NullValue, "/decision")]
    [TestCase("""{"decision": "approve", "comment": "  "}""", FindingCodes.EmptyValue, "/comment")]
    [TestCase("""{"decision": "aprove", "comment": "x"}""", FindingCodes.NotAllowed, "/decision")]
    [TestCase("""{"decision": true, "comment": "x"}""", FindingCodes.WrongType, "/decision")]
    [TestCase("""{"decision": "approve", "comment": {"a": 1}}""", FindingCodes.WrongType, "/comment")]
    [TestCase("""{"decision": "approve", "comment": "x", "target": ["a"]}""", FindingCodes.WrongType, "/target")]
    [TestCase("""{"decision": "approve", "comment": "x", "targets": "a"}""", FindingCodes.UnknownKey, "/targets")]
    [TestCase("""{"decision": "approve", "comment": "x", "comment": "y"}""", FindingCodes.DuplicateKey, "/comment")]
    public async Task An_answer_that_is_none_asks_AWS_nothing(string json, string code, string pointer)
    {
        var refusal = await RefusalAsync(json);

        Assert.That(refusal.Reason, Is.EqualTo(RefusalReason.Invalid));
        Assert.That(refusal.Findings.Select(finding => (finding.Code, finding.Pointer)), Is.EqualTo([(code, pointer)]));
        Assert.That(aws.Calls, Is.Empty);
    }

    [Test]
    public async Task Everything_that_is_wrong_is_told_at_once()
    {
        var refusal = await RefusalAsync("""{"descision": "approve", "decision": "yes", "target": 1}""");

        Assert.That(
            refusal.Findings.Select(finding => finding.Pointer),
            Is.EquivalentTo((string[])["/descision", "/decision", "/target", "/comment"])
        );
    }

    [TestCase("other-pipeline", Description = "a name that no request makes is not even asked for")]
    [TestCase("mlops-pipeline-other")]
    [TestCase("")]
    [TestCase("a b/../%00")]
    [TestCase($"arn:aws:codepipeline:eu-west-1:123456789012:{Promotion.Name}", Description = "elsewhere")]
    public async Task A_pipeline_that_is_not_there_is_not_found(string name)
    {
        await promotion.WaitForStagingAsync();

        var refusal = await RefusalAsync(Approve, pipeline: name);

        Assert.That(refusal.Reason, Is.EqualTo(RefusalReason.NotFound));
        Assert.That(refusal.Findings.Single().Code, Is.EqualTo(FindingCodes.PipelineNotFound));
        Assert.That(aws.Answers, Is.Empty);
    }

    [Test]
    public async Task A_target_that_is_not_there_is_not_found()
    {
        await promotion.WaitForStagingAsync();

        var refusal = await RefusalAsync(Approve.Replace("staging", "stagging", StringComparison.Ordinal));

        Assert.That(refusal.Reason, Is.EqualTo(RefusalReason.NotFound));
        Assert.That(
            refusal.Findings.Single().ToString(),
            Is.EqualTo(
                $"MLP048 /target: The pipeline {Promotion.Name} has no stage or target \"stagging\". Did you mean \"staging\"? There is Source, dev, staging, prod."
            )
        );
    }

    [Test]
    public async Task A_pipeline_of_another_deployment_is_left_alone()
    {
        await promotion.WaitForStagingAsync();
        promotion.Pipeline.Tags[DeploymentTags.Deployment] = "mlops-prod";

        var refusal = await RefusalAsync(Approve);

        Assert.That(refusal.Reason, Is.EqualTo(RefusalReason.Conflict));
        Assert.That(refusal.Findings.Single().Code, Is.EqualTo(FindingCodes.OtherDeployment));
        Assert.That(aws.Answers, Is.Empty);
    }

    [TestCase("prod", "prod of mlops-pipeline-my-model-byompipelinerealtimebuiltin waits for no approval yet.")]
    [TestCase("dev", "dev of mlops-pipeline-my-model-byompipelinerealtimebuiltin needs no approval.")]
    public async Task What_does_not_wait_is_a_conflict(string target, string told)
    {
        await promotion.WaitForStagingAsync();

        var refusal = await RefusalAsync(Approve.Replace("staging", target, StringComparison.Ordinal));

        Assert.That(refusal.Reason, Is.EqualTo(RefusalReason.Conflict));
        Assert.That(refusal.Findings.Single().Code, Is.EqualTo(FindingCodes.NothingWaits));
        Assert.That(refusal.Findings.Single().Message, Is.EqualTo(told));
    }

    [TestCase("Succeeded", "was approved already")]
    [TestCase("Failed", "was rejected or timed out already")]
    public async Task What_was_answered_already_says_by_whom_and_why(string status, string told)
    {
        var execution = await promotion.WaitForStagingAsync();
        promotion.Show(
            Promotion.Answered(
                "DeployStaging",
                execution,
                status,
                Promotion.Orchestrator,
                $"{Promotion.Bob}: load test ok"
            )
        );

        var refusal = await RefusalAsync(Approve);

        Assert.That(refusal.Reason, Is.EqualTo(RefusalReason.Conflict));
        Assert.That(
            refusal.Findings.Single().Message,
            Is.EqualTo($"staging of {Promotion.Name} {told}, by {Promotion.Bob} (load test ok).")
        );
    }

    [Test]
    public async Task The_answer_to_an_earlier_execution_is_not_told_as_that_to_this_one()
    {
        var execution = await promotion.WaitForStagingAsync();
        var answered = Promotion.Answered("DeployStaging", execution, "Succeeded", Promotion.Bob, "ok");
        var approve = answered.ActionStates[0];
        var prepare = new ActionState
        {
            ActionName = "Prepare",
            LatestExecution = new ActionExecution { Status = "Succeeded", LastStatusChange = Promotion.Since },
        };
        approve = approve with
        {
            LatestExecution = approve.LatestExecution! with { LastStatusChange = Promotion.Since.AddDays(-1) },
        };
        promotion.Show(answered with { ActionStates = [prepare, approve] });

        Assert.That(
            (await RefusalAsync(Approve)).Findings.Single().Message,
            Is.EqualTo($"staging of {Promotion.Name} waits for no approval yet.")
        );
    }

    [Test]
    public async Task An_answer_that_comes_too_late_is_a_conflict()
    {
        await promotion.WaitForStagingAsync();
        aws.IsTooLate = true;

        var refusal = await RefusalAsync(Approve);

        Assert.That(refusal.Reason, Is.EqualTo(RefusalReason.Conflict));
        Assert.That(
            refusal.Findings.Single().Message,
            Does.EndWith("was answered by somebody else just now, or timed out.")
        );
    }

    [Test]
    public async Task Without_a_target_nothing_that_waits_is_a_conflict_and_several_are_listed()
    {
        var execution = await promotion.WaitForStagingAsync();
        const string NoTarget = """{"decision": "approve", "comment": "x"}""";
        promotion.Show(Promotion.Done("Source", execution), Promotion.Idle("DeployDev"));
        var none = await RefusalAsync(NoTarget);
        promotion.Show(Promotion.Waiting("DeployStaging", "2"), Promotion.Waiting("DeployProd", "1"));
        var several = await RefusalAsync(NoTarget);

        Assert.That((none.Reason, several.Reason), Is.EqualTo((RefusalReason.Conflict, RefusalReason.Invalid)));
        Assert.That(
            several.Findings.Single().ToString(),
            Is.EqualTo(
                "MLP011 /target: There are 2 approvals that wait: staging, prod. Add \"target\": one of staging, prod."
            )
        );
    }

    [Test]
    public async Task Nobody_approves_their_own_request_where_that_is_prevented_but_may_reject_it()
    {
        await promotion.WaitForStagingAsync();

        var refusal = await RefusalAsync(Approve, Promotion.Ada, Prevented());
        var rejected = await DoneAsync(
            Approve.Replace("approve", "reject", StringComparison.Ordinal),
            Promotion.Ada,
            Prevented()
        );

        Assert.That(refusal.Reason, Is.EqualTo(RefusalReason.Conflict));
        Assert.That(
            refusal.Findings.Single().Message,
            Is.EqualTo($"{Promotion.Ada} has asked for what waits in {Promotion.Name}, and may not approve it.")
        );
        Assert.That(rejected.Decision, Is.EqualTo("reject"));
    }

    [Test]
    public async Task Somebody_else_approves_where_self_approval_is_prevented()
    {
        await promotion.WaitForStagingAsync();

        var done = await DoneAsync(Approve, Promotion.Bob, Prevented());

        Assert.That(done.By, Is.EqualTo(Promotion.Bob));
    }

    [TestCase(null, Promotion.Bob, "It is not known who asked for")]
    [TestCase(Promotion.Ada, null, "It is not known who approves.")]
    public async Task Who_is_not_known_is_not_somebody_else(string? author, string? caller, string told)
    {
        await promotion.WaitForStagingAsync();
        aws.Authors[promotion.Pipeline.Executions[0].PackageVersion!] = author;

        var refusal = await RefusalAsync(Approve, caller, Prevented());

        Assert.That(refusal.Findings.Single().Code, Is.EqualTo(FindingCodes.OwnRequest));
        Assert.That(refusal.Findings.Single().Message, Does.StartWith(told));
    }

    [Test]
    public async Task Own_requests_are_approved_where_nobody_prevents_it()
    {
        await promotion.WaitForStagingAsync();

        await DoneAsync(Approve, Promotion.Ada);

        Assert.That(aws.Calls, Has.None.EqualTo("Author"), "nobody asked");
    }

    [TestCase(471, 512, Description = "exactly what fits")]
    [TestCase(600, 512)]
    public async Task A_summary_is_cut_to_what_CodePipeline_takes(int length, int expected)
    {
        await promotion.WaitForStagingAsync();
        var prefix = $"{Promotion.Bob}: ".Length;
        var comment = new string('x', length == 471 ? 512 - prefix : length);

        await DoneAsync(Approve.Replace("load test ok", comment, StringComparison.Ordinal), Promotion.Bob);

        Assert.That(aws.Answers.Single().Summary, Has.Length.EqualTo(expected));
    }

    [Test]
    public async Task A_summary_has_no_half_characters_and_no_control_characters()
    {
        await promotion.WaitForStagingAsync();
        var comment = "a\\u0000b\\n" + string.Concat(Enumerable.Repeat("😀", 300));

        await DoneAsync(Approve.Replace("load test ok", comment, StringComparison.Ordinal), Promotion.Bob);

        var summary = aws.Answers.Single().Summary;
        Assert.That(summary, Does.StartWith($"{Promotion.Bob}: a b 😀"));
        Assert.That(summary.Length, Is.InRange(511, 512));
        Assert.That(() => new UTF8Encoding(false, throwOnInvalidBytes: true).GetBytes(summary), Throws.Nothing);
    }

    private static ProvisioningSettings Prevented() => Deployments.Multi() with { PreventSelfApproval = true };

    private async Task<ApprovalDone> DoneAsync(
        string json,
        string? caller = Promotion.Bob,
        ProvisioningSettings? settings = null
    ) => ((Answered<ApprovalDone>)await AnswerAsync(json, caller, settings, Promotion.Name)).Answer;

    private async Task<Refusal> RefusalAsync(
        string json,
        string? caller = Promotion.Bob,
        ProvisioningSettings? settings = null,
        string pipeline = Promotion.Name
    ) => ((Declined<ApprovalDone>)await AnswerAsync(json, caller, settings, pipeline)).Refusal;

    private Task<PipelineOutcome<ApprovalDone>> AnswerAsync(
        string json,
        string? caller,
        ProvisioningSettings? settings,
        string pipeline
    ) =>
        new PipelineApprovals(settings ?? Deployments.Multi(), aws, aws).AnswerAsync(
            pipeline,
            null,
            Encoding.UTF8.GetBytes(json),
            caller,
            CancellationToken.None
        );
}
