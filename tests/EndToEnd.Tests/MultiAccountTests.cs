using System.Net;
using System.Text.Json.Nodes;

namespace Mlops.EndToEnd.Tests;

/// <summary>
/// Development, staging, production: three accounts beside that of the pipelines, on one system with the shipped binaries.
/// Boto3 and the AWS CLI with a role of each account are the witnesses.
/// </summary>
[TestFixture]
public sealed partial class MultiAccountTests
{
    private const string Dev = "111111111111";
    private const string Staging = "222222222222";
    private const string Prod = "333333333333";

    /// <summary>As in Pulumi.multiaccount.yaml, with an approval that has its own time.</summary>
    private const string Targets =
        $$"""[{"name": "dev", "accountId": "{{Dev}}", "setupRoleArn": "arn:aws:iam::{{Dev}}:role/mlops-setup"},"""
        + $$"""{"name": "staging", "accountId": "{{Staging}}", "setupRoleArn": "arn:aws:iam::{{Staging}}:role/mlops-setup", "approval": true, "approvalTimeoutMinutes": 5},"""
        + $$"""{"name": "prod", "accountId": "{{Prod}}", "setupRoleArn": "arn:aws:iam::{{Prod}}:role/mlops-setup", "approval": true}]""";

    private LocalSystem _system = null!;
    private Mailbox _mailbox = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _system = await LocalSystem.StartAsync(
            "--stack",
            "multiaccount",
            "--no-example",
            "--config",
            $"mlops:targets={Targets}"
        );
        _mailbox = await Mailbox.SubscribeAsync(_system);
    }

    [OneTimeTearDown]
    public async Task EndAsync()
    {
        if (_system is not null)
        {
            await _system.DisposeAsync();
        }
    }

    [Test]
    public async Task One_package_goes_through_the_accounts_and_each_approval_says_what_would_change()
    {
        var pipeline = await ProvisionAsync("promoted");

        var staging = await WaitsAsync(pipeline, "DeployStaging");
        Assert.That(await WitnessAsync(pipeline), Is.EqualTo([InService, Asked, Absent]));
        Assert.That(staging.Text, Does.Match(@"^staging \(222222222222\): \d+ added\.\n"));
        Assert.That(staging.Text, Does.Contain("\nadd MLOpsSagemakerEndpoint (AWS::SageMaker::Endpoint)"));
        await DecideAsync(pipeline, "staging", "approve", "load test ok");

        var prod = await WaitsAsync(pipeline, "DeployProd");
        Assert.That(prod.Text, Does.StartWith("prod (333333333333): "));
        Assert.That(await WitnessAsync(pipeline), Is.EqualTo([InService, InService, Asked]));
        await AnswerAsync(pipeline, prod, "Approved");

        Assert.That(await _system.EndedAsync(pipeline), Is.EqualTo("Succeeded"), await _system.StateAsync(pipeline));
        Assert.That(await WitnessAsync(pipeline), Is.EqualTo([InService, InService, InService]));
        var orchestrator = await _system.AwsAsync("sagemaker", "list-endpoints");
        Assert.That(orchestrator["Endpoints"]!.AsArray(), Is.Empty);
        await OnePackageAsync(pipeline);
        var mails = await _mailbox.AboutAsync(pipeline, 3);
        Assert.That(mails, Has.Count.EqualTo(3), "each once");
        Assert.That(mails, Has.One.Contains("before it changes staging (account 222222222222)"));
        Assert.That(mails, Has.One.Contains("before it changes prod (account 333333333333)"));
        Assert.That(mails, Has.One.Contains("has succeeded"));
    }

    [Test]
    public async Task A_rejection_leaves_the_target_alone_and_a_retry_asks_anew_with_a_new_change_set()
    {
        var pipeline = await ProvisionAsync("rejected");
        var first = await WaitsAsync(pipeline, "DeployStaging");
        var before = await ChangeSetAsync(Staging, pipeline);

        await DecideAsync(pipeline, "staging", "reject", "not this week");

        Assert.That(await _system.EndedAsync(pipeline), Is.EqualTo("Failed"));
        Assert.That(await StackAsync(Staging, pipeline), Is.EqualTo("REVIEW_IN_PROGRESS"));
        var retried = await AnswerAsync(
            HttpStatusCode.OK,
            _system.PostAsync($"/pipelines/{pipeline}/stages/staging/retry", new JsonObject())
        );
        Assert.That((string)retried["mode"]!, Is.EqualTo("ALL_ACTIONS"));
        var second = await WaitsAsync(pipeline, "DeployStaging");
        Assert.That(second.Token, Is.Not.EqualTo(first.Token));
        Assert.That(second.Text, Is.EqualTo(first.Text));
        Assert.That(await ChangeSetAsync(Staging, pipeline), Is.Not.EqualTo(before));
    }

    private async Task<string> ProvisionAsync(
        string model,
        string artifact = "model.tar.gz",
        string query = "",
        JsonNode? instances = null
    )
    {
        var request = (JsonObject)
            JsonNode.Parse(await File.ReadAllTextAsync(Repository.Example("byom_realtime_builtin.json")))!;
        request["model_name"] = model;
        request["model_artifact_location"] = $"models/{model}/{artifact}";
        request["inference_instance"] = instances ?? request["inference_instance"]!.DeepClone();
        var answer = await AnswerAsync(HttpStatusCode.OK, _system.PostAsync($"/provisionpipeline{query}", request));
        return (string)answer["pipeline_name"]!;
    }

    /// <summary>Every stage got the same version of the one file that the Orchestrator has put there.</summary>
    private async Task OnePackageAsync(string pipeline)
    {
        var versions = await _system.PackageVersionsAsync(pipeline);
        var execution = (await _system.ExecutionsAsync(pipeline)).Single();
        Assert.That(versions, Is.EqualTo([(string)execution["sourceRevisions"]![0]!["revisionId"]!]));

        var actions = await _system.CodePipelineAsync(
            "ListActionExecutions",
            new JsonObject { ["pipelineName"] = pipeline }
        );
        var files = actions["actionExecutionDetails"]!
            .AsArray()
            .SelectMany(action => action!["input"]!["inputArtifacts"]!.AsArray())
            .Select(artifact => (string)artifact!["s3location"]!["key"]!)
            .ToList();
        Assert.That(files, Has.Count.GreaterThanOrEqualTo(9));
        Assert.That(files.Distinct().ToList(), Has.Count.EqualTo(1));
    }
}
