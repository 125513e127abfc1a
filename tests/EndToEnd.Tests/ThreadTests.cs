using System.Net;
using System.Text.Json.Nodes;

namespace Mlops.EndToEnd.Tests;

/// <summary>One request, one model, one endpoint in service: the shipped binaries, the AWS CLI as witness.</summary>
[TestFixture]
public sealed class ThreadTests
{
    private LocalSystem _system = null!;

    [OneTimeSetUp]
    public async Task The_system_runs_with_its_example() => _system = await LocalSystem.StartAsync();

    [OneTimeTearDown]
    public async Task The_system_ends() => await _system.DisposeAsync();

    [Test]
    public async Task A_request_becomes_a_pipeline_that_deploys_an_endpoint_in_service()
    {
        var answer = await ProvisionAsync(Request("thread"));
        var pipeline = (string)answer["pipeline_name"]!;

        var status = await _system.EndedAsync(pipeline);

        Assert.That((string)answer["pipeline_id"]!, Does.EndWith($":123456789012:{pipeline}"));
        Assert.That((string)answer["message"]!, Is.Not.Empty);
        Assert.That(status, Is.EqualTo("Succeeded"));
        var state = await _system.AwsAsync("codepipeline", "get-pipeline-state", "--name", pipeline);
        Assert.That(
            state["stageStates"]!
                .AsArray()
                .Select(stage => $"{stage!["stageName"]} {stage["latestExecution"]!["status"]}"),
            Is.EqualTo(["Source Succeeded", "DeployPipeline Succeeded"])
        );
        Assert.That(
            state["stageStates"]![1]!["actionStates"]!.AsArray().Select(action => (string)action!["actionName"]!),
            Is.EqualTo(["Prepare", "Deploy", "Verify"])
        );
        var endpoints = await _system.AwsAsync("sagemaker", "list-endpoints");
        Assert.That(
            endpoints["Endpoints"]!.AsArray().Select(endpoint => (string)endpoint!["EndpointStatus"]!),
            Is.All.EqualTo("InService").And.Not.Empty
        );
    }

    [Test]
    public async Task The_endpoint_answers_through_the_gateway()
    {
        var pipeline = (string)(await ProvisionAsync(Request("invoked")))["pipeline_name"]!;
        await _system.EndedAsync(pipeline);
        var endpoint = await _system.PhysicalNameAsync(pipeline, "MLOpsSagemakerEndpoint");
        var body = Path.GetTempFileName();

        var answer = await _system.AwsAsync(
            "sagemaker-runtime",
            "invoke-endpoint",
            "--endpoint-name",
            endpoint,
            "--body",
            "MSwyLDM=",
            body
        );

        Assert.That((string?)answer["InvokedProductionVariant"], Is.Not.Null);
        Assert.That(new FileInfo(body).Length, Is.Positive);
        File.Delete(body);
    }

