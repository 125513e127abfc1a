using System.Text.Json.Nodes;
using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.Evidence;
using Mlops.Provisioning.Requests;
using Mlops.Provisioning.Tests.Fakes;

namespace Mlops.Provisioning.Tests.CodePipelines;

public sealed class PipelineOverviewTests
{
    private FakeAws aws = new();
    private Promotion promotion = null!;

    [SetUp]
    public void StartWithNothing()
    {
        aws = new FakeAws();
        promotion = new Promotion(aws);
    }

    [Test]
    public async Task What_waits_is_told_with_who_asked_what_it_would_change_and_what_waits_behind_it()
    {
        var execution = await promotion.WaitForStagingAsync("execution-9");
        var changes = promotion.Keep(execution);

        var report = await ReadAsync();

        Assert.That(report.Arn, Is.EqualTo($"arn:aws:codepipeline:us-east-1:123456789012:{Promotion.Name}"));
        Assert.That(
            report.Stages.Select(stage => (stage.Name, stage.Target, stage.Account, stage.Status)),
            Is.EqualTo(
                new (string, string?, string?, string?)[]
                {
                    ("Source", null, null, "Succeeded"),
                    ("DeployDev", "dev", "111111111111", "Succeeded"),
                    ("DeployStaging", "staging", "222222222222", "InProgress"),
                    ("DeployProd", "prod", "333333333333", null),
                }
            )
        );
        var staging = report.Stages[2];
        Assert.That(staging.Behind, Is.EqualTo(new BehindReport("execution-9")));
        Assert.That(
            staging.Waits! with
            {
                Changes = null,
            },
            Is.EqualTo(
                new WaitReport(
                    Promotion.Since,
                    execution,
                    Promotion.Ada,
                    null,
                    ChangeText.Of(changes),
                    "https://example.com/changes"
                )
            )
        );
        Assert.That(staging.Waits.Changes!.ToJson(), Is.EqualTo(changes.ToJson()));
    }

    [Test]
    public async Task It_is_written_with_what_is_known_and_nothing_else()
    {
        var execution = await promotion.WaitForStagingAsync();
        promotion.Keep(execution);

        var json = JsonNode.Parse((await ReadAsync()).ToJson())!;

        Assert.That(
            json["stages"]![0]!.ToJsonString(),
            Is.EqualTo(
                $$"""{"name":"Source","status":"Succeeded","execution":"{{execution}}","actions":[{"name":"Source","status":"Succeeded","summary":"version 7"}]}"""
            )
        );
        var waits = json["stages"]![2]!["waits"]!;
        Assert.That(
            waits.AsObject().Select(member => member.Key),
            Is.EqualTo((string[])["since", "execution", "requestedBy", "changes", "text", "link"])
        );
        Assert.That((string?)waits["since"], Is.EqualTo("2026-11-23T12:30:00+00:00"));
        Assert.That((string?)waits["changes"]!["stacks"]![0]!["resources"]![0]!["kind"], Is.EqualTo("Replace"));
    }

    [TestCase(null, Description = "somebody removed it")]
    [TestCase("{", Description = "it is cut, or somebody else's")]
    public async Task Evidence_that_cannot_be_read_is_left_out(string? evidence)
    {
        var execution = await promotion.WaitForStagingAsync();
        if (evidence is not null)
        {
            aws.Assets[TargetChanges.Key(Promotion.Name, execution, "staging")] = [(byte)evidence[0]];
        }

        var waits = (await ReadAsync()).Stages[2].Waits!;

        Assert.That((waits.Changes, waits.Text), Is.EqualTo(((TargetChanges?)null, (string?)null)));
        Assert.That(waits.Execution, Is.EqualTo(execution));
    }

    [TestCase(Promotion.Orchestrator, Promotion.Bob, "ok", Description = "through our API")]
    [TestCase(Promotion.Ada, Promotion.Ada, $"{Promotion.Bob}: ok", Description = "in the console, in another's name")]
    public async Task Who_approved_is_believed_only_where_the_orchestrator_wrote_it(
        string updatedBy,
        string by,
        string summary
    )
    {
        var execution = await promotion.WaitForStagingAsync();
        promotion.Show(Promotion.Answered("DeployStaging", execution, "Succeeded", updatedBy, $"{Promotion.Bob}: ok"));

        var action = (await ReadAsync()).Stages[0].Actions[0];

        Assert.That((action.By, action.Summary), Is.EqualTo((by, summary)));
    }

    [Test]
    public async Task The_reason_of_a_failure_is_told()
    {
        await promotion.WaitForStagingAsync();
        promotion.Show(
            new StageState
            {
                StageName = "DeployDev",
                ActionStates =
                [
                    new ActionState
                    {
                        ActionName = "Deploy",
                        LatestExecution = new ActionExecution
                        {
                            Status = "Failed",
                            ErrorDetails = new ActionError("JobFailed", "no such image"),
                        },
                    },
                ],
            }
        );

        Assert.That((await ReadAsync()).Stages[0].Actions[0].Error, Is.EqualTo("no such image"));
    }

    [Test]
    public async Task A_pipeline_that_is_not_there_is_not_found()
    {
        var declined =
            (Declined<PipelineReport>)
                await new PipelineOverview(Deployments.Multi(), aws, aws).ReadAsync("mlops-pipeline-x", default);

        Assert.That(declined.Refusal.Reason, Is.EqualTo(RefusalReason.NotFound));
        Assert.That(declined.Refusal.Findings.Single().Code, Is.EqualTo(FindingCodes.PipelineNotFound));
    }

    private async Task<PipelineReport> ReadAsync() =>
        (
            (Answered<PipelineReport>)
                await new PipelineOverview(Deployments.Multi(), aws, aws).ReadAsync(
                    Promotion.Name,
                    CancellationToken.None
                )
        ).Answer;
}
