using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.Requests;
using Mlops.Provisioning.Tests.Fakes;

namespace Mlops.Provisioning.Tests.CodePipelines;

public sealed class StageRetryTests
{
    private FakeAws aws = new();
    private Promotion promotion = null!;

    [SetUp]
    public async Task ProvisionAsync()
    {
        aws = new FakeAws();
        promotion = new Promotion(aws);
        await promotion.ProvisionAsync();
    }

    [TestCase("Prepare", "ALL_ACTIONS")]
    [TestCase("ChangeSet", "ALL_ACTIONS")]
    [TestCase("Summarize", "ALL_ACTIONS")]
    [TestCase("Approve", "ALL_ACTIONS", Description = "rejected: a new change set, and a new approval")]
    [TestCase("Deploy", "ALL_ACTIONS", Description = "the target has changed in between")]
    [TestCase("Verify", "FAILED_ACTIONS", Description = "what was approved is deployed already")]
    public async Task A_stage_is_retried_from_its_beginning_unless_it_was_deployed(string failed, string mode)
    {
        promotion.Show(Failed("DeployStaging", failed));

        var done = (Answered<RetryDone>)await StartAsync("staging");

        Assert.That(aws.Retries.Single().Mode, Is.EqualTo(mode));
        Assert.That(
            done.Answer with
            {
                Message = "",
            },
            Is.EqualTo(new RetryDone("", Promotion.Name, "DeployStaging", promotion.First, mode))
        );
    }

    [Test]
    public async Task A_job_that_failed_is_run_again_without_another_approval()
    {
        aws = new FakeAws();
        promotion = new Promotion(aws);
        var made = await promotion.ProvisionAsync(Deployments.Example("byom_batch_builtin", "batch-transform"));
        var name = ((Provisioned)made).PipelineName;
        aws.Pipeline(name)!.State = new PipelineState
        {
            PipelineName = name,
            StageStates = [Failed("DeployProd", "Run", "1")],
        };

        await new StageRetry(Deployments.Multi(), aws).StartAsync(name, "DeployProd", CancellationToken.None);

        Assert.That(aws.Retries.Single(), Is.EqualTo(new RetryStart(name, "DeployProd", "1", OnlyFailed: true)));
    }

    [TestCase("Succeeded")]
    [TestCase("InProgress")]
    [TestCase(null, Description = "nothing has come there yet")]
    public async Task A_stage_that_has_not_failed_is_a_conflict(string? status)
    {
        promotion.Show(
            Failed("DeployStaging", "Deploy") with
            {
                LatestExecution = status is null ? null : new StageExecution("1", status),
            }
        );

        var refusal = await RefusalAsync("staging");

        Assert.That(refusal.Reason, Is.EqualTo(RefusalReason.Conflict));
        Assert.That(
            refusal.Findings.Single().Message,
            Is.EqualTo($"The stage DeployStaging (staging) of {Promotion.Name} has not failed.")
        );
        Assert.That(aws.Retries, Is.Empty);
    }

    [Test]
    public async Task CodePipelines_reason_not_to_retry_is_told()
    {
        promotion.Show(Failed("DeployStaging", "Deploy"));
        aws.RetryRefusal = "The pipeline has changed.";

        var refusal = await RefusalAsync("staging");

        Assert.That(refusal.Reason, Is.EqualTo(RefusalReason.Conflict));
        Assert.That(refusal.Findings.Single().Code, Is.EqualTo(FindingCodes.NotRetryable));
        Assert.That(
            refusal.Findings.Single().Message,
            Does.EndWith("cannot be started again: The pipeline has changed.")
        );
    }

    [TestCase(false, "Send the request again: mlops provision FILE")]
    [TestCase(true, $"Delete it again: mlops delete {Promotion.Name}", Description = "the request would bring it back")]
    public async Task What_cannot_be_started_again_has_its_remedy(bool isTeardown, string remedy)
    {
        promotion.Show(Failed("DeployStaging", "Deploy"));
        aws.RetryRefusal = "The pipeline has changed.";
        if (isTeardown)
        {
            await aws.UpdateAsync(TeardownShape.Of(promotion.Pipeline.Definition)!, CancellationToken.None);
            promotion.Show(Failed("DeleteStaging", "DeleteStaging"));
        }

        Assert.That((await RefusalAsync("staging")).Findings.Single().Remedy, Is.EqualTo(remedy));
    }

    [TestCase("")]
    [TestCase("qa")]
    [TestCase("../x")]
    public async Task A_stage_that_is_not_there_is_not_found(string stage)
    {
        promotion.Show(Failed("DeployStaging", "Deploy"));

        var refusal = await RefusalAsync(stage);

        Assert.That(refusal.Reason, Is.EqualTo(RefusalReason.NotFound));
        Assert.That(refusal.Findings.Single().Code, Is.EqualTo(FindingCodes.StageNotFound));
    }

    [Test]
    public async Task The_config_pipeline_is_retried_but_neither_approved_nor_taken_down()
    {
        const string config = "mlops-dev-config";
        await aws.CreateAsync(
            promotion.Pipeline.Definition with
            {
                Name = config,
            },
            new Dictionary<string, string>(),
            default
        );
        aws.Pipeline(config)!.State = new PipelineState
        {
            PipelineName = config,
            StageStates = [Failed("Apply", "Apply", "1")],
        };

        await new StageRetry(Deployments.Multi(), aws).StartAsync(config, "apply", CancellationToken.None);
        var teardown = await new PipelineTeardown(Deployments.Multi(), aws, aws).StartAsync(
            config,
            new TeardownOptions { Force = true },
            CancellationToken.None
        );

        Assert.That(aws.Retries.Single(), Is.EqualTo(new RetryStart(config, "Apply", "1", OnlyFailed: false)));
        Assert.That(((Declined<TeardownStarted>)teardown).Refusal.Reason, Is.EqualTo(RefusalReason.NotFound));
        Assert.That(aws.Pipeline(config), Is.Not.Null);
    }

    [Test]
    public async Task A_pipeline_of_another_deployment_is_left_alone()
    {
        promotion.Show(Failed("DeployStaging", "Deploy"));
        promotion.Pipeline.Tags[DeploymentTags.Deployment] = "mlops-prod";

        Assert.That((await RefusalAsync("staging")).Findings.Single().Code, Is.EqualTo(FindingCodes.OtherDeployment));
        Assert.That(aws.Retries, Is.Empty);
    }

    private StageState Failed(string stage, string action, string? execution = null) =>
        new()
        {
            StageName = stage,
            LatestExecution = new StageExecution(execution ?? promotion.First, "Failed"),
            ActionStates =
            [
                new ActionState
                {
                    ActionName = action,
                    LatestExecution = new ActionExecution { Status = "Failed" },
                },
            ],
        };

    private async Task<Refusal> RefusalAsync(string stage) => ((Declined<RetryDone>)await StartAsync(stage)).Refusal;

    private Task<PipelineOutcome<RetryDone>> StartAsync(string stage) =>
        new StageRetry(Deployments.Multi(), aws).StartAsync(Promotion.Name, stage, CancellationToken.None);
}
