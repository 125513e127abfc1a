using System.Text;
using System.Text.Json.Nodes;
using Mlops.Provisioning.Tests.Fakes;
using Mlops.Provisioning.Tests.Packaging;

namespace Mlops.Provisioning.Tests.Blueprints;

/// <summary>What the real-time template makes of a request: the packaged template under the packaged parameters.</summary>
public sealed class RealtimeTemplateTests
{
    private const string Endpoint = "MLOpsSagemakerEndpoint";
    private const string Config = "MLOpsSagemakerEndpointConfig";
    private const string Model = "MLOpsSagemakerModel";

    private static string Before =>
        Path.Combine(AppContext.BaseDirectory, "Blueprints", "realtime-inference.defaults.json");

    [Test]
    public void A_request_without_options_makes_what_it_made_before_there_were_any()
    {
        // The template as it was, resolved for this request; its inference API did not log. Since then
        // SageMaker takes the model's role for this account only.
        var before = JsonNode.Parse(File.ReadAllText(Before))!;

        var made = Make(Smallest("\"inference_api_logging\": false"));

        Assert.That(JsonNode.DeepEquals(made, before), Is.True, () => $"{made}");
    }

    [Test]
    public void Left_out_means_the_templates_own_default()
    {
        var (template, parameters) = Package(Smallest(), Deployments.Single());
        var defaults = ResolvedTemplate.Defaults(template);
        string[] ours = ["InferenceApiLogging", "NotificationsTopicArn"];

        Assert.That(
            parameters.Where(parameter =>
                !ours.Contains(parameter.Key)
                && defaults.TryGetValue(parameter.Key, out var otherwise)
                && otherwise != parameter.Value
            ),
            Is.EqualTo(
                new Dictionary<string, string>
                {
                    ["CustomAlgorithmsECRRepoArn"] = "arn:aws:ecr:us-east-1:123456789012:repository/mlops-dev",
                }
            )
        );
    }

    [Test]
    public void Scaling_keeps_its_count_over_updates_and_nothing_else()
    {
        var made = Make(
            Smallest(
                "\"scaling_max_instances\": 4, \"scaling_min_instances\": 2, \"scaling_invocations_per_instance\": 750"
            )
        );

        Assert.That(Text(made, Config, "ProductionVariants", 0, "InitialInstanceCount"), Is.EqualTo("2"));
        Assert.That(Text(made, Endpoint, "RetainAllVariantProperties"), Is.EqualTo("true"));
        Assert.That(
            Json(made, Endpoint, "ExcludeRetainedVariantProperties"),
            Is.EqualTo("""[{"VariantPropertyType":"DataCaptureConfig"},{"VariantPropertyType":"DesiredWeight"}]""")
        );
        Assert.That(Text(made, "EndpointScaling", "MinCapacity"), Is.EqualTo("2"));
        Assert.That(Text(made, "EndpointScaling", "MaxCapacity"), Is.EqualTo("4"));
        Assert.That(
            Json(made, "EndpointScalingPolicy", "TargetTrackingScalingPolicyConfiguration"),
            Is.EqualTo(
                """{"PredefinedMetricSpecification":{"PredefinedMetricType":"SageMakerVariantInvocationsPerInstance"},"TargetValue":"750","ScaleInCooldown":"300","ScaleOutCooldown":"300"}"""
            )
        );
    }

    [Test]
    public void A_count_without_scaling_is_not_kept_for_it_would_be_ignored()
    {
        var made = Make(Smallest("\"instance_count\": \"3\""));

        Assert.That(Text(made, Config, "ProductionVariants", 0, "InitialInstanceCount"), Is.EqualTo("3"));
        Assert.That(made[Endpoint]!["Properties"]!["RetainAllVariantProperties"], Is.Null);
        Assert.That(made["EndpointScaling"], Is.Null);
    }

    [Test]
    public void A_model_in_a_VPC_may_make_network_interfaces_and_only_then()
    {
        var made = Make(
            Smallest(
                "\"subnet_ids\": \"subnet-0123456789abcdef0, subnet-0123456789abcdef1\", \"security_group_ids\": [\"sg-01234567\"], \"network_isolation\": \"true\""
            )
        );

        Assert.That(
            Json(made, Model, "VpcConfig"),
            Is.EqualTo(
                """{"Subnets":["subnet-0123456789abcdef0","subnet-0123456789abcdef1"],"SecurityGroupIds":["sg-01234567"]}"""
            )
        );
        Assert.That(Text(made, Model, "EnableNetworkIsolation"), Is.EqualTo("true"));
        Assert.That($"{made["ExecutionRole"]}", Does.Contain("ec2:CreateNetworkInterface"));
        Assert.That($"{Make(Smallest())["ExecutionRole"]}", Does.Not.Contain("ec2:"));
    }

