using System.Text;
using System.Text.Json.Nodes;
using Mlops.Provisioning.Packaging;
using Mlops.Provisioning.Requests;
using Mlops.Provisioning.Tests.Fakes;
using Mlops.Provisioning.Tests.Packaging;

namespace Mlops.Provisioning.Tests.Blueprints;

/// <summary>What monitors are made of a request: parameters by the contract with the predecessor's clients, names, and the two stacks.</summary>
public sealed class MonitorTests
{
    private const string DataQuality = "byom_data_quality_monitor";
    private const string ModelQuality = "byom_model_quality_monitor";

    /// <summary>What the predecessor's templates were given, in its order. The schedule's stack has all but what is the baseline's alone.</summary>
    private static readonly string[] Common =
    [
        "AssetsBucket",
        "KmsKeyArn",
        "BlueprintBucket",
        "BaselineJobName",
        "BaselineOutputBucket",
        "BaselineJobOutputLocation",
        "DataCaptureBucket",
        "DataCaptureLocation",
        "EndpointName",
        "ImageUri",
        "InstanceType",
        "InstanceVolumeSize",
        "BaselineMaxRuntimeSeconds",
        "MonitorMaxRuntimeSeconds",
        "MonitoringOutputLocation",
        "MonitoringScheduleName",
        "ScheduleExpression",
        "BaselineData",
    ];

    private static IEnumerable<TestCaseData> Contract()
    {
        yield return new(DataQuality, Common);
        yield return new(
            "byom_model_bias_monitor",
            Common.Concat([
                "ProblemType",
                "MonitorInferenceAttribute",
                "MonitorProbabilityAttribute",
                "ProbabilityThresholdAttribute",
                "GroundTruthBucket",
                "MonitorGroundTruthInput",
                "ModelPredictedLabelConfig",
                "BiasConfig",
                "FeaturesAttribute",
            ])
        );
        yield return new(
            "byom_model_explainability_monitor",
            Common.Concat([
                "ProblemType",
                "MonitorInferenceAttribute",
                "MonitorProbabilityAttribute",
                "ProbabilityThresholdAttribute",
                "SHAPConfig",
                "ExplainabilityModelScores",
                "FeaturesAttribute",
            ])
        );
        yield return new(
            ModelQuality,
            Common.Concat([
                "BaselineInferenceAttribute",
                "BaselineProbabilityAttribute",
                "BaselineGroundTruthAttribute",
                "ProblemType",
                "MonitorInferenceAttribute",
                "MonitorProbabilityAttribute",
                "ProbabilityThresholdAttribute",
                "GroundTruthBucket",
                "MonitorGroundTruthInput",
            ])
        );
    }

    [TestCaseSource(nameof(Contract))]
    public void The_predecessors_parameters_are_there_in_its_order(string type, IEnumerable<string> expected)
    {
        var order = expected.ToList();
        var parts = Map(Example(type)).Parts;

        Assert.That(order, Is.SubsetOf(parts.SelectMany(part => part.Parameters).Select(one => one.Key)));
        foreach (var part in parts)
        {
            var ofTheirs = part.Parameters.Select(one => one.Key).Where(order.Contains).ToList();
            Assert.That(ofTheirs, Is.EqualTo(ofTheirs.OrderBy(name => order.IndexOf(name))), part.Part.Name);
            Assert.That(part.Parameters.Take(ofTheirs.Count).Select(one => one.Key), Is.EqualTo(ofTheirs));
        }
    }

    [Test]
    public void The_example_gives_these_values()
    {
        var schedule = Map(Example(ModelQuality)).Parts[1];

        Assert.That(schedule.StackName, Is.EqualTo("mlops-pipeline-my-model-byommodelqualitymonitor"));
        Assert.That(
            schedule.Parameters.Select(one => $"{one.Key}={one.Value}"),
            Is.SupersetOf(
                (string[])
                    [
                        "DataCaptureBucket=my-data-bucket",
                        "DataCaptureLocation=my-data-bucket/captured/my-model",
                        "EndpointName=my-endpoint",
                        "ImageUri=156813124566.dkr.ecr.us-east-1.amazonaws.com/sagemaker-model-monitor-analyzer",
                        "InstanceVolumeSize=20",
                        "MonitorMaxRuntimeSeconds=1800",
                        "GroundTruthBucket=my-data-bucket",
                        "ProbabilityThresholdAttribute=0.5",
                        "JobInstanceCount=1",
                    ]
            )
        );
    }

    [Test]
    public void The_schedule_looks_where_its_baseline_is()
    {
        var (baseline, schedule) = Parts(Example(DataQuality));

        Assert.That(baseline["BaselineJobName"], Does.Match("^my-model-dataquality-[0-9a-f]{8}$"));
        Assert.That(
            baseline["BaselineJobOutputLocation"],
            Is.EqualTo($"my-data-bucket/baselines/my-model/{baseline["BaselineJobName"]}")
        );
        foreach (var same in (string[])["BaselineJobName", "BaselineJobOutputLocation"])
        {
            Assert.That(schedule[same], Is.EqualTo(baseline[same]));
        }
    }

