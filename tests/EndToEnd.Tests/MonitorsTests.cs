using System.Net;
using System.Text.Json.Nodes;

namespace Mlops.EndToEnd.Tests;

/// <summary>
/// The four monitors, by their examples, on one system: the baseline job runs, and the schedule looks where its results go.
/// The AWS CLI is the witness.
/// </summary>
[TestFixture]
public sealed class MonitorsTests
{
    private const string Endpoint = "my-endpoint";
    private const string Model = "the-model";
    private const string Bucket = "my-data-bucket";

    private static readonly (string Name, string Image)[] Types =
    [
        ("data_quality", "sagemaker-model-monitor-analyzer"),
        ("model_quality", "sagemaker-model-monitor-analyzer"),
        ("model_bias", "sagemaker-clarify-processing:1.0"),
        ("model_explainability", "sagemaker-clarify-processing:1.0"),
    ];

    [Test]
    public async Task A_baseline_is_made_and_the_schedule_looks_where_it_is()
    {
        await using var system = await LocalSystem.StartAsync(
            "--no-example",
            "--config",
            "mlops:lambdaPackage=managed"
        );
        await PrepareAsync(system);

        foreach (var (name, image) in Types)
        {
            var pipeline = await ProvisionAsync(system, name);
            Assert.That(await system.EndedAsync(pipeline), Is.EqualTo("Succeeded"), await system.StateAsync(pipeline));

            var baseline = await ParametersAsync(system, $"{pipeline}-baseline");
            var job = await JobAsync(system, baseline["BaselineJobName"]);
            var results = $"s3://{baseline["BaselineJobOutputLocation"]}";
            Assert.That((string)job["AppSpecification"]!["ImageUri"]!, Does.EndWith(image));
            Assert.That(
                (string)job["ProcessingOutputConfig"]!["Outputs"]![0]!["S3Output"]!["S3Uri"]!,
                Is.EqualTo(results)
            );
            Assert.That(
                Uris(job),
                Has.Some.EqualTo($"s3://{system.AssetsBucket}/baselines/my-model/training-data.csv")
            );

            var schedule = await ParametersAsync(system, pipeline);
            Assert.That($"s3://{schedule["BaselineJobOutputLocation"]}", Is.EqualTo(results), name);
            var template = (
                await system.AwsAsync("cloudformation", "get-template", "--stack-name", pipeline)
            ).ToJsonString();
            Assert.That(template, Does.Contain("AWS::SageMaker::MonitoringSchedule"));
            Assert.That(
                template,
                Does.Contain(name.EndsWith("quality", StringComparison.Ordinal) ? "constraints.json" : "analysis.json")
            );
        }

        await ClarifyKnowsTheModelAsync(system);
        Assert.That(
            () => system.Process.Output,
            Does.Contain("AWS::SageMaker::MonitoringSchedule (DataQualityMonitorSchedule)")
                .And.Contain("AWS::SageMaker::MonitoringSchedule (ModelQualityMonitorSchedule)")
                .And.Contain("AWS::SageMaker::MonitoringSchedule (ModelBiasMonitorSchedule)")
                .And.Contain("AWS::SageMaker::MonitoringSchedule (ModelExplainabilityMonitorSchedule)")
                .After(10_000, 250),
            "what moto does not carry out is said"
        );
    }

    /// <summary>Of attributions: each file has the model behind the endpoint, and is where the job and the definition look.</summary>
    private static async Task ClarifyKnowsTheModelAsync(LocalSystem system)
    {
        const string pipeline = "mlops-pipeline-my-model-byommodelexplainabilitymonitor";
        var parameters = await ParametersAsync(system, $"{pipeline}-baseline");
        var job = await JobAsync(system, parameters["BaselineJobName"]);
        var results = $"s3://{parameters["BaselineJobOutputLocation"]}";

        Assert.That(Uris(job), Has.Some.EqualTo($"{results}/baseline/analysis_config.json"));
        foreach (var (file, rest) in ((string, string)[])[("baseline", "\"label\":0,"), ("monitor", "")])
        {
            var config = await ReadAsync(system, $"{results}/{file}/analysis_config.json");
            Assert.That(
                config["predictor"]!.ToJsonString(),
                Is.EqualTo(
                    $$"""{"content_type":"text/csv","accept_type":"text/csv",{{rest}}"model_name":"{{Model}}","instance_type":"ml.c5.xlarge","initial_instance_count":1}"""
                )
            );
            Assert.That(config["methods"]!["shap"]!["baseline"]!.ToJsonString(), Is.EqualTo("[[40,0.5,0.5]]"));
        }
    }