    [TestCase("byom_realtime_builtin")]
    [TestCase("byom_realtime_builtin.registry")]
    public void Environment_variables_are_in_the_models_container(string example)
    {
        const string variables = """
            "environment_variables": {"WORKERS": 4, "GREETING": "say \"hi\" \\ 100%: {a} # ü 😀 \u2028\nend", "DEBUG": false, "EMPTY": ""}
            """;

        var made = Make(
            Deployments
                .Example(example)
                .Replace("\"model_name\"", $"{variables}, \"model_name\"", StringComparison.Ordinal)
        );

        var environment = made[Model]!["Properties"]!["PrimaryContainer"]!["Environment"]!.AsObject();
        Assert.That(
            environment.Select(one => $"{one.Key}={one.Value}"),
            Is.EqualTo(
                (string[])["DEBUG=false", "EMPTY=", "GREETING=say \"hi\" \\ 100%: {a} # ü 😀 \u2028\nend", "WORKERS=4"]
            )
        );
    }

    [Test]
    public void Data_capture_can_be_less_or_off()
    {
        var less = Make(
            Smallest(
                "\"data_capture_percentage\": 20, \"data_capture_modes\": \"output\", \"data_capture_json_content_types\": \"application/json,application/jsonlines\""
            )
        );
        var off = Make(Smallest("\"data_capture_percentage\": 0"));

        Assert.That(Text(less, Config, "DataCaptureConfig", "InitialSamplingPercentage"), Is.EqualTo("20"));
        Assert.That(
            Json(less, Config, "DataCaptureConfig", "CaptureOptions"),
            Is.EqualTo("""[{"CaptureMode":"Output"}]""")
        );
        Assert.That(
            Json(less, Config, "DataCaptureConfig", "CaptureContentTypeHeader"),
            Is.EqualTo(
                """{"CsvContentTypes":["text/csv"],"JsonContentTypes":["application/json","application/jsonlines"]}"""
            )
        );
        Assert.That(Text(off, Config, "DataCaptureConfig", "EnableCapture"), Is.EqualTo("false"));
    }

    [TestCase(
        "\"update_strategy\": \"canary\", \"instance_count\": 2",
        """{"BlueGreenUpdatePolicy":{"TrafficRoutingConfiguration":{"Type":"CANARY","WaitIntervalInSeconds":"300","CanarySize":{"Type":"CAPACITY_PERCENT","Value":"10"}},"TerminationWaitInSeconds":"0"}}"""
    )]
    [TestCase(
        "\"update_strategy\": \"linear\", \"instance_count\": 4, \"update_linear_step_percent\": 50, \"update_wait_seconds\": 60, \"update_timeout_seconds\": 900",
        """{"BlueGreenUpdatePolicy":{"TrafficRoutingConfiguration":{"Type":"LINEAR","WaitIntervalInSeconds":"60","LinearStepSize":{"Type":"CAPACITY_PERCENT","Value":"50"}},"TerminationWaitInSeconds":"0","MaximumExecutionTimeoutInSeconds":"900"}}"""
    )]
    [TestCase(
        "\"update_termination_wait_seconds\": 120",
        """{"BlueGreenUpdatePolicy":{"TrafficRoutingConfiguration":{"Type":"ALL_AT_ONCE","WaitIntervalInSeconds":"300"},"TerminationWaitInSeconds":"120"}}"""
    )]
    [TestCase(
        "\"update_rollback_alarms\": [\"one\", \"two words\"]",
        """{"BlueGreenUpdatePolicy":{"TrafficRoutingConfiguration":{"Type":"ALL_AT_ONCE","WaitIntervalInSeconds":"300"},"TerminationWaitInSeconds":"0"},"AutoRollbackConfiguration":{"Alarms":[{"AlarmName":"one"},{"AlarmName":"two words"}]}}"""
    )]
    public void An_update_moves_traffic_as_asked(string options, string expected) =>
        Assert.That(Json(Make(Smallest(options)), Endpoint, "DeploymentConfig"), Is.EqualTo(expected));

    [TestCase(8, true)]
    [TestCase(10, false)]
    public void Ten_alarms_roll_an_update_back_the_endpoints_own_among_them(int named, bool own)
    {
        var names = string.Join(',', Enumerable.Range(1, named).Select(number => $"alarm-{number}"));
        var made = Make(
            Smallest(
                $"\"update_rollback_alarms\": \"{names}\", \"endpoint_name\": \"mine\", \"endpoint_alarms\": \"{(own ? "rollback" : "off")}\""
            )
        );

        var alarms = made[Endpoint]!["Properties"]!["DeploymentConfig"]!["AutoRollbackConfiguration"]!["Alarms"]!
            .AsArray()
            .Select(alarm => alarm!["AlarmName"]!.ToJsonString());

        Assert.That(
            alarms,
            Is.EqualTo([
                .. Enumerable.Range(1, named).Select(number => $"\"alarm-{number}\""),
                .. own ? (string[])["""{"Ref":"EndpointErrors"}""", """{"Ref":"EndpointModelLatency"}"""] : [],
            ])
        );
        Assert.That($"{made["ExecutionRole"]}", Does.Contain("cloudwatch:DescribeAlarms"));
    }

