using System.Net;
using System.Text.Json.Nodes;

namespace Mlops.EndToEnd.Tests;

/// <summary>What goes wrong in one account stays there.</summary>
public sealed partial class MultiAccountTests
{
    [Test]
    public async Task What_somebody_changed_after_the_evidence_is_not_deployed_over_and_production_is_untouched()
    {
        var pipeline = await ProvisionAsync("meddled");
        await AnswerAsync(pipeline, await WaitsAsync(pipeline, "DeployStaging"), "Approved");
        await WaitsAsync(pipeline, "DeployProd");
        await ProvisionAsync("meddled", "second.tar.gz");
        var waiting = await WaitsAsync(pipeline, "DeployStaging");
        Assert.That(waiting.Text, Does.Contain("\nchange MLOpsSagemakerModel (AWS::SageMaker::Model)"));
        Assert.That(
            waiting.Text,
            Does.Contain("models/meddled/model.tar.gz → ").And.Contain("models/meddled/second.tar.gz")
        );

        await MeddleAsync(Staging, pipeline);
        await AnswerAsync(pipeline, waiting, "Approved");

        Assert.That(
            await FailureAsync(pipeline, "DeployStaging"),
            Does.StartWith("Deploy: ChangeSet [").And.Contain("current execution status of [OBSOLETE]")
        );
        Assert.That(await StackAsync(Prod, pipeline), Is.EqualTo("REVIEW_IN_PROGRESS"));
        await RetryAsync(pipeline, "DeployStaging");
        var again = await WaitsAsync(pipeline, "DeployStaging", waiting);
        await AnswerAsync(pipeline, again, "Approved");
        await BehindAsync(pipeline, "DeployProd", again.Execution);
    }

    [Test]
    public async Task What_fails_in_staging_never_reaches_production()
    {
        // An instance type that our manifest takes and the local SageMaker does not know.
        var instances = new JsonObject
        {
            ["dev"] = "ml.m5.large",
            ["staging"] = "ml.m7i.large",
            ["prod"] = "ml.m5.large",
        };
        var pipeline = await ProvisionAsync("failing", instances: instances);

        await AnswerAsync(pipeline, await WaitsAsync(pipeline, "DeployStaging"), "Approved");

        Assert.That(
            await FailureAsync(pipeline, "DeployStaging"),
            Does.StartWith("Deploy: ").And.Contain("ml.m7i.large")
        );
        Assert.That(await _system.EndedAsync(pipeline), Is.EqualTo("Failed"));
        var seen = await WitnessAsync(pipeline);
        Assert.That((seen[0], seen[2]), Is.EqualTo((InService, Absent)));
        Assert.That(seen[1], Does.Not.Contain("InService"));
        var mails = await _mailbox.AboutAsync(pipeline, 2);
        Assert.That(mails, Has.One.Contains("has failed, in stage DeployStaging, action Deploy:"));
    }

    [Test]
    public async Task An_approval_that_nobody_gives_in_time_fails_its_stage_and_a_retry_asks_anew()
    {
        var pipeline = await ProvisionAsync("unanswered");
        var first = await WaitsAsync(pipeline, "DeployStaging");
        var declared = await _system.CodePipelineAsync("GetPipeline", new JsonObject { ["name"] = pipeline });
        Assert.That(
            declared["pipeline"]!["stages"]!
                .AsArray()
                .SelectMany(stage => stage!["actions"]!.AsArray())
                .Select(action => (string)action!["name"]! == "Approve" ? (int?)action["timeoutInMinutes"] : 0)
                .Where(minutes => minutes != 0),
            Is.EqualTo(new int?[] { 5, null })
        );

        await _system.PretendAsync(new JsonObject { ["unansweredApprovals"] = pipeline });

        Assert.That(await FailureAsync(pipeline, "DeployStaging"), Is.EqualTo("Approve: The approval timed out"));
        Assert.That(await WitnessAsync(pipeline), Is.EqualTo([InService, Asked, Absent]));
        var mails = await _mailbox.AboutAsync(pipeline, 2);
        Assert.That(mails, Has.One.Contains("waits for an approval").And.One.Contains("The approval timed out"));
        var late = await AnswerAsync(
            HttpStatusCode.Conflict,
            _system.PostAsync(
                $"/pipelines/{pipeline}/approval",
                new JsonObject
                {
                    ["target"] = "staging",
                    ["decision"] = "approve",
                    ["comment"] = "too late",
                }
            )
        );
        Assert.That((string)late["errors"]![0]!["code"]!, Is.EqualTo("MLP045"));
        await RetryAsync(pipeline, "DeployStaging");
        var second = await WaitsAsync(pipeline, "DeployStaging", first);
        Assert.That(second.Execution, Is.EqualTo(first.Execution));
    }

