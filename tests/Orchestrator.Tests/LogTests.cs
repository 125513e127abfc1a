using System.Text.Json.Nodes;
using Amazon.Lambda.APIGatewayEvents;
using Mlops.Orchestrator.Tests.Support;
using Mlops.Provisioning.Tests.Fakes;

namespace Mlops.Orchestrator.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class LogTests
{
    private const string Secret = "hunter2";
    private readonly Invoked orchestrator = new();

    [Test]
    public async Task Every_answer_is_one_line_that_says_who_what_and_how_it_went()
    {
        await orchestrator.PostAsync(Invoked.Provision, Deployments.Example("byom_realtime_builtin"));

        Assert.That(
            orchestrator.Lines,
            Is.EqualTo(
                (string[])
                    [
                        """{"timestamp":"2026-11-23T12:00:00+00:00","level":"information","message":"request answered","requestId":"c6af9ac6-7b61-11e6-9a41-93e8deadbeef","lambdaRequestId":"8476a536-e9f4-11e8-9739-2dfe598c3fcd","caller":"arn:aws:iam::123456789012:user/ada","route":"POST /provisionpipeline","status":"200","milliseconds":"0.0","_aws":{"Timestamp":1795435200000,"CloudWatchMetrics":[{"Namespace":"MlopsPulumi","Dimensions":[["Deployment"],["Deployment","Function"]],"Metrics":[{"Name":"Provisioned","Unit":"Count"},{"Name":"Refused","Unit":"Count"},{"Name":"Failed","Unit":"Count"},{"Name":"Duration","Unit":"Milliseconds"}]}]},"Deployment":"mlops-dev","Function":"Orchestrator","Provisioned":1,"Refused":0,"Failed":0,"Duration":0}""",
                    ]
            )
        );
    }

    [Test]
    public async Task Nothing_that_a_request_says_is_logged()
    {
        var example = JsonNode.Parse(Deployments.Example("byom_realtime_builtin"))!.AsObject();
        foreach (var key in example.Select(member => member.Key).Append("password").ToList())
        {
            var request = example.DeepClone().AsObject();
            request[key] = Secret;
            await orchestrator.PostAsync(Invoked.Provision, request.ToJsonString());
            await orchestrator.PostAsync(
                Invoked.Status,
                $$"""{"pipeline_id": "{{Secret}}", "{{key}}": "{{Secret}}"}"""
            );
        }

        await orchestrator.PostAsync(Invoked.Provision, $"{{\"{Secret}");
        await orchestrator.PostAsync($"/provisionpipeline/{Secret}", "{}");
        await orchestrator.HandleAsync(
            new APIGatewayProxyRequest
            {
                HttpMethod = Secret,
                Path = "/\n{\"level\": \"forged\"}",
                QueryStringParameters = new Dictionary<string, string> { ["token"] = Secret },
                Headers = new Dictionary<string, string> { ["Authorization"] = Secret },
            }
        );

        Assert.That(orchestrator.Lines, Has.None.Contains(Secret).And.None.Contains("forged"));
    }

    [Test]
    public async Task Every_line_is_a_JSON_object_with_the_request_id()
    {
        await orchestrator.PostAsync(Invoked.Provision, "no JSON");
        await orchestrator.PostAsync("/nowhere", null);
        orchestrator.Aws.FailAt = 0;
        await orchestrator.PostAsync(Invoked.Provision, Deployments.Example("byom_realtime_builtin"));

        Assert.That(orchestrator.Logged, Has.Count.EqualTo(4));
        Assert.That(orchestrator.Logged.Select(line => (string?)line["requestId"]), Is.All.EqualTo(Invoked.RequestId));
    }

    [Test]
    public async Task Without_a_request_context_the_id_is_Lambdas()
    {
        await orchestrator.HandleAsync(new APIGatewayProxyRequest { HttpMethod = "POST", Path = Invoked.Provision });

        Assert.That((string?)orchestrator.Logged[0]["requestId"], Is.EqualTo(Invoked.LambdaRequestId));
    }
}
