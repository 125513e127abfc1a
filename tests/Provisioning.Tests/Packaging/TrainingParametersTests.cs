using System.Text.Json.Nodes;
using Mlops.Provisioning.Packaging;
using Mlops.Provisioning.Requests;
using Mlops.Provisioning.Tests.Fakes;

namespace Mlops.Provisioning.Tests.Packaging;

/// <summary>The contract of the training family: which request gives which parameters, and what is refused.</summary>
public sealed class TrainingParametersTests
{
    private const string Key = "arn:aws:kms:us-east-1:123456789012:key/1234abcd";

    private static readonly string[] Training =
    [
        "AssetsBucket=mlops-dev-assets",
        "KmsKeyArn=",
        "BlueprintBucket=mlops-dev-assets",
        "NotificationsSNSTopicArn=arn:aws:sns:us-east-1:123456789012:mlops-dev",
        "JobName=*",
        "ImageUri=683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:1.7-1",
        "InstanceType=ml.m4.xlarge",
        "JobInstanceCount=1",
        "InstanceVolumeSize=20",
        "JobOutputLocation=training/my-model/output",
        "TrainingData=training/my-model/train.csv",
        "ValidationData=",
        "EncryptInnerTraffic=True",
        "MaxRuntimePerJob=86400",
        "UseSpotInstances=True",
        "MaxWaitTimeForSpotInstances=172800",
        "ContentType=csv",
        "S3DataType=S3Prefix",
        "DataDistribution=FullyReplicated",
        "CompressionType=",
        "DataInputMode=File",
        "DataRecordWrapping=",
        "AttributeNames=",
        """AlgoHyperparameteres={"objective":"binary:logistic","eval_metric":"auc","num_round":"100","eta":"0.2"}""",
    ];

    [Test]
    public void Training_gets_the_predecessors_parameters_in_its_order() =>
        Assert.That(Parameters("model-training", "model_training_builtin").Take(Training.Length), Is.EqualTo(Training));

    [Test]
    public void Tuning_gets_those_of_training_and_two_more()
    {
        var parameters = Parameters("model-tuning", "model_tuner_builtin").ToList();

        Assert.That(Names(parameters).Take(24), Is.EqualTo(Names(Training)));
        Assert.That(
            parameters[24..26],
            Is.EqualTo(
                (string[])
                    [
                        """HyperparametersTunerConfig={"Strategy":"Bayesian","ResourceLimits":{"MaxNumberOfTrainingJobs":10,"MaxParallelTrainingJobs":2},"HyperParameterTuningJobObjective":{"Type":"Maximize","MetricName":"validation:auc"},"TrainingJobEarlyStoppingType":"Off"}""",
                        """AlgoHyperparameteresRange={"ParameterRanges":{"ContinuousParameterRanges":[{"Name":"eta","MinValue":"0.1","MaxValue":"0.5","ScalingType":"Auto"}],"IntegerParameterRanges":[{"Name":"max_depth","MinValue":"1","MaxValue":"9","ScalingType":"Auto"}],"CategoricalParameterRanges":[{"Name":"booster","Values":["gbtree","dart"]}]}}""",
                    ]
            )
        );
    }

    [Test]
    public void Autopilot_gets_the_predecessors_parameters_in_its_order() =>
        Assert.That(
            Parameters("autopilot-training", "model_autopilot_training").Take(16),
            Is.EqualTo(
                (string[])
                    [
                        .. Training[..5],
                        "ProblemType=",
                        "AutopilotJobObjective=",
                        "TrainingData=training/my-model/train.csv",
                        "TargetAttribute=churned",
                        "JobOutputLocation=training/my-model/output",
                        "CompressionType=",
                        "AutopilotMaxCandidates=10",
                        "EncryptInnerTraffic=True",
                        "MaxRuntimePerJob=86400",
                        "AutopilotTotalRuntime=2592000",
                        "GenerateDefinitionsOnly=False",
                    ]
            )
        );

    [TestCase("problem_type", "Regression", "MLP034 /problem_type: \"job_objective\" is missing")]
    [TestCase("job_objective", "MSE", "MLP034 /job_objective: \"problem_type\" is missing")]
    [TestCase("total_max_runtime", "3599", "MLP031 /total_max_runtime: ")]
    [TestCase("job_max_candidates", "751", "MLP031 /job_max_candidates: ")]
    public void Autopilot_refuses(string key, string value, string finding)
    {
        var request = Example("autopilot-training", "model_autopilot_training");
        request[key] = value;

        Assert.That(Judged.By(request.ToJsonString()).Findings.Single().ToString(), Does.StartWith(finding));
    }