    [Test]
    public void The_same_request_has_the_same_names_and_another_baseline_another_folder()
    {
        var (before, schedule) = Parts(Example(DataQuality));
        var (again, _) = Parts(Example(DataQuality));
        var (other, otherSchedule) = Parts(With(DataQuality, "baseline_data", "\"baselines/other.csv\""));

        Assert.That(again, Is.EqualTo(before));
        Assert.That(other["BaselineJobName"], Is.Not.EqualTo(before["BaselineJobName"]));
        Assert.That(
            otherSchedule["MonitoringScheduleName"],
            Is.EqualTo(schedule["MonitoringScheduleName"]),
            "a schedule keeps its name, and so its history"
        );
    }

    [Test]
    public void The_schedule_of_another_endpoint_is_another_schedule() =>
        Assert.That(
            Parts(With(DataQuality, "endpoint_name", "\"other\"")).Schedule["MonitoringScheduleName"],
            Is.Not.EqualTo(Parts(Example(DataQuality)).Schedule["MonitoringScheduleName"])
        );

    [TestCase(DataQuality)]
    [TestCase(ModelQuality)]
    public void Names_fit_however_long_model_and_endpoint_are(string type)
    {
        var request = JsonNode.Parse(Example(type))!;
        request["model_name"] = new string('m', 60);
        request["endpoint_name"] = new string('e', 63);

        var (baseline, schedule) = Parts(request.ToJsonString());

        Assert.That(baseline["BaselineJobName"].Length + JobName.ExecutionLength, Is.LessThanOrEqualTo(63));
        Assert.That(schedule["MonitoringScheduleName"], Has.Length.LessThanOrEqualTo(63));
    }

    [TestCase("\"NOW\"", "data_analysis_start_time", "data_analysis_end_time")]
    [TestCase("\"NOW\", \"data_analysis_start_time\": \"-PT1H\"", "data_analysis_end_time")]
    [TestCase("\"NOW\", \"data_analysis_start_time\": \"-PT1H\", \"data_analysis_end_time\": \"PT0H\"")]
    [TestCase("\"cron(0 0/6 ? * * *)\"")]
    public void A_schedule_of_one_job_needs_to_know_its_data(string expression, params string[] missing)
    {
        var findings = Judged.By(With(DataQuality, "schedule_expression", expression)).Findings;

        Assert.That(
            findings.Select(finding => finding.Message),
            Is.EqualTo(
                missing.Select(key =>
                    $"\"{key}\" is missing where \"schedule_expression\" is \"NOW\": a job that runs once has to be told which data it judges."
                )
            )
        );
    }

    [TestCase("\"rate(1 hour)\"")]
    [TestCase("\"cron(0 * ? *)\"")]
    [TestCase("\"now\"")]
    public void Other_schedules_are_findings(string expression) =>
        Assert.That(
            Judged.By(With(DataQuality, "schedule_expression", expression)).Findings.Single().Pointer,
            Is.EqualTo("/schedule_expression")
        );

    [TestCase("Regression", "monitor_inference_attribute")]
    [TestCase("MulticlassClassification", "monitor_inference_attribute")]
    [TestCase("BinaryClassification", "baseline_probability_attribute")]
    public void What_is_needed_depends_on_what_the_model_predicts(string problem, string needed)
    {
        var request = JsonNode.Parse(Example(ModelQuality))!.AsObject();
        request["problem_type"] = problem;
        request.Remove("monitor_inference_attribute");
        request.Remove("baseline_probability_attribute");

        var message = Judged.By(request.ToJsonString()).Findings.Single().Message;

        Assert.That(message, Does.StartWith($"\"{needed}\" is missing where \"problem_type\" is \"{problem}\""));
    }

    [Test]
    public void A_region_without_the_image_is_said()
    {
        var scope = Deployments.Single().Scope with { Region = "ap-south-2" };

        var finding = Judged.By(Example(DataQuality), scope).Findings.Single();

        Assert.That($"{finding.Code} {finding.Pointer}", Is.EqualTo($"{FindingCodes.FrameworkRegion} /pipeline_type"));
        Assert.That(
            finding.Message,
            Is.EqualTo("AWS has no image \"model-monitor\" in ap-south-2, which this pipeline type runs.")
        );
    }

    [Test]
    public void Each_target_has_its_own_values()
    {
        var settings = Deployments.Multi();
        var request = With(
            DataQuality,
            "endpoint_name",
            """{"dev": "dev-endpoint", "staging": "staging-endpoint", "prod": "Prod-Endpoint"}"""
        );

        var names = ParameterMapper
            .Map(Judged.By(request, settings.Scope).Request!, settings)
            .Select(target => target.Parts[1].Parameters.Single(one => one.Key == "EndpointName").Value);

        Assert.That(names, Is.EqualTo((string[])["dev-endpoint", "staging-endpoint", "prod-endpoint"]));
    }

