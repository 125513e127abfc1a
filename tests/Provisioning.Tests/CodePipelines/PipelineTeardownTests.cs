using System.Text;
using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.Requests;
using Mlops.Provisioning.Tests.Fakes;

namespace Mlops.Provisioning.Tests.CodePipelines;

public sealed class PipelineTeardownTests : TeardownScene
{
    [Test]
    public async Task Every_target_is_taken_down_the_last_one_first_by_the_roles_that_delivered()
    {
        var delivering = Pipeline.Definition;

        await StartAsync();

        var stages = Pipeline.Definition.Stages;
        Assert.That(
            stages.Select(stage => stage.Name),
            Is.EqualTo(["Source", "DeleteProd", "DeleteStaging", "DeleteDev"])
        );
        Assert.That(stages[0], Is.EqualTo(delivering.Stages[0]));
        foreach (var (stage, before) in stages.Skip(1).Zip(delivering.Stages.Skip(1).Reverse()))
        {
            var changeSet = before.Actions.Single(action => action.Name == "ChangeSet");
            var delete = stage.Actions.Single();
            Assert.That(delete.Kind, Is.EqualTo(ActionKind.CloudFormation));
            Assert.That(delete.RoleArn, Is.EqualTo(changeSet.RoleArn));
            Assert.That(
                delete.Configuration,
                Is.EquivalentTo(
                    new Dictionary<string, string>
                    {
                        ["ActionMode"] = "DELETE_ONLY",
                        ["StackName"] = changeSet.Configuration["StackName"],
                        ["RoleArn"] = changeSet.Configuration["RoleArn"],
                    }
                )
            );
        }
    }

    [Test]
    public async Task Of_several_stacks_in_a_target_the_one_that_came_last_goes_first()
    {
        Aws = new FakeAws();
        var settings = Deployments.Single();
        var request = Deployments.Example("byom_data_quality_monitor", "data-quality-monitor");
        var made = (Provisioned)await new Promotion(Aws).ProvisionAsync(request, settings: settings);
        Aws.Finish();

        var done = await StartAsync(made.PipelineName, settings: settings);

        Assert.That(
            done.Stacks.Select(stack => stack.Stack),
            Is.EqualTo([made.PipelineName, $"{made.PipelineName}-baseline"])
        );
        Assert.That(
            Aws.Pipeline(made.PipelineName)!.Definition.Stages[^1].Actions.Select(action => action.RunOrder),
            Is.EqualTo([1, 2])
        );
    }

    [Test]
    public async Task The_answer_says_what_goes_from_where_and_what_stays()
    {
        var done = await StartAsync();

        Assert.That(
            done.Stacks,
            Is.EqualTo([
                new StackDeletion(Name, "333333333333"),
                new StackDeletion(Name, "222222222222"),
                new StackDeletion(Name, "111111111111"),
            ])
        );
        Assert.That(done.Execution, Is.EqualTo(Pipeline.Executions[0].Id));
        Assert.That(done.Message, Does.Contain("is being taken down"));
        Assert.That(
            done.Kept,
            Is.EqualTo([
                "s3://mlops-dev-assets: models, data, and what jobs and endpoints wrote there",
                "s3://mlops-dev-assets/mlops_request_files/: files that were made of requests; pipelines may share them",
                $"s3://mlops-dev-assets/mlops_changes/{Name}/: the evidence of its approvals, where it had any",
                $"s3://mlops-dev-assets/mlops_provisioned_pipelines/{Name}/: the versions of its package, as those of a deleted object",
                "the artifact bucket: what its executions passed on, until it expires",
                "SageMaker: its records of jobs that ran",
                "arn:aws:ecr:us-east-1:123456789012:repository/mlops-dev: its images",
                "the model registry: its model packages",
            ])
        );
    }