    [Test]
    public async Task Creating_a_pipeline_starts_it_once_and_the_same_request_again_changes_nothing()
    {
        var first = await ProvisionAsync(Request("same"));
        var pipeline = (string)first["pipeline_name"]!;
        await _system.EndedAsync(pipeline);

        var second = await ProvisionAsync(Request("same"));

        Assert.That((string)first["pipeline_change"]!, Is.EqualTo("created"));
        Assert.That((string)second["pipeline_change"]!, Is.EqualTo("none"));
        Assert.That((bool)second["package_changed"]!, Is.False);
        Assert.That((bool)second["execution_started"]!, Is.False);
        Assert.That(await _system.ExecutionsAsync(pipeline), Has.Count.EqualTo(1));
        Assert.That(await _system.PackageVersionsAsync(pipeline), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_changed_request_starts_exactly_one_execution_with_the_version_just_uploaded()
    {
        var pipeline = (string)(await ProvisionAsync(Request("changed")))["pipeline_name"]!;
        await _system.EndedAsync(pipeline);
        var changed = Request("changed");
        changed["inference_instance"] = "ml.m5.xlarge";
        changed["model_artifact_location"] = "models/second/model.tar.gz";

        var answer = await ProvisionAsync(changed);
        var status = await _system.EndedAsync(pipeline);

        Assert.That((bool)answer["package_changed"]!, Is.True);
        Assert.That((bool)answer["execution_started"]!, Is.True);
        Assert.That(status, Is.EqualTo("Succeeded"), await _system.StateAsync(pipeline));
        var executions = await _system.ExecutionsAsync(pipeline);
        Assert.That(executions, Has.Count.EqualTo(2));
        Assert.That(
            (string)executions[0]["sourceRevisions"]![0]!["revisionId"]!,
            Is.EqualTo((await _system.PackageVersionsAsync(pipeline))[0])
        );
        var model = await _system.PhysicalNameAsync(pipeline, "MLOpsSagemakerModel");
        var runs = await _system.AwsAsync("sagemaker", "describe-model", "--model-name", model);
        Assert.That(
            (string)runs["PrimaryContainer"]!["ModelDataUrl"]!,
            Is.EqualTo($"s3://{_system.AssetsBucket}/models/second/model.tar.gz")
        );
    }

    [Test]
    public async Task Success_is_told_to_whoever_listens_to_the_topic_once()
    {
        var mailbox = await Mailbox.SubscribeAsync(_system);

        var pipeline = (string)(await ProvisionAsync(Request("told")))["pipeline_name"]!;
        await _system.EndedAsync(pipeline);
        var mails = await mailbox.AboutAsync(pipeline);

        Assert.That(mails, Has.Count.EqualTo(1));
        Assert.That(mails[0], Does.StartWith($"\"The pipeline {pipeline} has succeeded: "));
    }

    [Test]
    public async Task The_status_route_takes_the_id_and_the_name()
    {
        var answer = await ProvisionAsync(Request("asked"));
        await _system.EndedAsync((string)answer["pipeline_name"]!);

        foreach (var id in new[] { (string)answer["pipeline_id"]!, (string)answer["pipeline_name"]! })
        {
            using var response = await _system.PostAsync("/pipelinestatus", new JsonObject { ["pipeline_id"] = id });
            var state = await LocalSystem.JsonAsync(response);

            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That((string)state["pipelineName"]!, Is.EqualTo((string)answer["pipeline_name"]!));
        }
    }

    [Test]
    public async Task A_custom_image_is_deployed_too()
    {
        var request = JsonNode
            .Parse(await File.ReadAllTextAsync(Repository.Example("byom_realtime_custom.json")))!
            .AsObject();
        request["model_name"] = "own-image";

        var pipeline = (string)(await ProvisionAsync(request))["pipeline_name"]!;

        Assert.That(await _system.EndedAsync(pipeline), Is.EqualTo("Succeeded"));
    }

    [Test]
    public async Task The_command_line_validates_provisions_and_tells_the_status()
    {
        var file = Path.Combine(Path.GetDirectoryName(_system.InfoFile)!, "typed.json");
        await File.WriteAllTextAsync(file, Request("typed").ToJsonString());

        var validated = await _system.MlopsAsync("validate", file);
        var provisioned = await _system.MlopsAsync("provision", file, "--output", "json");
        var pipeline = (string)JsonNode.Parse(provisioned.Output)!["pipeline_name"]!;
        await _system.EndedAsync(pipeline);
        var status = await _system.MlopsAsync("status", pipeline);

        Assert.That(validated.Code, Is.Zero, validated.Errors);
        Assert.That(provisioned.Code, Is.Zero, provisioned.Errors);
        Assert.That(status.Code, Is.Zero, status.Errors);
        Assert.That(status.Output, Does.Contain("DeployPipeline").And.Contain("Succeeded"));
    }

    private static JsonObject Request(string model)
    {
        var request = JsonNode.Parse(File.ReadAllText(Repository.Example("byom_realtime_builtin.json")))!.AsObject();
        request["model_name"] = model;
        request.Remove("endpoint_name");
        return request;
    }

    private async Task<JsonNode> ProvisionAsync(JsonNode request)
    {
        using var response = await _system.PostAsync("/provisionpipeline", request);
        var answer = await LocalSystem.JsonAsync(response);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), answer.ToJsonString());
        return answer;
    }
}