    /// <summary>What the user has before: data, a bucket, an endpoint.</summary>
    private static async Task PrepareAsync(LocalSystem system)
    {
        await PutAsync(system, "label,age,prediction,probability\n1,30,1,0.9\n0,50,0,0.2\n");
        await system.AwsAsync("s3api", "create-bucket", "--bucket", Bucket);
        await system.AwsAsync(
            "sagemaker",
            "create-model",
            "--model-name",
            Model,
            "--execution-role-arn",
            "arn:aws:iam::123456789012:role/my-role",
            "--primary-container",
            "Image=123456789012.dkr.ecr.us-east-1.amazonaws.com/my-image:1"
        );
        await system.AwsAsync(
            "sagemaker",
            "create-endpoint-config",
            "--endpoint-config-name",
            "a-configuration",
            "--production-variants",
            $"VariantName=AllTraffic,ModelName={Model},InstanceType=ml.c5.xlarge,InitialInstanceCount=2"
        );
        await system.AwsAsync(
            "sagemaker",
            "create-endpoint",
            "--endpoint-name",
            Endpoint,
            "--endpoint-config-name",
            "a-configuration"
        );
    }

    private static async Task PutAsync(LocalSystem system, string text)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, text);
            await system.AwsAsync(
                "s3api",
                "put-object",
                "--bucket",
                system.AssetsBucket,
                "--key",
                "baselines/my-model/training-data.csv",
                "--body",
                file
            );
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<JsonNode> ReadAsync(LocalSystem system, string uri)
    {
        var (bucket, key) = (uri.Split('/')[2], string.Join('/', uri.Split('/').Skip(3)));
        var file = Path.GetTempFileName();
        try
        {
            await system.AwsAsync("s3api", "get-object", "--bucket", bucket, "--key", key, file);
            return JsonNode.Parse(await File.ReadAllTextAsync(file))!;
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<string> ProvisionAsync(LocalSystem system, string name)
    {
        var type = $"byom_{name}_monitor";
        var folder = Path.Combine(Repository.Root, "blueprints", $"{name.Replace('_', '-')}-monitor", "examples");
        var request = await File.ReadAllTextAsync(Path.Combine(folder, $"{type}.json"));
        using var response = await system.PostAsync("/provisionpipeline", request);
        var answer = (JsonObject)await LocalSystem.JsonAsync(response);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), answer.ToJsonString());
        return (string)answer["pipeline_name"]!;
    }

    private static async Task<Dictionary<string, string>> ParametersAsync(LocalSystem system, string stack)
    {
        var stacks = await system.AwsAsync("cloudformation", "describe-stacks", "--stack-name", stack);
        return stacks["Stacks"]![0]!["Parameters"]!
            .AsArray()
            .ToDictionary(one => (string)one!["ParameterKey"]!, one => (string)one!["ParameterValue"]!);
    }

    private static async Task<JsonNode> JobAsync(LocalSystem system, string prefix)
    {
        var jobs = await system.AwsAsync("sagemaker", "list-processing-jobs", "--name-contains", prefix);
        var name = (string)jobs["ProcessingJobSummaries"]!.AsArray().Single()!["ProcessingJobName"]!;
        Assert.That(name, Does.Match($"^{prefix}-[0-9a-f]{{8}}$"));
        return await system.AwsAsync("sagemaker", "describe-processing-job", "--processing-job-name", name);
    }

    private static IEnumerable<string> Uris(JsonNode job) =>
        job["ProcessingInputs"]!.AsArray().Select(input => (string)input!["S3Input"]!["S3Uri"]!);
}
