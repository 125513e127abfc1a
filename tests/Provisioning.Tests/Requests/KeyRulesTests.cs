using Mlops.Provisioning.Blueprints;
using Mlops.Provisioning.Requests;
using Mlops.Provisioning.Tests.Fakes;

namespace Mlops.Provisioning.Tests.Requests;

/// <summary>What the keys of the real-time blueprint ask of each other.</summary>
public sealed class KeyRulesTests
{
    private const string Scaling = "\"scaling_max_instances\": 4, \"scaling_invocations_per_instance\": 500";

    /// <summary>Options, where the one finding is, and its message.</summary>
    private static readonly (string Options, string Pointer, string Message)[] Cases =
    [
        (
            "\"scaling_min_instances\": 2",
            "/scaling_min_instances",
            "\"scaling_max_instances\" is missing where \"scaling_min_instances\" is given: it switches scaling on."
        ),
        (
            "\"scaling_in_cooldown_seconds\": 2",
            "/scaling_in_cooldown_seconds",
            "\"scaling_max_instances\" is missing where \"scaling_in_cooldown_seconds\" is given: it switches scaling on."
        ),
        (
            "\"scaling_out_cooldown_seconds\": 2",
            "/scaling_out_cooldown_seconds",
            "\"scaling_max_instances\" is missing where \"scaling_out_cooldown_seconds\" is given: it switches scaling on."
        ),
        (
            "\"scaling_invocations_per_instance\": 2",
            "/scaling_invocations_per_instance",
            "\"scaling_max_instances\" is missing where \"scaling_invocations_per_instance\" is given: it switches scaling on."
        ),
        (
            "\"scaling_max_instances\": 2",
            "/scaling_max_instances",
            "\"scaling_invocations_per_instance\" is missing where \"scaling_max_instances\" is given: no other figure fits every model."
        ),
        (
            $"{Scaling}, \"scaling_min_instances\": 5",
            "/scaling_min_instances",
            "\"scaling_min_instances\", 5, is more than \"scaling_max_instances\", 4 where \"scaling_max_instances\" is given: there can be no such count."
        ),
        (
            $"{Scaling}, \"instance_count\": \"5\"",
            "/instance_count",
            "\"instance_count\", 5, is more than \"scaling_max_instances\", 4 where \"instance_count\" is given and \"scaling_max_instances\" is given: scaling would change it at once."
        ),
        (
            $"{Scaling}, \"instance_count\": 2, \"scaling_min_instances\": 3",
            "/scaling_min_instances",
            "\"scaling_min_instances\", 3, is more than \"instance_count\", 2 where \"instance_count\" is given and \"scaling_max_instances\" is given: scaling would change it at once."
        ),
        (
            "\"subnet_ids\": \"subnet-12345678\"",
            "/subnet_ids",
            "\"security_group_ids\" is missing where \"subnet_ids\" is given: SageMaker takes both or none."
        ),
        (
            "\"security_group_ids\": \"sg-12345678\"",
            "/security_group_ids",
            "\"subnet_ids\" is missing where \"security_group_ids\" is given: SageMaker takes both or none."
        ),
        (
            "\"update_canary_percent\": 20",
            "/update_canary_percent",
            "\"update_strategy\" is \"all_at_once\" instead of \"canary\" where \"update_canary_percent\" is given: other strategies have no canary."
        ),
        (
            "\"update_linear_step_percent\": 20, \"update_strategy\": \"canary\", \"instance_count\": 2",
            "/update_strategy",
            "\"update_strategy\" is \"canary\" instead of \"linear\" where \"update_linear_step_percent\" is given: other strategies have no steps."
        ),
        (
            "\"update_strategy\": \"linear\"",
            "/update_strategy",
            "\"instance_count\" is 1, less than 2 where \"update_strategy\" is \"linear\": traffic moves with at most half of the instances at a time."
        ),
        (
            $"\"update_strategy\": \"canary\", \"instance_count\": 2, {Scaling}",
            "/update_strategy",
            "\"scaling_min_instances\" is 1, less than 2 where \"update_strategy\" is \"canary\" and \"scaling_max_instances\" is given: traffic moves with at most half of the instances at a time."
        ),
        (
            "\"update_strategy\": \"canary\", \"instance_count\": 2, \"inference_instance\": \"ml.inf1.xlarge\"",
            "/inference_instance",
            "\"inference_instance\" is \"ml.inf1.xlarge\" where \"update_strategy\" is \"canary\": SageMaker moves traffic of Inf1 instances all at once and watches no alarms."
        ),
        (
            "\"update_rollback_alarms\": \"mine\", \"inference_instance\": \"ml.inf1.xlarge\"",
            "/inference_instance",
            "\"inference_instance\" is \"ml.inf1.xlarge\" where \"update_rollback_alarms\" is given: SageMaker moves traffic of Inf1 instances all at once and watches no alarms."
        ),
        (
            "\"endpoint_alarms\": \"rollback\", \"endpoint_name\": \"mine\", \"inference_instance\": \"ml.inf1.xlarge\"",
            "/inference_instance",
            "\"inference_instance\" is \"ml.inf1.xlarge\" where \"endpoint_alarms\" is \"rollback\": SageMaker moves traffic of Inf1 instances all at once and watches no alarms."
        ),
        (
            "\"update_timeout_seconds\": 600, \"update_wait_seconds\": 700",
            "/update_wait_seconds",
            "\"update_wait_seconds\", 700, is more than \"update_timeout_seconds\", 600 where \"update_timeout_seconds\" is given: the time limit is for all waits together."
        ),
        (
            "\"update_timeout_seconds\": 600, \"update_termination_wait_seconds\": 700",
            "/update_termination_wait_seconds",
            "\"update_termination_wait_seconds\", 700, is more than \"update_timeout_seconds\", 600 where \"update_timeout_seconds\" is given: the time limit is for all waits together."
        ),
        (
            "\"endpoint_alarms\": \"notify\"",
            "/endpoint_alarms",
            "\"endpoint_name\" is missing where \"endpoint_alarms\" is \"notify\": the alarms are made before the endpoint, so they have to know its name."
        ),
        (
            "\"alarm_5xx_errors\": 3",
            "/alarm_5xx_errors",
            "\"endpoint_alarms\" is \"off\" instead of \"notify\" or \"rollback\" where \"alarm_5xx_errors\" is given: there is no alarm without it."
        ),
        (
            "\"alarm_model_latency_milliseconds\": 3",
            "/alarm_model_latency_milliseconds",
            "\"endpoint_alarms\" is \"off\" instead of \"notify\" or \"rollback\" where \"alarm_model_latency_milliseconds\" is given: there is no alarm without it."
        ),
        (
            "\"alarm_overhead_latency_milliseconds\": 3",
            "/alarm_overhead_latency_milliseconds",
            "\"endpoint_alarms\" is \"off\" instead of \"notify\" or \"rollback\" where \"alarm_overhead_latency_milliseconds\" is given: there is no alarm without it."
        ),
        (
            "\"endpoint_alarms\": \"rollback\", \"endpoint_name\": \"mine\", \"update_rollback_alarms\": \"a,b,c,d,e,f,g,h,i\"",
            "/update_rollback_alarms",
            "\"update_rollback_alarms\" has 9 items, more than 8 where \"endpoint_alarms\" is \"rollback\": SageMaker takes 10, and two are the endpoint's own."
        ),
        (
            "\"inference_api_log_kms_key_arn\": \"arn:aws:kms:us-east-1:123456789012:key/1\", \"inference_api_logging\": false",
            "/inference_api_logging",
            "\"inference_api_logging\" is \"False\" instead of \"True\" where \"inference_api_log_kms_key_arn\" is given: there is no log without it."
        ),
    ];