    [TestCase("model-training", "model_training_builtin", "^my-model-training-[0-9a-f]{8}$")]
    [TestCase("model-tuning", "model_tuner_builtin", "^my-model-tuner-[0-9a-f]{8}$")]
    [TestCase("autopilot-training", "model_autopilot_training", "^my-m-autopilot-[0-9a-f]{8}$")]
    [TestCase("model-training", "model_training_builtin.full", "^my-model-nightly-[0-9a-f]{8}$")]
    [TestCase("model-tuning", "model_tuner_builtin.full", "^my-model-night-[0-9a-f]{8}$")]
    public void Names_of_jobs_start_with_the_clients_or_the_models_and_leave_room_for_the_execution(
        string blueprint,
        string example,
        string pattern
    )
    {
        var name = Value(Example(blueprint, example), "JobName");

        Assert.That(name, Does.Match(pattern));
        Assert.That(
            name.Length + JobName.ExecutionLength,
            Is.LessThanOrEqualTo(blueprint == "model-training" ? 63 : 32)
        );
    }

    [TestCase("algo_hyperparamaters", "{}", "AlgoHyperparameteres", "{}")]
    [TestCase(
        "algo_hyperparamaters",
        """{"a": 1, "b": 0.50, "c": true, "d": "x\"y"}""",
        "AlgoHyperparameteres",
        """{"a":"1","b":"0.50","c":"true","d":"x\u0022y"}"""
    )]
    [TestCase("algo_hyperparamaters", "\"{\\\"a\\\": 1}\"", "AlgoHyperparameteres", """{"a":"1"}""")]
    [TestCase("attribute_names", """["a", "b"]""", "AttributeNames", """["a","b"]""")]
    [TestCase("attribute_names", "\"[\\\"a\\\", \\\"b\\\"]\"", "AttributeNames", """["a","b"]""")]
    [TestCase("attribute_names", "\"\"", "AttributeNames", "")]
    [TestCase("attribute_names", "[]", "AttributeNames", "")]
    [TestCase("use_spot_instances", "false", "UseSpotInstances", "False")]
    [TestCase("encrypt_inner_traffic", "\"fALSE\"", "EncryptInnerTraffic", "False")]
    [TestCase("training_data", "\"s3://mlops-dev-assets/a/\"", "TrainingData", "a")]
    [TestCase("validation_data", "\"a/b/\"", "ValidationData", "a/b")]
    public void A_value_is_passed_on_as_the_template_takes_it(string key, string json, string parameter, string passed)
    {
        var request = Example("model-training", "model_training_builtin");
        request[key] = JsonNode.Parse(json);

        Assert.That(Value(request, parameter), Is.EqualTo(passed));
    }

    [TestCase("ml.m5.xlarge", Key)]
    [TestCase("ml.g4dn.xlarge", "", Description = "local storage refuses a key")]
    public void Volumes_get_the_key_unless_the_type_has_local_storage(string instance, string passed)
    {
        var request = Example("model-training", "model_training_builtin");
        (request["kms_key_arn"], request["instance_type"]) = (Key, instance);

        Assert.That(Value(request, "KmsKeyArn"), Is.EqualTo(Key));
        Assert.That(Value(request, "VolumeKmsKeyArn"), Is.EqualTo(passed));
    }