    [Test]
    public async Task The_pipeline_and_its_package_go_when_its_stacks_are_gone_and_not_before()
    {
        await StartAsync();

        Assert.That(await EndAsync(), Is.EqualTo(TeardownLook.NotYet), "it runs");
        Assert.That(Pipeline, Is.Not.Null);

        Aws.Finish();

        Assert.That(await EndAsync(), Is.EqualTo(TeardownLook.Removed));
        Assert.That(Aws.Pipeline(Name), Is.Null);
        Assert.That(Aws.Packages(Name), Is.Empty);
        Assert.That(await EndAsync(), Is.EqualTo(TeardownLook.NoTeardown), "the same event once more");
    }

    [Test]
    public async Task A_pipeline_whose_delivery_succeeds_is_left_alone()
    {
        var before = Aws.Calls.Count;

        Assert.That(await EndAsync(), Is.EqualTo(TeardownLook.NoTeardown));
        Assert.That(Aws.Calls.Skip(before), Is.EqualTo(["Get"]), "one look, for there is an event for each success");
    }

    [Test]
    public async Task A_pipeline_of_another_deployment_is_neither_taken_down_nor_removed()
    {
        Pipeline.Tags[DeploymentTags.Deployment] = "mlops-prod";

        Assert.That((await RefusalAsync()).Findings.Single().Code, Is.EqualTo(FindingCodes.OtherDeployment));

        Pipeline.Tags[DeploymentTags.Deployment] = "mlops-dev";
        await StartAsync();
        Aws.Finish();
        Pipeline.Tags[DeploymentTags.Deployment] = "mlops-prod";

        Assert.That(await EndAsync(), Is.EqualTo(TeardownLook.NoTeardown));
        Assert.That(Aws.Pipeline(Name), Is.Not.Null);
    }

    [TestCase("mlops-pipeline-not-there-byomtraining")]
    [TestCase("mlops-dev-config")]
    [TestCase("../x")]
    public async Task What_is_not_there_is_not_found(string name) =>
        Assert.That((await RefusalAsync(name)).Reason, Is.EqualTo(RefusalReason.NotFound));

    [Test]
    public async Task An_execution_that_runs_is_not_ended_unless_by_force()
    {
        await Promotion.ProvisionAsync(
            Promotion.Request.Replace("ml.m5.large", "ml.m5.xlarge", StringComparison.Ordinal)
        );
        var writes = Aws.Writes.Count();

        var refusal = await RefusalAsync();

        Assert.That(refusal.Reason, Is.EqualTo(RefusalReason.Conflict));
        Assert.That(refusal.Findings.Single().Code, Is.EqualTo(FindingCodes.PipelineRunning));
        Assert.That(refusal.Findings.Single().Remedy, Does.Contain($"mlops delete {Name} --force"));
        Assert.That(Aws.Writes.Count(), Is.EqualTo(writes), "nothing was changed");

        await StartAsync(options: new TeardownOptions { Force = true });

        Assert.That(Pipeline.Executions.Select(each => each.Status).Take(2), Is.EqualTo(["InProgress", "Failed"]));
    }

    [Test]
    public async Task What_waits_for_an_approval_is_named_as_such()
    {
        await Promotion.ProvisionAsync(
            Promotion.Request.Replace("ml.m5.large", "ml.m5.xlarge", StringComparison.Ordinal)
        );
        Aws.Source();
        Promotion.Show(
            Promotion.Done("Source", Pipeline.Executions[0].Id),
            Promotion.Waiting("DeployDev", Pipeline.Executions[0].Id)
        );

        var finding = (await RefusalAsync()).Findings.Single();

        Assert.That(finding.Message, Does.Contain("waits for an approval"));
        Assert.That(finding.Remedy, Does.Contain($"mlops reject {Name}"));
    }

    [Test]
    public async Task The_same_call_again_while_it_goes_on_changes_nothing()
    {
        var first = await StartAsync();
        var writes = Aws.Writes.Count();

        var again = await StartAsync();

        Assert.That(again.Execution, Is.EqualTo(first.Execution));
        Assert.That(again.Message, Does.Contain("already"));
        Assert.That(Aws.Writes.Count(), Is.EqualTo(writes));
    }

