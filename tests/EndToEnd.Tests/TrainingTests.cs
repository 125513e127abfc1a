using System.Net;
using System.Text.Json.Nodes;

namespace Mlops.EndToEnd.Tests;

/// <summary>Training and tuning: what the job gets of the request. The AWS CLI is the witness.</summary>
[TestFixture]
public sealed class TrainingTests
{
    [Test]
    public async Task Jobs_get_what_the_request_asks_for()
    {
        await using var system = await LocalSystem.StartAsync("--no-example");

        await ProvisionAsync(system, Training());
        await ProvisionAsync(system, Tuning());

        var training = await system.AwsAsync("sagemaker", "list-training-jobs");
        var name = Name(training["TrainingJobSummaries"]!, "TrainingJobName");
        Assert.That(name, Does.Match("^nightly-[0-9a-f]{8}-[0-9a-f]{8}$"));
        var job = await system.AwsAsync("sagemaker", "describe-training-job", "--training-job-name", name);
        Assert.That(
            job["HyperParameters"]!.ToJsonString(),
            Is.EqualTo("""{"eta":"0.2","objective":"binary:logistic","note":"it\u0027s \u0022quoted\u0022"}""")
        );
        var channels = job["InputDataConfig"]!.AsArray();
        Assert.That(
            channels.Select(channel =>
                $"{channel!["ChannelName"]} {channel["DataSource"]!["S3DataSource"]!["S3Uri"]} {channel["CompressionType"]}"
            ),
            Is.EqualTo(
                (string[])
                    [
                        $"train s3://{system.AssetsBucket}/data/train.csv Gzip",
                        $"validation s3://{system.AssetsBucket}/data/validation.csv Gzip",
                    ]
            )
        );
        Assert.That((int)job["StoppingCondition"]!["MaxWaitTimeInSeconds"]!, Is.EqualTo(7200));
        Assert.That((bool)job["EnableManagedSpotTraining"]!, Is.True);
        Assert.That((bool)job["EnableInterContainerTrafficEncryption"]!, Is.False);
        Assert.That(
            (string)job["CheckpointConfig"]!["S3Uri"]!,
            Is.EqualTo($"s3://{system.AssetsBucket}/out/{name}/checkpoint")
        );

        var tuning = await system.AwsAsync("sagemaker", "list-hyper-parameter-tuning-jobs");
        var tuner = Name(tuning["HyperParameterTuningJobSummaries"]!, "HyperParameterTuningJobName");
        Assert.That(tuner, Has.Length.LessThanOrEqualTo(32));
        var tuned = await system.AwsAsync(
            "sagemaker",
            "describe-hyper-parameter-tuning-job",
            "--hyper-parameter-tuning-job-name",
            tuner
        );
        var config = tuned["HyperParameterTuningJobConfig"]!;
        Assert.That((int)config["ResourceLimits"]!["MaxNumberOfTrainingJobs"]!, Is.EqualTo(4));
        Assert.That(
            config["ParameterRanges"]!["IntegerParameterRanges"]!.ToJsonString(),
            Is.EqualTo("""[{"Name":"max_depth","MinValue":"1","MaxValue":"9","ScalingType":"Auto"}]""")
        );
        Assert.That((bool?)tuned["TrainingJobDefinition"]!["EnableManagedSpotTraining"], Is.False);
    }

