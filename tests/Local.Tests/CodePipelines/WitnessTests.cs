using System.Diagnostics;
using System.Text.Json.Nodes;
using static Mlops.Local.Tests.CodePipelines.Definitions;

namespace Mlops.Local.Tests.CodePipelines;

/// <summary>Clients that know the service, and not us: the AWS CLI and boto3 check requests and read answers by AWS's own model.</summary>
public sealed class WitnessTests
{
    private const string Script = """
        import boto3, json, sys, time
        client = boto3.client("codepipeline", endpoint_url=sys.argv[1], region_name="us-east-1",
                              aws_access_key_id="AKIATEST", aws_secret_access_key="any")
        definition = json.loads(sys.argv[2])
        name = definition["name"]
        arn = f"arn:aws:codepipeline:us-east-1:123456789012:{name}"
        created = client.create_pipeline(pipeline=definition, tags=[{"key": "mlops:deployment", "value": "mlops-dev"}])
        assert created["pipeline"]["version"] == 1, created
        assert created["tags"] == [{"key": "mlops:deployment", "value": "mlops-dev"}], created
        for _ in range(300):
            execution = client.list_pipeline_executions(pipelineName=name)["pipelineExecutionSummaries"][0]
            if execution["status"] != "InProgress":
                break
            time.sleep(0.1)
        got = client.get_pipeline(name=name)
        assert got["metadata"]["pipelineArn"] == arn, got
        assert abs(got["metadata"]["created"].timestamp() - time.time()) < 60, got
        one = client.get_pipeline_execution(pipelineName=name, pipelineExecutionId=execution["pipelineExecutionId"])
        assert one["pipelineExecution"]["trigger"]["triggerType"] == "CreatePipeline", one
        assert one["pipelineExecution"]["artifactRevisions"][0]["name"] == "Package", one
        actions = client.list_action_executions(pipelineName=name)["actionExecutionDetails"]
        client.tag_resource(resourceArn=arn, tags=[{"key": "a", "value": "b"}])
        client.untag_resource(resourceArn=arn, tagKeys=["mlops:deployment"])
        assert client.list_tags_for_resource(resourceArn=arn)["tags"] == [{"key": "a", "value": "b"}]
        assert name in [p["name"] for page in client.get_paginator("list_pipelines").paginate(
            PaginationConfig={"PageSize": 1}) for p in page["pipelines"]]
        updated = client.update_pipeline(pipeline=got["pipeline"])
        assert updated["pipeline"]["version"] == 2, updated
        try:
            client.create_pipeline(pipeline=definition)
            raise AssertionError("created twice")
        except client.exceptions.PipelineNameInUseException as refused:
            assert name in str(refused)
        try:
            client.retry_stage_execution(pipelineName=name, stageName="Nowhere", retryMode="ALL_ACTIONS",
                                         pipelineExecutionId=execution["pipelineExecutionId"])
            raise AssertionError("retried")
        except client.exceptions.StageNotFoundException:
            pass
        print(json.dumps({"status": execution["status"],
                          "actions": [f"{a['stageName']}/{a['actionName']}: {a['status']}" for a in actions]}))
        """;

    private Bench bench = null!;

    [SetUp]
    public async Task Start()
    {
        bench = await Bench.StartAsync();
        await bench.UploadAsync(("template.yaml", Template), ("pipeline.json", Configuration($"q-{bench.Id}")));
        bench.Functions.On("ok", job => bench.SucceedAsync(job));
    }

    [TearDown]
    public async Task End() => await bench.DisposeAsync();

    [Test]
    public async Task Boto3_creates_watches_tags_and_updates_a_pipeline()
    {
        var definition = Of(bench, ("Deploy", [Lambda("Prepare", 1, "ok"), Deploy(bench, "CREATE_UPDATE", 2)]));

        var said = await RunAsync("python3", ["-c", Script, bench.Endpoint.AbsoluteUri, definition.ToJsonString()]);

        Assert.That(said["status"]!.ToString(), Is.EqualTo("Succeeded"));
        Assert.That(
            said["actions"]!.AsArray().Select(one => one!.ToString()),
            Is.EqualTo(["Deploy/Deploy: Succeeded", "Deploy/Prepare: Succeeded", "Source/Source: Succeeded"])
        );
    }

    [Test]
    public async Task The_aws_command_line_shows_the_state()
    {
        await bench.CreateAsync(
            Of(
                bench,
                ("Deploy", [Lambda("Prepare", 1, "ok"), Approval("Ask", 1)]),
                ("Later", [Lambda("Call", 1, "ok")])
            )
        );
        await Bench.UntilAsync(async () =>
            (await bench.StateAsync())["stageStates"]![1]!["actionStates"]![1]!["latestExecution"]?["token"] is not null
        );

        var state = await RunAsync(
            "aws",
            [
                "codepipeline",
                "get-pipeline-state",
                "--name",
                bench.Pipeline,
                "--endpoint-url",
                bench.Endpoint.AbsoluteUri,
                "--output",
                "json",
            ]
        );

        var stages = state["stageStates"]!.AsArray();
        Assert.That(stages.Select(stage => stage!["stageName"]!.ToString()), Is.EqualTo(["Source", "Deploy", "Later"]));
        Assert.That(stages[0]!["latestExecution"]!["status"]!.ToString(), Is.EqualTo("Succeeded"));
        Assert.That(stages[0]!["actionStates"]![0]!["currentRevision"]!["revisionId"], Is.Not.Null);
        Assert.That(stages[1]!["actionStates"]![1]!["latestExecution"]!["token"]!.ToString(), Has.Length.EqualTo(36));
        Assert.That(stages[2]!["inboundTransitionState"]!["enabled"]!.GetValue<bool>(), Is.True);
    }

    private static async Task<JsonObject> RunAsync(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (
            var (name, value) in new[]
            {
                ("AWS_ACCESS_KEY_ID", "AKIATEST"),
                ("AWS_SECRET_ACCESS_KEY", "any"),
                ("AWS_DEFAULT_REGION", "us-east-1"),
                ("NO_PROXY", "127.0.0.1"),
            }
        )
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            Assert.That(process.ExitCode, Is.Zero, await error);
            return JsonNode.Parse(await output)!.AsObject();
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }
}