    [Test]
    public async Task A_newer_revision_waits_behind_the_approval_and_asks_when_that_is_answered()
    {
        var pipeline = await ProvisionAsync("overtaken");
        var first = await WaitsAsync(pipeline, "DeployStaging");
        await ProvisionAsync("overtaken", "second.tar.gz");
        await ProvisionAsync("overtaken", "third.tar.gz");
        var newest = (string)(await _system.ExecutionsAsync(pipeline))[0]["pipelineExecutionId"]!;

        await BehindAsync(pipeline, "DeployStaging", newest);
        var told = await AnswerAsync(HttpStatusCode.OK, _system.GetAsync($"/pipelines/{pipeline}"));
        var stage = told["stages"]!.AsArray().Single(one => (string?)one!["target"] == "staging")!;
        Assert.That((string)stage["account"]!, Is.EqualTo(Staging));
        Assert.That((string)stage["waits"]!["execution"]!, Is.EqualTo(first.Execution));
        Assert.That((string)stage["waits"]!["text"]!, Is.EqualTo(first.Text));
        Assert.That(
            stage["waits"]!["changes"]!["stacks"]![0]!["resources"]!.AsArray().Select(one => (string)one!["kind"]!),
            Is.All.EqualTo("Add").And.Not.Empty
        );
        Assert.That((string)stage["behind"]!["execution"]!, Is.EqualTo(newest));
        Assert.That((await WaitsAsync(pipeline, "DeployStaging")).Token, Is.EqualTo(first.Token));
        await AnswerAsync(pipeline, first, "Rejected");

        var second = await WaitsAsync(pipeline, "DeployStaging", first);
        Assert.That(second.Execution, Is.EqualTo(newest));
        var link = new Uri(second.Link).AbsolutePath;
        Assert.That(link, Is.EqualTo($"/{_system.AssetsBucket}/mlops_changes/{pipeline}/{newest}/staging.json"));
    }

    [Test]
    public async Task A_newer_request_can_take_the_place_of_the_one_that_waits()
    {
        var pipeline = await ProvisionAsync("replaced");
        var first = await WaitsAsync(pipeline, "DeployStaging");

        await ProvisionAsync("replaced", "second.tar.gz", "?replaceWaiting=true");

        var second = await WaitsAsync(pipeline, "DeployStaging", first);
        Assert.That(second.Execution, Is.Not.EqualTo(first.Execution));
        var actions = await _system.CodePipelineAsync(
            "ListActionExecutions",
            new JsonObject
            {
                ["pipelineName"] = pipeline,
                ["filter"] = new JsonObject { ["pipelineExecutionId"] = first.Execution },
            }
        );
        var rejected = actions["actionExecutionDetails"]!.AsArray().First(one => $"{one!["actionName"]}" == "Approve")!;
        Assert.That((string)rejected["status"]!, Is.EqualTo("Failed"));
        Assert.That(
            (string)rejected["output"]!["executionResult"]!["externalExecutionSummary"]!,
            Does.Contain("replaced by")
        );
    }