    [Test]
    public void Alarms_know_the_endpoint_by_its_given_name_so_that_an_update_can_wait_for_them()
    {
        var made = Make(
            Smallest(
                "\"endpoint_alarms\": \"notify\", \"endpoint_name\": \"mine\", \"alarm_model_latency_milliseconds\": 250"
            )
        );

        foreach (var alarm in (string[])["EndpointErrors", "EndpointModelLatency", "EndpointOverheadLatency"])
        {
            Assert.That(Text(made, alarm, "Dimensions", 0, "Value"), Is.EqualTo("mine"));
            Assert.That(Text(made, alarm, "TreatMissingData"), Is.EqualTo("notBreaching"));
            Assert.That(
                Text(made, alarm, "AlarmActions", 0),
                Is.EqualTo("arn:aws:sns:us-east-1:123456789012:mlops-dev")
            );
        }

        Assert.That(Text(made, "EndpointModelLatency", "Threshold"), Is.EqualTo("250000"), "microseconds");
        Assert.That(made[Endpoint]!["Properties"]!["DeploymentConfig"], Is.Null, "they only tell");
    }

    [Test]
    public void A_dashboard_is_JSON_and_of_this_endpoint()
    {
        var made = Make(Smallest("\"endpoint_dashboard\": true"));

        var body = JsonNode.Parse(
            Text(made, "EndpointDashboardOfStack", "DashboardBody")
                .Replace(
                    "{\n  \"Fn::GetAtt\": \"MLOpsSagemakerEndpoint.EndpointName\"\n}",
                    "mine",
                    StringComparison.Ordinal
                )
        )!;
        Assert.That(body["widgets"]!.AsArray(), Has.Count.EqualTo(4));
        Assert.That((string?)body["widgets"]![0]!["properties"]!["metrics"]![0]![3], Is.EqualTo("mine"));
        Assert.That(Make(Smallest())["EndpointDashboardOfStack"], Is.Null);
    }

    [TestCase(AccountMode.Single, null, true)]
    [TestCase(AccountMode.Single, "false", false)]
    [TestCase(AccountMode.Multi, null, false, Description = "nobody gave API Gateway of a target its role")]
    [TestCase(AccountMode.Multi, "\"True\"", true)]
    public void The_inference_API_logs_where_its_account_can(AccountMode mode, string? asked, bool logs)
    {
        var request = asked is null ? Smallest() : Smallest($"\"inference_api_logging\": {asked}");

        var made = Make(request, mode == AccountMode.Single ? Deployments.Single() : Deployments.Multi());

        Assert.That(made["InferenceApiLogs"] is not null, Is.EqualTo(logs));
        Assert.That(
            made["BYOMInferenceLambdaRestApiDeploymentStageprod413A537C"]!["Properties"]!["AccessLogSetting"]
                is not null,
            Is.EqualTo(logs)
        );
    }

    [Test]
    public void Each_target_gets_its_own_and_the_default_where_its_own_is_empty()
    {
        var request = Deployments.Example("byom_realtime_builtin.production.multi");

        var dev = Make(request, Deployments.Multi(), "dev");
        var prod = Make(request, Deployments.Multi(), "prod");

        Assert.That(Text(dev, Config, "ProductionVariants", 0, "InitialInstanceCount"), Is.EqualTo("1"));
        Assert.That(dev["EndpointScaling"], Is.Null);
        Assert.That(dev[Endpoint]!["Properties"]!["DeploymentConfig"], Is.Null);
        Assert.That(Text(prod, Config, "ProductionVariants", 0, "InitialInstanceCount"), Is.EqualTo("2"));
        Assert.That(Text(prod, "EndpointScaling", "MaxCapacity"), Is.EqualTo("6"));
        Assert.That($"{prod[Endpoint]}", Does.Contain("CANARY"));
    }

    private static string Smallest(string options = "") =>
        options.Length == 0
            ? Deployments.Example("byom_realtime_builtin")
            : Deployments
                .Example("byom_realtime_builtin")
                .Replace("\"model_name\"", $"{options}, \"model_name\"", StringComparison.Ordinal);

    private static JsonObject Make(string request, ProvisioningSettings? settings = null, string? target = null)
    {
        var (template, parameters) = Package(request, settings ?? Deployments.Single(), target);
        return ResolvedTemplate.Resources(template, parameters);
    }

    private static (string Template, Dictionary<string, string> Parameters) Package(
        string request,
        ProvisioningSettings settings,
        string? target = null
    )
    {
        var plan = Deployments.Planner(settings).Plan(Encoding.UTF8.GetBytes(request), out var findings);
        Assert.That(findings, Is.Empty);
        var files = TemplatePackageTests.Unzip(plan!.Package);
        var parameters = JsonNode.Parse(files[$"{target ?? settings.Deployment.Targets[0].Name}.json"])!["Parameters"]!;
        return (
            files["template.yaml"],
            parameters.AsObject().ToDictionary(parameter => parameter.Key, parameter => (string)parameter.Value!)
        );
    }

    private static JsonNode? At(JsonObject made, string id, params object[] path) =>
        path.Aggregate(made[id]!["Properties"], (node, step) => step is int index ? node![index] : node![(string)step]);

    private static string Text(JsonObject made, string id, params object[] path) => (string)At(made, id, path)!;

    private static string Json(JsonObject made, string id, params object[] path) => At(made, id, path)!.ToJsonString();
}