    [TestCase(
        "model_framework",
        "\"pytorch\"",
        "MLP025 /model_framework: The image of \"pytorch\" depends on more than its version. Name the image itself: \"custom_image_uri\" (AWS Deep Learning Containers lists them)."
    )]
    [TestCase("algo_hyperparamaters", "{\"a\": [1]}", "MLP015 /algo_hyperparamaters/a: ")]
    [TestCase("algo_hyperparamaters", "[]", "MLP015 /algo_hyperparamaters: ")]
    [TestCase("algo_hyperparamaters", "\"{\"", "MLP015 /algo_hyperparamaters: ")]
    [TestCase("attribute_names", "[\"a\", null]", "MLP015 /attribute_names/1: ")]
    [TestCase("attribute_names", "\"a,b\"", "MLP015 /attribute_names: ")]
    [TestCase("attribute_names", "{\"a\": 1}", "MLP015 /attribute_names: ")]
    [TestCase("instance_count", "0", "MLP031 /instance_count: ")]
    [TestCase("max_runtime_per_job", "599", "MLP031 /max_runtime_per_job: ")]
    [TestCase(
        "max_runtime_per_job",
        "200000",
        "MLP034 /max_runtime_per_job: \"max_runtime_per_job\", 200000, is more than \"max_wait_time_spot_instances\", 172800 where \"use_spot_instances\" is \"True\": the wait for spot capacity counts together with the training."
    )]
    [TestCase("max_wait_time_spot_instances", "3600", "MLP034 /max_wait_time_spot_instances: ")]
    [TestCase("tuner_configs", "{\"max_jobs\": 1}", "MLP011 /tuner_configs/objective_metric_name: ")]
    [TestCase("tuner_configs", "{\"objective_metric_name\": \"a\", \"max_job\": 1}", "MLP017 /tuner_configs/max_job: ")]
    [TestCase(
        "tuner_configs",
        "{\"objective_metric_name\": \"a\", \"max_jobs\": 0}",
        "MLP031 /tuner_configs/max_jobs: "
    )]
    [TestCase(
        "tuner_configs",
        "{\"objective_metric_name\": \"a\", \"strategy\": \"bayesian\"}",
        "MLP017 /tuner_configs/strategy: "
    )]
    [TestCase(
        "tuner_configs",
        "{\"objective_metric_name\": \"a\", \"max_jobs\": 2, \"max_parallel_jobs\": 3}",
        "MLP034 /tuner_configs/max_parallel_jobs: "
    )]
    [TestCase(
        "tuner_configs",
        "{\"objective_metric_name\": \"a\", \"metric_definitions\": [{\"Name\": \"a\"}]}",
        "MLP015 /tuner_configs/metric_definitions: "
    )]
    [TestCase("hyperparamaters_ranges", "{}", "MLP015 /hyperparamaters_ranges: ")]
    [TestCase("hyperparamaters_ranges", "{\"a\": [\"continous\", [0, 1]]}", "MLP017 /hyperparamaters_ranges/a/0: ")]
    [TestCase("hyperparamaters_ranges", "{\"a\": [\"integer\", [0.5, 1]]}", "MLP015 /hyperparamaters_ranges/a/1: ")]
    [TestCase("hyperparamaters_ranges", "{\"a\": [\"integer\", [2, 1]]}", "MLP015 /hyperparamaters_ranges/a/1: ")]
    [TestCase("hyperparamaters_ranges", "{\"a\": [\"categorical\", []]}", "MLP015 /hyperparamaters_ranges/a/1: ")]
    [TestCase("hyperparamaters_ranges", "{\"a\": \"integer\"}", "MLP015 /hyperparamaters_ranges/a: ")]
    public void Refuses(string key, string json, string finding)
    {
        var tuning = key is "tuner_configs" or "hyperparamaters_ranges";
        var request = tuning
            ? Example("model-tuning", "model_tuner_builtin")
            : Example("model-training", "model_training_builtin");
        request[key] = JsonNode.Parse(json);

        var findings = Judged.By(request.ToJsonString()).Findings;

        Assert.That(findings, Has.Count.EqualTo(1));
        Assert.That(findings[0].ToString(), Does.StartWith(finding));
    }

    [Test]
    public void Without_spot_capacity_nothing_is_waited_for()
    {
        var request = Example("model-training", "model_training_builtin");
        (request["use_spot_instances"], request["max_runtime_per_job"]) = (false, 200_000);

        Assert.That(Judged.By(request.ToJsonString()).Findings, Is.Empty);
    }

    [Test]
    public void Metrics_of_an_image_are_passed_on_beside_the_configuration()
    {
        var request = Example("model-tuning", "model_tuner_builtin");
        request["tuner_configs"]!["metric_definitions"] = JsonNode.Parse("""[{"Name": "m", "Regex": "m=(.*)"}]""");

        Assert.That(Value(request, "MetricDefinitions"), Is.EqualTo("""[{"Name":"m","Regex":"m=(.*)"}]"""));
    }

    [Test]
    public void A_hyperparameter_that_is_tuned_is_not_fixed_as_well()
    {
        var request = Example("model-tuning", "model_tuner_builtin");
        request["algo_hyperparamaters"] = JsonNode.Parse("""{"eta": 0.3, "num_round": 100}""");
        request["hyperparamaters_ranges"] = JsonNode.Parse("""{"eta": ["continuous", [0.1, 0.5]]}""");

        Assert.That(Value(request, "AlgoHyperparameteres"), Is.EqualTo("""{"num_round":"100"}"""));
    }

    private static IEnumerable<string> Names(IEnumerable<string> parameters) =>
        parameters.Select(parameter => parameter.Split('=')[0]);

    private static IEnumerable<string> Parameters(string blueprint, string example) =>
        Map(Example(blueprint, example))
            .Parts.Single()
            .Parameters.Select(parameter => $"{parameter.Key}={(parameter.Key == "JobName" ? "*" : parameter.Value)}");

    private static string Value(JsonObject request, string parameter) => Map(request).Value(parameter);

    private static MappedTarget Map(JsonObject request)
    {
        var judged = Judged.By(request.ToJsonString());
        Assert.That(judged.Findings, Is.Empty);
        return ParameterMapper.Map(judged.Request!, Deployments.Single()).Single();
    }

    private static JsonObject Example(string blueprint, string name) =>
        JsonNode
            .Parse(File.ReadAllText(Path.Combine(Deployments.BlueprintFolder, blueprint, "examples", $"{name}.json")))!
            .AsObject();
}