    [Test]
    public async Task Values_that_no_parameter_can_hold_reach_the_job()
    {
        await using var system = await LocalSystem.StartAsync("--no-example");
        var (training, tuning) = (Training(), Tuning());
        // Quoted, and with what only an escape holds, so that a text in a text in a text is tried.
        var parameters = new JsonObject(
            Enumerable
                .Range(0, 20)
                .Select(index => KeyValuePair.Create($"p{index}", (JsonNode?)$"\"ü\\{new string('v', 400)}\""))
        );
        training["algo_hyperparamaters"] = parameters.DeepClone();
        tuning["algo_hyperparamaters"] = parameters.DeepClone();
        tuning["hyperparamaters_ranges"] = new JsonObject(
            Enumerable
                .Range(0, 30)
                .Select(index =>
                    KeyValuePair.Create($"{new string('n', 200)}{index}", JsonNode.Parse("""["integer", [1, 9]]"""))
                )
        );

        await ProvisionAsync(system, training);
        await ProvisionAsync(system, tuning);

        var trained = await system.AwsAsync("sagemaker", "list-training-jobs");
        var job = await system.AwsAsync(
            "sagemaker",
            "describe-training-job",
            "--training-job-name",
            Name(trained["TrainingJobSummaries"]!, "TrainingJobName")
        );
        Assert.That(JsonNode.DeepEquals(job["HyperParameters"], parameters), $"{job["HyperParameters"]}");
        var tuned = await system.AwsAsync("sagemaker", "list-hyper-parameter-tuning-jobs");
        var tuner = await system.AwsAsync(
            "sagemaker",
            "describe-hyper-parameter-tuning-job",
            "--hyper-parameter-tuning-job-name",
            Name(tuned["HyperParameterTuningJobSummaries"]!, "HyperParameterTuningJobName")
        );
        Assert.That(
            tuner["HyperParameterTuningJobConfig"]!["ParameterRanges"]!["IntegerParameterRanges"]!.AsArray(),
            Has.Count.EqualTo(30)
        );
        Assert.That(
            JsonNode.DeepEquals(tuner["TrainingJobDefinition"]!["StaticHyperParameters"], parameters),
            $"{tuner["TrainingJobDefinition"]}"
        );
        var files = await system.AwsAsync(
            "s3api",
            "list-objects-v2",
            "--bucket",
            system.AssetsBucket,
            "--prefix",
            "mlops_request_files/"
        );
        Assert.That(
            files["Contents"]!.AsArray().Select(file => $"{file!["Key"]}".Split('/')[^1]),
            Is.EquivalentTo((string[])["AlgoHyperparameteres.json", "AlgoHyperparameteresRange.json"]),
            "the same hyperparameters are the same file"
        );
    }

    private static JsonObject Training() =>
        new()
        {
            ["pipeline_type"] = "model_training_builtin",
            ["model_name"] = "my-model",
            ["model_framework"] = "xgboost",
            ["model_framework_version"] = "1.7-1",
            ["training_data"] = "data/train.csv",
            ["validation_data"] = "data/validation.csv",
            ["job_output_location"] = "out/",
            ["job_name"] = "nightly",
            ["compression_type"] = "Gzip",
            ["encrypt_inner_traffic"] = "false",
            ["max_runtime_per_job"] = 3600,
            ["max_wait_time_spot_instances"] = "7200",
            ["algo_hyperparamaters"] = new JsonObject
            {
                ["eta"] = 0.2,
                ["objective"] = "binary:logistic",
                ["note"] = "it's \"quoted\"",
            },
        };

    private static JsonObject Tuning()
    {
        var request = Training();
        request.Remove("job_name");
        request["pipeline_type"] = "model_tuner_builtin";
        request["use_spot_instances"] = false;
        request["tuner_configs"] = new JsonObject { ["objective_metric_name"] = "validation:auc", ["max_jobs"] = 4 };
        request["hyperparamaters_ranges"] = new JsonObject
        {
            ["max_depth"] = new JsonArray("integer", new JsonArray(1, 9)),
        };
        return request;
    }

    private static string Name(JsonNode jobs, string member) => (string)jobs.AsArray().Single()![member]!;

    private static async Task ProvisionAsync(LocalSystem system, JsonObject request)
    {
        using var response = await system.PostAsync("/provisionpipeline", request);
        var answer = (JsonObject)await LocalSystem.JsonAsync(response);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), answer.ToJsonString());
        var pipeline = (string)answer["pipeline_name"]!;

        Assert.That(await system.EndedAsync(pipeline), Is.EqualTo("Succeeded"), await system.StateAsync(pipeline));
    }
}
