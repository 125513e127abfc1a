using System.Text;
using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.Requests;
using Mlops.Provisioning.Tests.Fakes;

namespace Mlops.Provisioning.Tests.CodePipelines;

public sealed class PipelineServiceTests
{
    private const string Name = "mlops-pipeline-my-model-byompipelinerealtimebuiltin";
    private static readonly string Request = Deployments.Example("byom_realtime_builtin");
    private static readonly string Changed = Request.Replace("ml.m5.large", "ml.m5.xlarge", StringComparison.Ordinal);
    private FakeAws aws = new();

    [SetUp]
    public void StartWithNothing() => aws = new FakeAws();

    [Test]
    public async Task A_new_request_uploads_then_creates_and_leaves_the_start_to_CodePipeline()
    {
        var done = await ProvisionAsync(Request);

        Assert.That(aws.Writes, Is.EqualTo((string[])["Put", "Create"]));
        Assert.That(aws.Pipeline(Name)!.Executions, Has.Count.EqualTo(1));
        Assert.That(
            done,
            Is.EqualTo(
                new Provisioned(
                    $"success: pipeline {Name} is created, and its first execution started",
                    $"arn:aws:codepipeline:us-east-1:123456789012:{Name}",
                    Name,
                    PipelineChange.Created,
                    PackageChanged: true,
                    ExecutionStarted: true,
                    ExecutionId: null
                )
            )
        );
    }

    [Test]
    public async Task A_pipeline_is_tagged_with_what_it_is_and_what_it_was_given()
    {
        await ProvisionAsync(Request);
        aws.Finish();
        await ProvisionAsync(Changed);

        var tags = aws.Pipeline(Name)!.Tags;
        Assert.That(tags[DeploymentTags.Deployment], Is.EqualTo("mlops-dev"));
        Assert.That(tags[DeploymentTags.PipelineType], Is.EqualTo("byom_realtime_builtin"));
        Assert.That(tags[DeploymentTags.ModelName], Is.EqualTo("my-model"));
        Assert.That(tags[DeploymentTags.Package], Is.EqualTo(aws.Packages(Name)[^1].Sha256));
    }

    [TestCase(false, false, Description = "the source action has not run yet")]
    [TestCase(true, false, Description = "it runs")]
    [TestCase(true, true, Description = "it has succeeded")]
    public async Task The_same_request_again_changes_and_starts_nothing(bool sourced, bool finished)
    {
        await ProvisionAsync(Request);
        if (finished)
        {
            aws.Finish();
        }
        else if (sourced)
        {
            aws.Source();
        }

        aws.Calls.Clear();
        var again = (Provisioned)await ProvisionAsync(Request);

        Assert.That(aws.Writes, Is.Empty);
        Assert.That(again.ExecutionStarted, Is.False);
        Assert.That(again.Message, Does.EndWith("nothing was started"));
    }

    [Test]
    public async Task The_same_request_in_another_spelling_is_the_same_request()
    {
        await ProvisionAsync(Request);
        aws.Finish();
        aws.Calls.Clear();

        await ProvisionAsync(
            Request
                .Replace("my-data-bucket/", "s3://my-data-bucket/", StringComparison.Ordinal)
                .Replace("byom_realtime_builtin", " BYOM_Realtime_Builtin ", StringComparison.Ordinal)
        );

        Assert.That(aws.Writes, Is.Empty);
    }

    [Test]
    public async Task A_changed_request_uploads_and_starts_exactly_one_execution_of_that_version()
    {
        await ProvisionAsync(Request);
        aws.Finish();
        aws.Calls.Clear();

        var done = (Provisioned)await ProvisionAsync(Changed);
        aws.Finish();

        Assert.That(aws.Writes, Is.EqualTo((string[])["Put", "Start", "Tag"]));
        Assert.That(aws.Pipeline(Name)!.Executions, Has.Count.EqualTo(2));
        Assert.That(aws.Packages(Name), Has.Count.EqualTo(2));
        Assert.That(done.ExecutionId, Is.EqualTo(aws.Pipeline(Name)!.Executions[0].Id));
        Assert.That(
            aws.Pipeline(Name)!.Executions[0].PackageVersion,
            Is.Not.EqualTo(aws.Pipeline(Name)!.Executions[1].PackageVersion)
        );
    }