    [Test]
    public async Task An_endpoint_that_was_rolled_back_in_silence_fails_its_stage()
    {
        var pipeline = await ProvisionAsync("rolled-back");
        await AnswerAsync(pipeline, await WaitsAsync(pipeline, "DeployStaging"), "Approved");
        await WaitsAsync(pipeline, "DeployProd");
        await _system.PretendAsync(new JsonObject { ["endpointRollbacks"] = Staging });
        try
        {
            await ProvisionAsync("rolled-back", "second.tar.gz");
            await AnswerAsync(pipeline, await WaitsAsync(pipeline, "DeployStaging"), "Approved");

            Assert.That(
                await FailureAsync(pipeline, "DeployStaging"),
                Does.StartWith("Verify: The endpoint ").And.Contain("SageMaker rolled the update back")
            );
            Assert.That(await StackAsync(Prod, pipeline), Is.EqualTo("REVIEW_IN_PROGRESS"));
        }
        finally
        {
            await _system.PretendAsync(null);
        }
    }

    [Test]
    public async Task A_stack_that_never_worked_is_cleared_before_the_change_set_is_made()
    {
        const string pipeline = "mlops-pipeline-cleared-byompipelinerealtimebuiltin";
        var made = await _system.AwsInAsync(
            Staging,
            "cloudformation",
            "create-stack",
            "--stack-name",
            pipeline,
            "--template-body",
            """{"Resources":{"Topic":{"Type":"AWS::SNS::Topic"}}}"""
        );
        var never = (string)made["StackId"]!;
        await _system.PretendAsync(new JsonObject { ["failedStack"] = never });

        Assert.That(await ProvisionAsync("cleared"), Is.EqualTo(pipeline));
        var waiting = await WaitsAsync(pipeline, "DeployStaging");

        Assert.That(waiting.Text, Does.Not.Contain("REMOVE").And.Not.Contain("change "));
        var gone = await _system.AwsInAsync(Staging, "cloudformation", "describe-stacks", "--stack-name", never);
        Assert.That((string)gone["Stacks"]![0]!["StackStatus"]!, Is.EqualTo("DELETE_COMPLETE"));
        Assert.That(await StackAsync(Staging, pipeline), Is.EqualTo("REVIEW_IN_PROGRESS"));
    }

    /// <summary>Waits until an execution stands before a stage.</summary>
    private async Task BehindAsync(string pipeline, string stage, string execution)
    {
        using var time = new CancellationTokenSource(Patience);
        while ($"{(await StageAsync(pipeline, stage))["inboundExecution"]?["pipelineExecutionId"]}" != execution)
        {
            if (time.IsCancellationRequested)
            {
                Assert.Fail($"{execution} does not wait before {stage}: {await _system.StateAsync(pipeline)}");
            }

            await Task.Delay(150);
        }
    }

    /// <summary>Somebody updates a stack by hand: its own template with a note more.</summary>
    private async Task MeddleAsync(string account, string stack)
    {
        var template = await _system.AwsInAsync(account, "cloudformation", "get-template", "--stack-name", stack);
        var described = await _system.AwsInAsync(account, "cloudformation", "describe-stacks", "--stack-name", stack);
        var body = template["TemplateBody"] is JsonValue text
            ? JsonNode.Parse((string)text!)!
            : template["TemplateBody"]!;
        body["Metadata"] = new JsonObject { ["by"] = "hand" };
        var file = Path.GetTempFileName();
        try
        {
            var update = new JsonObject
            {
                ["StackName"] = stack,
                ["TemplateBody"] = body.ToJsonString(),
                ["Parameters"] = described["Stacks"]![0]!["Parameters"]!.DeepClone(),
                ["Capabilities"] = new JsonArray("CAPABILITY_IAM"),
            };
            await File.WriteAllTextAsync(file, update.ToJsonString());
            await _system.AwsInAsync(account, "cloudformation", "update-stack", "--cli-input-json", $"file://{file}");
        }
        finally
        {
            File.Delete(file);
        }
    }
}
