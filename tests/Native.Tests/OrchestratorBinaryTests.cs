using System.Text.Json.Nodes;
using Mlops.Native.Tests.Support;
using Mlops.Provisioning.Requests;
using Mlops.Provisioning.Tests.Fakes;

namespace Mlops.Native.Tests;

public sealed class OrchestratorBinaryTests
{
    private RecordingAws aws = null!;
    private NativeFunction orchestrator = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        var bootstrap = Packages.Bootstrap(packages => packages.Orchestrator);
        aws = await RecordingAws.StartAsync();
        orchestrator = await NativeFunction.StartAsync(bootstrap, aws.Url, Deployments.Environment());
    }

    [OneTimeTearDown]
    public async Task End()
    {
        await (orchestrator?.DisposeAsync() ?? default);
        await (aws?.DisposeAsync() ?? default);
    }

    [Test]
    public async Task A_wrong_request_is_refused_with_every_finding_and_calls_nothing()
    {
        var answer = await AnswerAsync(
            Event(
                """{"pipeline_type": "byom_realtime_builtin", "model_name": "a b", "inference_instance": "m5.large"}"""
            )
        );

        var problem = JsonNode.Parse((string)answer["body"]!)!;
        Assert.That((int)answer["statusCode"]!, Is.EqualTo(400));
        Assert.That((string?)answer["headers"]!["Content-Type"], Is.EqualTo("application/problem+json"));
        Assert.That(
            problem["errors"]!.AsArray().Select(error => (string?)error!["code"]),
            Is.SupersetOf((string[])[FindingCodes.Name, FindingCodes.InstanceType, FindingCodes.MissingKey])
        );
        Assert.That(aws.Calls, Is.Empty);
    }

    [TestCase("{}")]
    [TestCase(
        """{"resource":null,"path":null,"httpMethod":null,"headers":null,"multiValueHeaders":null,"queryStringParameters":null,"multiValueQueryStringParameters":null,"pathParameters":null,"stageVariables":null,"requestContext":null,"body":null,"isBase64Encoded":false}"""
    )]
    public async Task An_event_with_nothing_in_it_is_answered(string json)
    {
        var answer = await AnswerAsync(json);

        Assert.That((int)answer["statusCode"]!, Is.EqualTo(400));
    }

    [Test]
    public async Task What_is_no_event_is_an_error_and_does_not_end_the_process()
    {
        var error = await orchestrator.InvokeAsync("[1, 2]");
        var answer = await AnswerAsync(Event("{}"));

        Assert.That(error.IsError, Is.True);
        Assert.That((int)answer["statusCode"]!, Is.EqualTo(400));
    }

    [Test]
    public async Task The_log_is_bare_JSON_with_the_request_id()
    {
        await using var fresh = await NativeFunction.StartAsync(
            Packages.Bootstrap(packages => packages.Orchestrator),
            aws.Url,
            Deployments.Environment()
        );

        await fresh.InvokeAsync(Event("no JSON"));
        Assert.That(() => fresh.Lines, Is.Not.Empty.After(5_000, 20));

        var line = JsonNode.Parse(fresh.Lines.Single())!;
        Assert.That((string?)line["message"], Is.EqualTo("request answered"));
        Assert.That((string?)line["requestId"], Is.EqualTo("request-1"));
    }

    [Test]
    public async Task A_line_of_the_log_holds_metrics_as_CloudWatch_takes_them()
    {
        await orchestrator.InvokeAsync(Event("{}"));
        Assert.That(() => orchestrator.Lines, Is.Not.Empty.After(5_000, 20));

        foreach (var line in orchestrator.Lines)
        {
            EmbeddedMetricRules.Hold(line);
        }
    }

    [Test]
    public async Task A_call_of_AWS_is_told_to_the_daemon_beside_the_function()
    {
        using var daemon = new DaemonListener();
        await using var called = await RecordingAws.StartAsync();
        await using var traced = await NativeFunction.StartAsync(
            Packages.Bootstrap(packages => packages.Orchestrator),
            called.Url,
            new Dictionary<string, string?>(Deployments.Environment()) { ["AWS_XRAY_DAEMON_ADDRESS"] = daemon.Address }
        );

        await traced.InvokeAsync(Event("""{"pipeline_id": "mlops-pipeline-p"}""", "/pipelinestatus"));

        var subsegment = await daemon.NextAsync();
        Assert.That((string?)subsegment["name"], Is.EqualTo("CodePipeline"));
        Assert.That((string?)subsegment["aws"]!["operation"], Is.EqualTo("GetPipelineState"));
        Assert.That((string?)subsegment["trace_id"], Is.EqualTo("1-5759e988-bd862e3fe1be46a994272793"));
        Assert.That((string?)subsegment["parent_id"], Is.EqualTo("53995c3f42cd8ad8"));
        Assert.That((string?)subsegment["id"], Does.Match("^[0-9a-f]{16}$"));
    }

    private static string Event(string body, string route = "/provisionpipeline") =>
        new JsonObject
        {
            ["resource"] = route,
            ["path"] = route,
            ["httpMethod"] = "POST",
            ["headers"] = new JsonObject { ["Content-Type"] = "application/json" },
            ["requestContext"] = new JsonObject { ["requestId"] = "request-1" },
            ["body"] = body,
            ["isBase64Encoded"] = false,
        }.ToJsonString();

    private async Task<JsonNode> AnswerAsync(string json)
    {
        var answer = await orchestrator.InvokeAsync(json);
        Assert.That(answer.IsError, Is.False, answer.Body);
        return JsonNode.Parse(answer.Body)!;
    }
}