    [TestCase("Failed")]
    [TestCase("Stopped")]
    [TestCase("Cancelled")]
    public async Task The_same_request_after_an_execution_that_did_not_succeed_starts_another(string status)
    {
        await ProvisionAsync(Request);
        aws.Finish(status);

        await ProvisionAsync(Request);
        aws.Finish(status);
        await ProvisionAsync(Request);

        Assert.That(aws.Pipeline(Name)!.Executions, Has.Count.EqualTo(3));
        Assert.That(aws.Packages(Name), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_request_that_is_taken_back_is_delivered_again()
    {
        await ProvisionAsync(Request);
        aws.Finish();
        await ProvisionAsync(Changed);
        aws.Finish();

        await ProvisionAsync(Request);

        Assert.That(aws.Pipeline(Name)!.Executions, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task A_fault_at_any_call_and_then_the_same_request_ends_in_the_same_state(
        [Values] Start from,
        [Values] bool answerLost
    )
    {
        for (var call = 0; ; call++)
        {
            aws = new FakeAws();
            await ArriveAsync(from);
            var executionsBefore = aws.Pipeline(Name)?.Executions.Count ?? 0;
            (aws.FailAt, aws.LoseAnswer) = (aws.Calls.Count + call, answerLost);

            var failed = await FailsAsync();
            aws.FailAt = null;
            await ProvisionAsync(Changed);
            aws.Finish();
            var executions = aws.Pipeline(Name)!.Executions.Count;
            await ProvisionAsync(Changed);

            var at = $"call {call} ({aws.Calls[^1]})";
            Assert.That(
                aws.Pipeline(Name)!.Executions,
                Has.Count.EqualTo(executions),
                $"{at}: then nothing more is started"
            );
            Assert.That(executions - executionsBefore, Is.EqualTo(1), $"{at}: one execution is started");
            Assert.That(
                aws.Pipeline(Name)!.Tags[DeploymentTags.Package],
                Is.EqualTo(aws.Packages(Name)[^1].Sha256),
                at
            );
            Assert.That(aws.Packages(Name)[^1].Sha256, Is.EqualTo(await WantedAsync()), at);
            Assert.That(aws.Pipeline(Name)!.Definition.RoleArn, Is.EqualTo(Deployments.Single().PipelineRoleArn), at);
            if (!failed)
            {
                Assert.That(call, Is.GreaterThanOrEqualTo(4), "every call has had its fault");
                return;
            }
        }
    }

    [Test]
    public async Task A_definition_that_differs_is_not_updated_while_an_execution_runs()
    {
        await ProvisionAsync(Request);
        aws.Calls.Clear();

        var refused = (Refused)await ProvisionAsync(Changed, RoleChanged());

        Assert.That(refused.Reason, Is.EqualTo(RefusalReason.Conflict));
        Assert.That(refused.Findings.Single().Code, Is.EqualTo(FindingCodes.PipelineRunning));
        Assert.That(refused.Findings.Single().Message, Does.Contain(aws.Pipeline(Name)!.Executions[0].Id));
        Assert.That(aws.Writes, Is.Empty);
    }

    [Test]
    public async Task A_definition_that_differs_is_updated_and_started_when_nothing_runs_or_by_force(
        [Values] bool force
    )
    {
        await ProvisionAsync(Request);
        if (!force)
        {
            aws.Finish();
        }

        aws.Calls.Clear();
        var done = (Provisioned)await ProvisionAsync(Request, RoleChanged(), force);

        Assert.That(done.Change, Is.EqualTo(PipelineChange.Updated));
        Assert.That(aws.Writes, Is.EqualTo((string[])["Update", "Start", "Tag"]));
        Assert.That(aws.Pipeline(Name)!.Executions, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_name_that_differs_by_case_only_belongs_to_the_first_model()
    {
        await ProvisionAsync(Request);
        aws.Calls.Clear();

        var refused = (Refused)
            await ProvisionAsync(Request.Replace("\"my-model\"", "\"My-Model\"", StringComparison.Ordinal));

        Assert.That(refused.Reason, Is.EqualTo(RefusalReason.Conflict));
        Assert.That(refused.Findings.Single().Code, Is.EqualTo(FindingCodes.NameTaken));
        Assert.That(aws.Writes, Is.Empty);
    }

    [Test]
    public async Task A_pipeline_of_another_deployment_is_left_as_it_is()
    {
        await ProvisionAsync(Request, Deployment("mlops-other"));
        aws.Finish();
        var definition = aws.Pipeline(Name)!.Definition;
        aws.Calls.Clear();

        var refused = (Refused)await ProvisionAsync(Changed, force: true);

        Assert.That(refused.Reason, Is.EqualTo(RefusalReason.Conflict));
        Assert.That(
            refused.Findings.Single(),
            Is.EqualTo(
                new Finding(
                    FindingCodes.OtherDeployment,
                    "/model_name",
                    "my-model",
                    "pipelines that this deployment made (tag mlops:deployment)",
                    $"The pipeline {Name} belongs to the deployment \"mlops-other\" in the same account and region.",
                    "Send the request there, or give the model another name."
                )
            )
        );
        Assert.That(aws.Writes, Is.Empty);
        Assert.That(aws.Pipeline(Name)!.Definition, Is.SameAs(definition));
    }

    [Test]
    public async Task A_pipeline_of_nobody_is_refused_with_the_command_that_adopts_it()
    {
        await ProvisionAsync(Request);
        aws.Finish();
        aws.Pipeline(Name)!.Tags.Remove(DeploymentTags.Deployment);
        aws.Calls.Clear();

        var refused = (Refused)await ProvisionAsync(Changed);

        Assert.That(refused.Findings.Single().Code, Is.EqualTo(FindingCodes.OtherDeployment));
        Assert.That(
            refused.Findings.Single().Message,
            Is.EqualTo($"There is a pipeline {Name} already, and no deployment's name is on it.")
        );
        Assert.That(
            refused.Findings.Single().Remedy,
            Is.EqualTo(
                "If it is to become this deployment's, run: aws codepipeline tag-resource --resource-arn "
                    + $"arn:aws:codepipeline:us-east-1:123456789012:{Name} --tags key=mlops:deployment,value=mlops-dev"
            )
        );
        Assert.That(aws.Writes, Is.Empty);

        aws.Pipeline(Name)!.Tags[DeploymentTags.Deployment] = "mlops-dev";
        Assert.That(await ProvisionAsync(Changed), Is.InstanceOf<Provisioned>());
    }

    [Test]
    public async Task A_pipeline_that_another_deployment_creates_just_now_is_left_as_it_is()
    {
        // Seen as missing, then in use: the other one was faster.
        await ProvisionAsync(Request, Deployment("mlops-other"));
        aws.Finish();
        aws.Calls.Clear();
        aws.HideNext = true;

        var refused = (Refused)await ProvisionAsync(Changed);

        Assert.That(refused.Findings.Single().Code, Is.EqualTo(FindingCodes.OtherDeployment));
        Assert.That(aws.Writes, Is.EqualTo((string[])["Put", "Create"]), "the package is in our own bucket");
        Assert.That(aws.Pipeline(Name)!.Tags[DeploymentTags.Deployment], Is.EqualTo("mlops-other"));
    }

    [Test]
    public async Task Many_at_once_end_with_one_pipeline()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => ProvisionAsync(Request)));

        Assert.That(aws.Count, Is.EqualTo(1));
    }

    [TestCase("", RefusalReason.Invalid)]
    [TestCase("{}", RefusalReason.Invalid)]
    [TestCase("""{"pipeline_type": "byom_realtime_builtin", "model_name": "a"}""", RefusalReason.Invalid)]
    public async Task A_wrong_request_calls_nothing(string request, RefusalReason reason)
    {
        var refused = (Refused)await ProvisionAsync(request);

        Assert.That(refused.Reason, Is.EqualTo(reason));
        Assert.That(refused.Findings, Is.Not.Empty);
        Assert.That(aws.Calls, Is.Empty);
    }

    [Test]
    public async Task A_request_over_the_limit_is_too_large()
    {
        var refused = (Refused)await ProvisionAsync(new string(' ', PipelineRequest.SizeLimit + 1));

        Assert.That(refused.Reason, Is.EqualTo(RefusalReason.TooLarge));
    }

    /// <summary>What is there before the request under test.</summary>
    public enum Start
    {
        Nothing,
        AnotherRequest,
        AnotherDefinition,
    }

    private async Task ArriveAsync(Start from)
    {
        if (from != Start.Nothing)
        {
            await ProvisionAsync(Request, from == Start.AnotherDefinition ? RoleChanged() : null);
            aws.Finish();
        }
    }

    private async Task<bool> FailsAsync()
    {
        try
        {
            await ProvisionAsync(Changed);
            return false;
        }
        catch (ServiceFailureException)
        {
            return true;
        }
    }

    private static async Task<string> WantedAsync()
    {
        var fresh = new FakeAws();
        await ProvisionAsync(Changed, Deployments.Single(), fresh, force: false);
        return fresh.Packages(Name).Single().Sha256;
    }

    private static ProvisioningSettings Deployment(string name)
    {
        var settings = Deployments.Single();
        return settings with { Deployment = settings.Deployment with { DeploymentName = name } };
    }

    private static ProvisioningSettings RoleChanged() =>
        Deployments.Single() with
        {
            PipelineRoleArn = "arn:aws:iam::123456789012:role/mlops-orchestrator/other",
        };

    private Task<ProvisionOutcome> ProvisionAsync(
        string request,
        ProvisioningSettings? settings = null,
        bool force = false
    ) => ProvisionAsync(request, settings ?? Deployments.Single(), aws, force);

    private static Task<ProvisionOutcome> ProvisionAsync(
        string request,
        ProvisioningSettings settings,
        FakeAws aws,
        bool force
    ) =>
        new PipelineService(Deployments.Planner(settings), settings, aws, aws).ProvisionAsync(
            Encoding.UTF8.GetBytes(request),
            new ProvisionOptions { Force = force },
            CancellationToken.None
        );
}