    private static IEnumerable<TestCaseData> Broken() =>
        Cases.Select(one => new TestCaseData(one.Options, one.Pointer, one.Message).SetArgDisplayNames(one.Options));

    [TestCaseSource(nameof(Broken))]
    public void A_request_that_contradicts_itself_is_the_one_finding(string options, string pointer, string message)
    {
        var findings = Judged.By(With(options)).Findings;

        Assert.That(
            findings.Select(finding => (finding.Code, finding.Pointer, finding.Message)),
            Is.EqualTo([(FindingCodes.Contradiction, pointer, message)])
        );
        Assert.That(findings[0].Line, Is.EqualTo(2));
    }

    [Test]
    public void Every_rule_has_a_case()
    {
        var rules = BlueprintCatalog
            .Open(Deployments.BlueprintFolder)
            .Find("byom_realtime_builtin")!
            .Value.Blueprint.Manifest.Rules;

        foreach (var rule in rules)
        {
            Assert.That(
                Cases.Count(one =>
                    one.Message.Contains(rule.Because, StringComparison.Ordinal)
                    && one.Message.Contains($"\"{rule.Then.Key}\"", StringComparison.Ordinal)
                    && rule.When.All(when => one.Message.Contains($"\"{when.Key}\" is ", StringComparison.Ordinal))
                ),
                Is.Positive,
                $"{rule.Then.Key}: {rule.Because}"
            );
        }
    }

