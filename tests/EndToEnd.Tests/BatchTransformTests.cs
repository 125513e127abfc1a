using System.Net;
using System.Text.Json.Nodes;

namespace Mlops.EndToEnd.Tests;

/// <summary>A job after the deployment: run, and run again when it is asked for again. The AWS CLI is the witness.</summary>
[TestFixture]
public sealed class BatchTransformTests
{
    [Test]
    public async Task A_transform_job_runs_with_every_request_that_asks_for_it()
    {
        await using var system = await LocalSystem.StartAsync("--no-example");

        var first = await ProvisionAsync(system, Request("nightly"));
        var pipeline = (string)first["pipeline_name"]!;
        var firstEnd = await system.EndedAsync(pipeline);
        var again = await ProvisionAsync(system, Request("nightly"));
        var secondEnd = await system.EndedAsync(pipeline);

        Assert.That(firstEnd, Is.EqualTo("Succeeded"), await system.StateAsync(pipeline));
        Assert.That(secondEnd, Is.EqualTo("Succeeded"), await system.StateAsync(pipeline));
        Assert.That((bool)again["package_changed"]!, Is.False);
        Assert.That((bool)again["execution_started"]!, Is.True, "who asks for a job again gets it again");
        var jobs = (await system.AwsAsync("sagemaker", "list-transform-jobs"))["TransformJobSummaries"]!
            .AsArray()
            .Select(job => (string)job!["TransformJobName"]!)
            .ToList();
        Assert.That(jobs, Has.Count.EqualTo(2).And.Unique);
        Assert.That(jobs, Is.All.Match("^nightly-batch-transform-[0-9a-f]{8}-[0-9a-f]{8}$"));
        var job = await system.AwsAsync("sagemaker", "describe-transform-job", "--transform-job-name", jobs[0]);
        Assert.That(
            (string)job["TransformInput"]!["DataSource"]!["S3DataSource"]!["S3Uri"]!,
            Is.EqualTo("s3://my-data/in/data.csv")
        );
        Assert.That((string)job["TransformOutput"]!["S3OutputPath"]!, Is.EqualTo("s3://my-data/out"));
        Assert.That((int)job["TransformResources"]!["InstanceCount"]!, Is.EqualTo(2));
        Assert.That(
            (string)job["ModelName"]!,
            Is.EqualTo(await system.PhysicalNameAsync(pipeline, "MLOpsSagemakerModel"))
        );
    }

    private static JsonObject Request(string model) =>
        new()
        {
            ["pipeline_type"] = "byom_batch_builtin",
            ["model_name"] = model,
            ["model_framework"] = "xgboost",
            ["model_framework_version"] = "1.7-1",
            ["model_artifact_location"] = "models/my-model/model.tar.gz",
            ["inference_instance"] = "ml.m5.large",
            ["batch_inference_data"] = "s3://my-data/in/data.csv",
            ["batch_job_output_location"] = "my-data/out/",
            ["instance_count"] = 2,
        };

    private static async Task<JsonObject> ProvisionAsync(LocalSystem system, JsonObject request)
    {
        using var response = await system.PostAsync("/provisionpipeline", request);
        var answer = (JsonObject)await LocalSystem.JsonAsync(response);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), answer.ToJsonString());
        return answer;
    }
}
