using System.Text.Json.Nodes;
using Mlops.Native.Tests.Support;
using Mlops.Provisioning.Tests.Fakes;

namespace Mlops.Native.Tests;

public sealed class DeploymentFlowBinaryTests
{
    private RecordingAws aws = null!;
    private NativeFunction flow = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        var bootstrap = Packages.Bootstrap(packages => packages.DeploymentFlow);
        aws = await RecordingAws.StartAsync();
        flow = await NativeFunction.StartAsync(bootstrap, aws.Url, Deployments.Environment());
    }

    [OneTimeTearDown]
    public async Task End()
    {
        await (flow?.DisposeAsync() ?? default);
        await (aws?.DisposeAsync() ?? default);
    }

    [TestCase("{}")]
    [TestCase("""{"CodePipeline.job": null}""")]
    [TestCase("""{"CodePipeline.job": {"id": "job-0"}}""", Description = "no data")]
    public async Task An_event_without_a_job_is_an_error_that_says_so(string json)
    {
        var answer = await flow.InvokeAsync(json);

        Assert.That(answer.IsError, Is.True);
        Assert.That((string?)JsonNode.Parse(answer.Body)!["errorType"], Is.EqualTo(nameof(ArgumentException)));
        Assert.That(
            (string?)JsonNode.Parse(answer.Body)!["errorMessage"],
            Does.StartWith("This function answers jobs of CodePipeline; the event has no \"CodePipeline.job\".")
        );
    }

    [TestCase("""{"duty":"Dance","target":"pipeline","stack":"s","parameterFile":"pipeline.json"}""")]
    [TestCase("""{"duty":"Prepare"}""")]
    [TestCase("no JSON")]
    [TestCase(null)]
    public async Task A_job_that_asks_for_no_duty_of_ours_is_answered_with_a_failure(string? parameters)
    {
        var before = aws.Calls.Count;

        var answer = await flow.InvokeAsync(Job("job-1", parameters));

        Assert.That(answer.IsError, Is.False, answer.Body);
        var (target, body) = aws.Calls.Skip(before).Single();
        Assert.That(target, Is.EqualTo("CodePipeline_20150709.PutJobFailureResult"));
        Assert.That((string?)body!["jobId"], Is.EqualTo("job-1"));
        Assert.That((string?)body["failureDetails"]!["type"], Is.EqualTo("JobFailed"));
        Assert.That(
            (string?)body["failureDetails"]!["message"],
            Does.StartWith(
                    "The action's UserParameters are not a JSON object with duty (Prepare, Summarize, Verify, Apply)"
                )
                .And.EndsWith(
                    "Provision the pipeline again to have its definition mended; the config pipeline, by pulumi up."
                )
        );
    }

    private static string Job(string id, string? parameters) =>
        new JsonObject
        {
            ["CodePipeline.job"] = new JsonObject
            {
                ["id"] = id,
                ["accountId"] = "123456789012",
                ["data"] = new JsonObject
                {
                    ["actionConfiguration"] = new JsonObject
                    {
                        ["configuration"] = new JsonObject
                        {
                            ["FunctionName"] = "mlops-dev-deployment-flow",
                            ["UserParameters"] = parameters,
                        },
                    },
                    ["inputArtifacts"] = new JsonArray(),
                    ["outputArtifacts"] = new JsonArray(),
                    ["artifactCredentials"] = new JsonObject
                    {
                        ["accessKeyId"] = "job",
                        ["secretAccessKey"] = "job",
                        ["sessionToken"] = "job",
                    },
                },
            },
        }.ToJsonString();
}