    [TestCase(DataQuality, "DataQuality", "[\"constraints.json\",\"statistics.json\"]")]
    [TestCase(ModelQuality, "ModelQuality", "[\"constraints.json\"]")]
    [TestCase("byom_model_bias_monitor", "ModelBias", "[\"analysis.json\"]")]
    [TestCase("byom_model_explainability_monitor", "ModelExplainability", "[\"analysis.json\"]")]
    public void The_definition_names_what_the_baseline_job_leaves(string type, string kind, string files)
    {
        var resources = Resources(Example(type), part: 1);
        var definition = resources[$"{kind}JobDefinition"]!["Properties"]!;
        var folder = $"s3://{Parts(Example(type)).Baseline["BaselineJobOutputLocation"]}/";

        Assert.That(definition["JobDefinitionName"], Is.Null, "definitions are immutable");
        Assert.That(
            definition[$"{kind}BaselineConfig"]!.AsObject().Select(one => $"{one.Value!["S3Uri"]}"),
            Is.EqualTo(JsonNode.Parse(files)!.AsArray().Select(file => $"{folder}{file}"))
        );
        Assert.That(
            $"{resources[$"{kind}MonitorSchedule"]!["Properties"]!["MonitoringScheduleConfig"]!["MonitoringType"]}",
            Is.EqualTo(kind)
        );
    }

    [Test]
    public void Instances_network_and_key_reach_the_job_and_the_definition()
    {
        const string key = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
        var request = JsonNode.Parse(Example(DataQuality))!;
        request["instance_count"] = 3;
        request["subnet_ids"] = new JsonArray("subnet-01234567", "subnet-01234568");
        request["security_group_ids"] = "sg-01234567";
        request["kms_key_arn"] = key;

        var job = $"{Resources(request.ToJsonString(), part: 0)["Job"]!["Properties"]!["Definition"]}";
        var definition = Resources(request.ToJsonString(), part: 1)["DataQualityJobDefinition"]!["Properties"]!;

        foreach (var value in (string[])["subnet-01234568", "sg-01234567", key, "States.StringToJson('3')"])
        {
            Assert.That(job.Replace("\\u0027", "'", StringComparison.Ordinal), Does.Contain(value));
        }

        Assert.That(
            definition["NetworkConfig"]!["VpcConfig"]!.ToJsonString(),
            Is.EqualTo("""{"Subnets":["subnet-01234567","subnet-01234568"],"SecurityGroupIds":["sg-01234567"]}""")
        );
        Assert.That(
            definition["JobResources"]!["ClusterConfig"]!.ToJsonString(),
            Is.EqualTo(
                $$"""{"InstanceCount":"3","InstanceType":"ml.m5.large","VolumeSizeInGB":"20","VolumeKmsKeyId":"{{key}}"}"""
            )
        );
    }

    [TestCase("probability_threshold_attribute", "probability_attribute", "probability_threshold_attribute")]
    [TestCase(null, "inference_attribute")]
    public void The_baseline_of_two_classes_is_judged_by_probability_and_threshold_or_by_the_answer(
        string? given,
        params string[] judged
    )
    {
        var request = JsonNode.Parse(Example(ModelQuality))!.AsObject();
        if (given is null)
        {
            request.Remove("probability_threshold_attribute");
        }

        var environment = Resources(request.ToJsonString(), part: 0)["Job"]!["Properties"]!["Definition"]!["States"]![
            "Baseline"
        ]!["Parameters"]!["Environment"]!.AsObject();

        string[] attributes = ["inference_attribute", "probability_attribute", "probability_threshold_attribute"];
        Assert.That(environment.Select(one => one.Key).Intersect(attributes), Is.EqualTo(judged));
    }

    private static string Example(string type)
    {
        var folder = type["byom_".Length..].Replace('_', '-');
        return File.ReadAllText(Path.Combine(Deployments.BlueprintFolder, folder, "examples", $"{type}.json"));
    }

    private static string With(string type, string key, string json)
    {
        var request = JsonNode.Parse(Example(type))!.AsObject();
        request.Remove(key);
        return $"{request.ToJsonString()[..^1]}, \"{key}\": {json}}}";
    }

    private static MappedTarget Map(string request)
    {
        var judged = Judged.By(request);
        Assert.That(judged.Findings, Is.Empty);
        return ParameterMapper.Map(judged.Request!, Deployments.Single()).Single();
    }

    private static (Dictionary<string, string> Baseline, Dictionary<string, string> Schedule) Parts(string request)
    {
        var parts = Map(request).Parts.Select(part => part.Parameters.ToDictionary()).ToList();
        return (parts[0], parts[1]);
    }

    private static JsonObject Resources(string request, int part)
    {
        var plan = Deployments.Planner(Deployments.Single()).Plan(Encoding.UTF8.GetBytes(request), out _)!;
        var mapped = plan.Targets.Single().Parts[part];
        return ResolvedTemplate.Resources(
            TemplatePackageTests.Unzip(plan.Package)[$"{mapped.Part.Name}.yaml"],
            mapped.Parameters.ToDictionary()
        );
    }
}