    [Test]
    public async Task After_a_failure_the_same_call_goes_on()
    {
        await StartAsync();
        Aws.Finish("Failed");

        var again = await StartAsync();

        Assert.That(again.Execution, Is.EqualTo(Pipeline.Executions[0].Id));
        Assert.That(Pipeline.Executions[0].Status, Is.EqualTo("InProgress"));
        Aws.Finish();
        Assert.That(await EndAsync(), Is.EqualTo(TeardownLook.Removed));
    }

    [Test]
    public async Task When_the_event_was_lost_the_same_call_removes_the_pipeline()
    {
        await StartAsync();
        Aws.Finish();

        var done = await StartAsync();

        Assert.That(done.Execution, Is.Null);
        Assert.That(Aws.Pipeline(Name), Is.Null);
        Assert.That(Aws.Packages(Name), Is.Empty);
    }

    [Test]
    public async Task A_package_that_is_gone_is_not_in_the_way()
    {
        await ((IPackageStore)Aws).DeleteAsync(DeploymentNames.PackageKey(Name), CancellationToken.None);

        await StartAsync();
        Aws.Finish();

        Assert.That(await EndAsync(), Is.EqualTo(TeardownLook.Removed));
    }

    [Test]
    public async Task A_request_meanwhile_is_refused_and_after_a_failed_teardown_brings_the_pipeline_back()
    {
        var delivering = Pipeline.Definition;
        await StartAsync();

        Assert.That(await CodeOfProvisionAsync(), Is.EqualTo(FindingCodes.BeingTakenDown), "it runs");
        Aws.Finish();
        Assert.That(await CodeOfProvisionAsync(force: true), Is.EqualTo(FindingCodes.BeingTakenDown), "it goes now");

        await StartAsync();
        await Promotion.ProvisionAsync();
        Aws.Finish();
        await StartAsync();
        Aws.Finish("Failed");
        var back = (Provisioned)await Promotion.ProvisionAsync();

        Assert.That(back.Change, Is.EqualTo(PipelineChange.Updated));
        Assert.That(
            Pipeline.Definition.Stages.Select(stage => stage.Name),
            Is.EqualTo(delivering.Stages.Select(stage => stage.Name))
        );
        Assert.That(Pipeline.Tags[DeploymentTags.Definition], Is.Not.EqualTo(DeploymentTags.Teardown));
    }

    [Test]
    public async Task A_list_says_that_a_pipeline_is_being_taken_down_and_who_asked_for_it()
    {
        await StartAsync(options: new TeardownOptions { Caller = Promotion.Bob });

        var listed = (
            await new PipelineLister(Deployments.Multi(), Aws, Aws).ReadAsync(null, CancellationToken.None)
        ).Pipelines.Single();

        var report =
            (Answered<PipelineReport>)
                await new PipelineOverview(Deployments.Multi(), Aws, Aws).ReadAsync(Name, CancellationToken.None);

        Assert.That(report.Answer.State, Is.EqualTo("being taken down"));
        Assert.That(report.Answer.Provenance!.RequestedBy, Is.EqualTo(Promotion.Bob));
        Assert.That(report.Answer.Provenance.Origin, Is.EqualTo("api"));
        Assert.That(report.Answer.Provenance.Package, Has.Length.EqualTo(64));
        Assert.That(listed.State, Is.EqualTo("being taken down"));
        Assert.That(listed.RequestedBy, Is.EqualTo(Promotion.Bob));
    }

    [Test]
    public async Task What_a_commit_made_is_made_again_by_the_next_one_and_the_answer_says_so()
    {
        Pipeline.Tags[DeploymentTags.Origin] = "codecommit:models@main:mlops-config.json";

        Assert.That(
            (await StartAsync()).Note,
            Does.Contain("codecommit:models@main:mlops-config.json").And.Contain("the next commit makes it again")
        );
    }
}
