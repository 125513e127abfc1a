using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.Requests;
using Mlops.Provisioning.Tests.Fakes;

namespace Mlops.Provisioning.Tests.CodePipelines;

/// <summary>Faults and other callers at any point of a teardown.</summary>
public sealed class TeardownConvergenceTests : TeardownScene
{
    [TearDown]
    public void Nothing_was_removed_whose_stacks_were_not_deleted_before()
    {
        foreach (var removed in Aws.Removed)
        {
            Assert.That(TeardownShape.Is(removed.Definition), Is.True);
            Assert.That(removed.Executions[0].Status, Is.EqualTo("Succeeded"));
            Assert.That(removed.Executions[0].Started, Is.GreaterThan(removed.Updated));
        }
    }

    [Test]
    public async Task A_fault_at_any_call_leaves_nothing_that_the_same_call_does_not_finish([Values] bool loseAnswer)
    {
        var calls = await CallsOfATeardownAsync();
        for (var fault = 0; fault < calls; fault++)
        {
            await ProvisionAsync();
            Aws.FailAt = Aws.Calls.Count + fault;
            Aws.LoseAnswer = loseAnswer;
            await TeardownAsync();

            Assert.That(Aws.Count, Is.Zero, $"fault at call {fault}");
            Assert.That(Aws.Packages(Name), Is.Empty, $"fault at call {fault}");
            Nothing_was_removed_whose_stacks_were_not_deleted_before();
        }
    }

    [Test]
    public async Task After_a_fault_at_any_call_a_request_has_the_pipeline_back([Values] bool loseAnswer)
    {
        var delivering = Pipeline.Definition;
        var before = Aws.Calls.Count;
        await StartAsync();
        var calls = Aws.Calls.Count - before;
        for (var fault = 0; fault < calls; fault++)
        {
            await ProvisionAsync();
            Aws.FailAt = Aws.Calls.Count + fault;
            Aws.LoseAnswer = loseAnswer;
            Assert.That(() => StartAsync(), Throws.TypeOf<ServiceFailureException>());
            if (Pipeline.Executions[0].IsActive)
            {
                // The teardown runs: whoever changes their mind waits for its end.
                continue;
            }

            var back = await Promotion.ProvisionAsync();

            Assert.That(back, Is.InstanceOf<Provisioned>(), $"fault at call {fault}");
            Assert.That(
                Pipeline.Definition.Stages.Select(stage => stage.Name),
                Is.EqualTo(delivering.Stages.Select(stage => stage.Name)),
                $"fault at call {fault}"
            );
        }
    }

    [Test]
    public async Task Of_two_at_once_neither_ends_the_others_work_nor_removes_what_is_not_taken_down()
    {
        var before = Aws.Calls.Count;
        await StartAsync();
        var calls = Aws.Calls.Count - before;
        for (var call = 0; call < calls; call++)
        {
            await ProvisionAsync();
            Task? other = null;
            var at = Aws.Calls.Count + call + 1;
            Aws.Called = _ =>
            {
                if (Aws.Calls.Count == at)
                {
                    Aws.Called = null;
                    other = CallAsync(Name, null, null);
                }
            };

            await CallAsync(Name, null, null);
            await other!;

            Assert.That(Pipeline, Is.Not.Null, $"another caller after call {call}");
            Assert.That(Pipeline.Executions[0].Status, Is.EqualTo("InProgress"), $"another caller after call {call}");
            Aws.Finish();
            Assert.That(await EndAsync(), Is.EqualTo(TeardownLook.Removed), $"another caller after call {call}");
        }
    }

    [Test]
    public async Task What_was_made_anew_stays_though_somebody_had_looked_before()
    {
        await StartAsync();
        Aws.Finish();
        Task? other = null;
        Aws.Called = call =>
        {
            if (call == "State")
            {
                Aws.Called = null;
                other = RemoveAndMakeAnewAsync();
            }
        };

        var look = await EndAsync();
        await other!;

        Assert.That(look, Is.EqualTo(TeardownLook.NoTeardown));
        Assert.That(TeardownShape.Is(Pipeline.Definition), Is.False);
        Assert.That(Aws.Packages(Name), Is.Not.Empty);
    }

    [Test]
    public async Task A_teardown_that_failed_in_its_source_can_be_started_again()
    {
        await StartAsync();
        Pipeline.End("Failed");

        var again = await StartAsync();

        Assert.That(Pipeline.Executions[0].Id, Is.EqualTo(again.Execution));
        Assert.That(Pipeline.Executions[0].Status, Is.EqualTo("InProgress"));
    }

    /// <summary>CodePipeline is asked for the newest executions only.</summary>
    [Test]
    public async Task An_approval_that_waits_longer_than_the_newest_executions_are_is_seen()
    {
        await Promotion.ProvisionAsync(
            Promotion.Request.Replace("ml.m5.large", "ml.m5.xlarge", StringComparison.Ordinal)
        );
        var waiting = Pipeline.Executions[0].Id;
        Promotion.Show(Promotion.Done("Source", waiting), Promotion.Waiting("DeployDev", waiting));
        Pipeline.Executions.RemoveAt(0);

        var finding = (await RefusalAsync()).Findings.Single();

        Assert.That(finding.Code, Is.EqualTo(FindingCodes.PipelineRunning));
        Assert.That(finding.Value, Is.EqualTo(waiting));
    }

    [TestCase("api")]
    [TestCase("codecommit:others@main:mlops-config.json")]
    public async Task What_a_source_wants_gone_stays_where_it_is_anothers_by_now(string origin)
    {
        Pipeline.Tags[DeploymentTags.Origin] = origin;
        var writes = Aws.Writes.Count();

        var refusal = await RefusalAsync(options: new TeardownOptions { Source = "codecommit:ours@main:file" });

        Assert.That(refusal.Findings.Single().Code, Is.EqualTo(FindingCodes.OtherOrigin));
        Assert.That(Aws.Writes.Count(), Is.EqualTo(writes));
    }

    private async Task RemoveAndMakeAnewAsync()
    {
        Assert.That(await EndAsync(), Is.EqualTo(TeardownLook.Removed));
        await Promotion.ProvisionAsync();
    }

    private async Task<int> CallsOfATeardownAsync()
    {
        var before = Aws.Calls.Count;
        await TeardownAsync();
        return Aws.Calls.Count - before;
    }

    /// <summary>As a person does it: the call, and again when it failed; the event comes once.</summary>
    private async Task TeardownAsync()
    {
        await OnceMoreAsync(() => StartAsync());
        Aws.Finish();
        try
        {
            await EndAsync();
        }
        catch (ServiceFailureException)
        {
            // Where only the last answer was lost there is nothing any more, which is "not found" and as good.
            await CallAsync(Name, null, null);
        }
    }

    private static async Task OnceMoreAsync(Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (ServiceFailureException)
        {
            await call();
        }
    }
}
