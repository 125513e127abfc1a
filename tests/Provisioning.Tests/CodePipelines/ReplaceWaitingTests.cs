using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.Tests.Fakes;

namespace Mlops.Provisioning.Tests.CodePipelines;

public sealed class ReplaceWaitingTests
{
    private static readonly string Changed = Promotion.Request.Replace(
        "ml.m5.large",
        "ml.m5.xlarge",
        StringComparison.Ordinal
    );

    private static readonly ProvisionOptions Replace = new() { ReplaceWaiting = true, Caller = Promotion.Bob };

    private FakeAws aws = new();
    private Promotion promotion = null!;

    [SetUp]
    public void StartWithNothing()
    {
        aws = new FakeAws();
        promotion = new Promotion(aws);
    }

    [Test]
    public async Task What_waits_is_rejected_with_the_reason_before_the_new_execution_starts()
    {
        await promotion.WaitForStagingAsync();
        aws.Calls.Clear();

        var done = (Provisioned)await promotion.ProvisionAsync(Changed, Replace);

        Assert.That(aws.Writes, Is.EqualTo((string[])["Put", "Answer", "Start", "Tag"]));
        var answer = aws.Answers.Single();
        Assert.That((answer.IsApproved, answer.Waiting.Stage), Is.EqualTo((false, "DeployStaging")));
        Assert.That(
            answer.Summary,
            Does.Match($"^{Promotion.Bob}: replaced by version version-[0-9]+ of the package$")
        );
        Assert.That(done.Message, Does.EndWith("; what waited for an approval is rejected"));
    }

    [Test]
    public async Task What_waits_behind_it_is_stopped_first_so_that_it_does_not_ask_in_its_place()
    {
        await promotion.WaitForStagingAsync("execution-9");
        aws.Calls.Clear();

        await promotion.ProvisionAsync(Changed, Replace);

        Assert.That(aws.Writes, Is.EqualTo((string[])["Put", "Stop", "Answer", "Start", "Tag"]));
    }

    [Test]
    public async Task Without_the_flag_it_goes_on_waiting()
    {
        await promotion.WaitForStagingAsync();

        await promotion.ProvisionAsync(Changed);

        Assert.That(aws.Answers, Is.Empty);
    }

    [Test]
    public async Task What_waits_is_not_replaced_by_itself()
    {
        await promotion.WaitForStagingAsync();
        aws.Calls.Clear();

        var done = (Provisioned)await promotion.ProvisionAsync(options: Replace);

        Assert.That(aws.Writes, Is.Empty);
        Assert.That(done.ExecutionStarted, Is.False);
    }

    [Test]
    public async Task A_new_definition_is_in_nobodys_way_once_what_waits_is_replaced()
    {
        await promotion.WaitForStagingAsync();
        var settings = Deployments.Multi() with { PipelineRoleArn = "arn:aws:iam::123456789012:role/other" };
        var refused = await promotion.ProvisionAsync(settings: settings);
        aws.Calls.Clear();

        var done = await promotion.ProvisionAsync(options: Replace, settings: settings);

        Assert.That(refused, Is.InstanceOf<Refused>(), "it waits, and would be ended by the update");
        Assert.That(done, Is.InstanceOf<Provisioned>());
        Assert.That(aws.Writes, Is.EqualTo((string[])["Answer", "Update", "Start", "Tag"]));
    }

    [Test]
    public async Task An_execution_that_runs_is_not_replaced()
    {
        await promotion.WaitForStagingAsync();
        promotion.Show(Promotion.Waiting("DeployStaging", "an-older-one"));
        var settings = Deployments.Multi() with { PipelineRoleArn = "arn:aws:iam::123456789012:role/other" };

        Assert.That(await promotion.ProvisionAsync(options: Replace, settings: settings), Is.InstanceOf<Refused>());
        Assert.That(aws.Answers, Is.Empty, "nothing is half-made");
    }

    [Test]
    public async Task An_approval_that_somebody_answered_meanwhile_is_theirs()
    {
        await promotion.WaitForStagingAsync();
        aws.IsTooLate = true;

        Assert.That(await promotion.ProvisionAsync(Changed, Replace), Is.InstanceOf<Provisioned>());
    }

    [Test]
    public async Task A_replacement_that_failed_half_way_goes_on_when_it_is_sent_again([Range(0, 12)] int call)
    {
        await promotion.WaitForStagingAsync();
        aws.FailAt = aws.Calls.Count + call;
        aws.LoseAnswer = true;

        try
        {
            await promotion.ProvisionAsync(Changed, Replace);
        }
        catch (ServiceFailureException)
        {
            promotion.Show(Promotion.Done("Source", promotion.First));
            await promotion.ProvisionAsync(Changed, Replace);
        }

        Assert.That(aws.Answers, Has.Count.LessThanOrEqualTo(1));
        Assert.That(promotion.Pipeline.Executions, Has.Count.InRange(2, 3));
        Assert.That(aws.Packages(Promotion.Name), Has.Count.EqualTo(2));
    }
}
