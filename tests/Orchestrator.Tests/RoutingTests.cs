using System.Text;
using Amazon.Lambda.APIGatewayEvents;
using Mlops.Orchestrator.Tests.Support;
using Mlops.Provisioning.Requests;
using Mlops.Provisioning.Tests.Fakes;

namespace Mlops.Orchestrator.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class RoutingTests
{
    private static readonly string Request = Deployments.Example("byom_realtime_builtin");
    private readonly Invoked orchestrator = new();

    [TestCase("/provisionpipeline")]
    [TestCase("/provisionpipeline/", Description = "a trailing slash makes no difference")]
    public async Task A_request_is_provisioned_by_POST(string path)
    {
        var answer = await new Invoked().PostAsync(path, Request);

        Assert.That(answer.StatusCode, Is.EqualTo(200));
        Assert.That(answer.Headers["Content-Type"], Is.EqualTo("application/json"));
        Assert.That(answer.IsBase64Encoded, Is.False);
        Assert.That(
            answer.Text("message"),
            Is.EqualTo(
                "success: pipeline mlops-pipeline-my-model-byompipelinerealtimebuiltin is created, and its first execution started"
            )
        );
        Assert.That(
            answer.Text("pipeline_id"),
            Is.EqualTo(
                "arn:aws:codepipeline:us-east-1:123456789012:mlops-pipeline-my-model-byompipelinerealtimebuiltin"
            )
        );
    }

    [Test]
    public async Task The_answer_says_what_exactly_was_done()
    {
        var first = await orchestrator.PostAsync(Invoked.Provision, Request);
        orchestrator.Aws.Finish();
        var again = await orchestrator.PostAsync(Invoked.Provision, Request);
        var changed = await orchestrator.PostAsync(
            Invoked.Provision,
            Request.Replace("ml.m5.large", "ml.m5.xlarge", StringComparison.Ordinal)
        );

        Assert.That(Done(first), Is.EqualTo("created True True -"));
        Assert.That(Done(again), Is.EqualTo("none False False -"));
        Assert.That(Done(changed), Is.EqualTo($"none True True {changed.Text("execution_id")}"));
        Assert.That(changed.Text("execution_id"), Is.Not.Null.And.Not.Empty);
    }

    [TestCase("false", 409)]
    [TestCase("true", 200)]
    [TestCase("True", 200)]
    [TestCase("please", 400)]
    public async Task An_execution_that_is_in_the_way_is_ended_by_force_only(string force, int status)
    {
        await orchestrator.PostAsync(Invoked.Provision, Request);
        var settings = Deployments.Single() with
        {
            PipelineRoleArn = "arn:aws:iam::123456789012:role/mlops-orchestrator/other",
        };
        var changed = new Invoked(settings, packages: orchestrator.Aws, pipelines: orchestrator.Aws);
        orchestrator.Aws.Calls.Clear();

        var answer = await changed.PostAsync(
            Invoked.Provision,
            Request,
            query: new Dictionary<string, string> { ["force"] = force }
        );

        Assert.That(answer.StatusCode, Is.EqualTo(status), answer.Body);
        Assert.That(orchestrator.Aws.Writes.Contains("Update"), Is.EqualTo(status == 200));
        if (status == 409)
        {
            Assert.That(
                answer.Text("detailedMessage"),
                Does.EndWith("or end it: mlops provision FILE --force (POST /provisionpipeline?force=true).")
            );
        }
    }

    [Test]
    public async Task The_id_that_a_provision_answers_is_taken_by_the_status()
    {
        var provisioned = await orchestrator.PostAsync(Invoked.Provision, Request);

        var status = await orchestrator.PostAsync(
            Invoked.Status,
            $$"""{"pipeline_id": "{{provisioned.Text("pipeline_id")}}"}"""
        );

        Assert.That(status.StatusCode, Is.EqualTo(200));
        Assert.That(status.Headers["Content-Type"], Is.EqualTo("application/json"));
        Assert.That(status.Text("pipelineName"), Is.EqualTo("mlops-pipeline-my-model-byompipelinerealtimebuiltin"));
    }

    [Test]
    public async Task A_pipeline_that_is_not_there_is_404()
    {
        var answer = await orchestrator.PostAsync(Invoked.Status, """{"pipeline_id": "nobody"}""");

        Assert.That(answer.StatusCode, Is.EqualTo(404));
        Assert.That((string?)answer.Errors()[0]["code"], Is.EqualTo(FindingCodes.PipelineNotFound));
    }