    [TestCase(
        "\"subnet_ids\": \"subnet-12345678\"",
        "Add \"security_group_ids\", for example \"sg-0123456789abcdef0\", or leave out \"subnet_ids\"."
    )]
    [TestCase(
        "\"update_strategy\": \"canary\"",
        "Give \"instance_count\": 2 or more, or leave out \"update_strategy\"."
    )]
    [TestCase(
        $"{Scaling}, \"scaling_min_instances\": 5",
        "Make \"scaling_min_instances\" smaller or \"scaling_max_instances\" larger, or leave out \"scaling_max_instances\"."
    )]
    public void The_way_out_names_both_keys(string options, string remedy) =>
        Assert.That(Judged.By(With(options)).Findings.Single().Remedy, Is.EqualTo(remedy));

    [Test]
    public void A_value_that_is_wrong_by_itself_is_the_only_finding()
    {
        var findings = Judged
            .By(With("\"subnet_ids\": \"subnet-12345678\", \"security_group_ids\": \"mine\""))
            .Findings;

        Assert.That(findings.Select(finding => finding.Code), Is.EqualTo([FindingCodes.Pattern]));
    }

    [Test]
    public void A_rule_holds_in_each_target_by_itself()
    {
        const string options = """
            "update_strategy": {"dev": "all_at_once", "staging": "canary", "prod": "canary"},
            "instance_count": {"dev": 1, "staging": "", "prod": 2}
            """;

        var finding = Judged.By(With(options), Deployments.Multi().Scope).Findings.Single();

        Assert.That(
            finding.Message,
            Does.StartWith(
                "\"instance_count\" is 1, less than 2 where \"update_strategy\" is \"canary\" for the target \"staging\":"
            )
        );
    }

    private static string With(string options)
    {
        var example = Deployments.Example("byom_realtime_builtin");
        if (options.Contains("inference_instance", StringComparison.Ordinal))
        {
            example = example.Replace("\"inference_instance\": \"ml.m5.large\",", "", StringComparison.Ordinal);
        }

        return example
            .Replace(
                "  \"model_framework\": \"xgboost\",",
                "  \"custom_image_uri\": \"123456789012.dkr.ecr.us-east-1.amazonaws.com/mine:1\",",
                StringComparison.Ordinal
            )
            .Replace(
                "\"pipeline_type\"",
                $"{options.ReplaceLineEndings(" ")}, \"pipeline_type\"",
                StringComparison.Ordinal
            );
    }
}