    [TestCase("GET", "/provisionpipeline")]
    [TestCase("GET", "/blueprints/a/b")]
    [TestCase("POST", "/schema")]
    [TestCase("POST", "/")]
    [TestCase("POST", "")]
    [TestCase("POST", "/ProvisionPipeline", Description = "paths are case-sensitive")]
    [TestCase("POST", "/provisionpipeline/more")]
    [TestCase("DELETE", "/pipelines")]
    public async Task Anything_else_is_404_and_says_what_there_is(string method, string path)
    {
        var answer = await orchestrator.HandleAsync(
            new APIGatewayProxyRequest
            {
                HttpMethod = method,
                Path = path,
                Body = Request,
            }
        );

        Assert.That(answer.StatusCode, Is.EqualTo(404));
        Assert.That(
            answer.Text("message"),
            Is.EqualTo(
                $"There is no {method} {path} here; there is POST /provisionpipeline, POST /plan, POST /pipelinestatus, GET /pipelines, GET /pipelines/{{name}}, DELETE /pipelines/{{name}}, POST /pipelines/{{name}}/approval, POST /pipelines/{{name}}/stages/{{stage}}/approval, POST /pipelines/{{name}}/stages/{{stage}}/retry, GET /blueprints, GET /blueprints/{{name}}, GET /schema, GET /openapi.json."
            )
        );
        Assert.That(orchestrator.Aws.Calls, Is.Empty);
    }

    [Test]
    public async Task Behind_a_base_path_of_a_custom_domain_the_resource_decides()
    {
        var answer = await orchestrator.HandleAsync(
            new APIGatewayProxyRequest
            {
                HttpMethod = "POST",
                Resource = "/provisionpipeline",
                Path = "/mlops/v1/provisionpipeline",
                Body = Request,
            }
        );

        Assert.That(answer.StatusCode, Is.EqualTo(200));
    }

    [Test]
    public async Task An_event_with_nothing_in_it_is_400()
    {
        var answer = await orchestrator.HandleAsync(new APIGatewayProxyRequest());

        Assert.That(answer.StatusCode, Is.EqualTo(400));
        Assert.That(
            answer.Text("message"),
            Is.EqualTo("The event is no request of API Gateway: it has no method or no path.")
        );
        Assert.That(answer.Text("requestId"), Is.EqualTo(Invoked.LambdaRequestId));
    }

    [Test]
    public async Task Base64_is_read_when_the_event_says_so()
    {
        var text = Convert.ToBase64String(Encoding.UTF8.GetBytes(Request));

        var answer = await orchestrator.PostAsync(Invoked.Provision, text, base64: true);

        Assert.That(answer.StatusCode, Is.EqualTo(200));
    }

    [TestCase("*")]
    [TestCase("e30")]
    [TestCase("{}")]
    public async Task What_is_not_base64_although_the_event_says_so_is_400(string body)
    {
        var answer = await orchestrator.PostAsync(Invoked.Provision, body, base64: true);

        Assert.That(answer.StatusCode, Is.EqualTo(400));
        Assert.That(answer.Text("message"), Is.EqualTo("The body is not the base64 text that the event says it is."));
    }

    [TestCase(null, false)]
    [TestCase("", false)]
    [TestCase(" \n", false)]
    [TestCase(null, true)]
    [TestCase("", true)]
    public async Task A_missing_body_is_an_empty_request(string? body, bool base64)
    {
        foreach (var path in (string[])[Invoked.Provision, Invoked.Status])
        {
            var answer = await orchestrator.PostAsync(path, body, base64);

            Assert.That(answer.StatusCode, Is.EqualTo(400));
            Assert.That((string?)answer.Errors()[0]["code"], Is.EqualTo(FindingCodes.Empty));
        }
    }

    [Test]
    public async Task A_body_over_the_limit_is_413()
    {
        foreach (var path in (string[])[Invoked.Provision, Invoked.Status])
        {
            var answer = await orchestrator.PostAsync(path, new string(' ', PipelineRequest.SizeLimit + 1));

            Assert.That(answer.StatusCode, Is.EqualTo(413));
            Assert.That((string?)answer.Errors()[0]["code"], Is.EqualTo(FindingCodes.TooLarge));
        }
    }

    private static string Done(APIGatewayProxyResponse answer)
    {
        var json = answer.Json();
        return $"{json["pipeline_change"]} {(bool)json["package_changed"]!} {(bool)json["execution_started"]!} {json["execution_id"]?.ToString() ?? "-"}";
    }
}
