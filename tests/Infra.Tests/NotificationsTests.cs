using System.Text.Json.Nodes;
using Mlops.Infra.Tests.Declaring;
using Mlops.Local.Events;
using YamlDotNet.RepresentationModel;

namespace Mlops.Infra.Tests;

/// <summary>Which events make a mail, and what it says. The samples are AWS's, with our names in them.</summary>
[TestFixture, NonParallelizable] // The SDK documents its test mode as serial only.
public sealed class NotificationsTests
{
    private const string MonitorRole =
        "arn:aws:iam::123456789012:role/mlops/mlops-pipeline-churn-byo-MLOpsSagemakerMonitorRol-1ABCDEFGHIJK";

    private Declared _declared = null!;

    [OneTimeSetUp]
    public async Task DeclareAsync() => _declared = await Declared.ByAsync(Declared.Settings);

    [Test]
    public void A_pipeline_that_fails_is_one_mail_with_the_reason_of_its_action()
    {
        JsonObject[] events =
        [
            Pipeline(
                "Action",
                "FAILED",
                "mlops-pipeline-churn-training",
                "JobFailed: AlgorithmError: \"label\" is missing"
            ),
            Pipeline("Stage", "FAILED", "mlops-pipeline-churn-training"),
            Pipeline("Pipeline", "FAILED", "mlops-pipeline-churn-training"),
        ];

        Assert.That(
            events.SelectMany(Mails),
            Is.EqualTo(
                (string[])
                    [
                        """
                        "The pipeline mlops-pipeline-churn-training has failed, in stage Deploy, action Run:"
                        "JobFailed: AlgorithmError: \"label\" is missing"
                        "Execution 0123abcd, account 123456789012, region us-east-1, 2026-11-24T01:00:00Z."
                        "Mend the cause, then retry the stage at the address below, or send the request again."
                        "https://us-east-1.console.aws.amazon.com/codesuite/codepipeline/pipelines/mlops-pipeline-churn-training/view?region=us-east-1"
                        """,
                    ]
            )
        );
    }

    [Test]
    public void A_pipeline_that_succeeds_is_one_mail()
    {
        var mails = new[] { "Action", "Stage", "Pipeline" }
            .SelectMany(what => Mails(Pipeline(what, "SUCCEEDED", "mlops-pipeline-churn-training")))
            .ToList();

        Assert.That(mails, Has.Count.EqualTo(1));
        Assert.That(mails[0], Does.StartWith("\"The pipeline mlops-pipeline-churn-training has succeeded: "));
    }

    [TestCase("Action", "FAILED", "somebody-elses")]
    [TestCase("Pipeline", "SUCCEEDED", "somebody-elses")]
    [TestCase("Action", "STARTED", "mlops-pipeline-churn-training")]
    public void Nothing_is_said_of(string what, string state, string pipeline) =>
        Assert.That(Mails(Pipeline(what, state, pipeline)), Is.Empty);

    [Test]
    public void Violations_are_one_mail_that_says_where_they_are()
    {
        var ended = Job("Completed");
        ended["detail"]!["ExitMessage"] = "CompletedWithViolations: Job completed successfully with 2 violations.";

        Assert.That(
            new[] { Job("InProgress"), ended }.SelectMany(Mails),
            Is.EqualTo(
                (string[])
                    [
                        """
                        "Look at the report of a monitoring job: CompletedWithViolations: Job completed successfully with 2 violations."
                        "Schedule churn-dataquality, endpoint churn. Report: s3://reports/churn/churn-dataquality/2026/11/24/01/constraint_violations.json"
                        "Job data-quality-monitoring-202611240100-0123, account 123456789012, region us-east-1, 2026-11-24T01:00:00Z."
                        "Is it the data that changed, or the model that got worse? Train and deploy again, or mend who calls the endpoint. If it is to stay so, send the monitor's request again with new baseline data."
                        "https://us-east-1.console.aws.amazon.com/sagemaker/home?region=us-east-1#/processing-jobs/data-quality-monitoring-202611240100-0123"
                        """,
                    ]
            )
        );
    }

    [Test]
    public void A_job_that_does_not_say_how_it_ended_is_told_rather_than_kept_quiet() =>
        Assert.That(Mails(Job("Completed")).Count(), Is.EqualTo(1));

    [Test]
    public void No_violations_are_no_mail()
    {
        var ended = Job("Completed");
        ended["detail"]!["ExitMessage"] = "Completed: Job completed successfully with no violations.";

        Assert.That(Mails(ended), Is.Empty);
    }

    [TestCase("Failed", "InternalServerError: We encountered an internal error.  Please try again.")]
    [TestCase("Stopped", null)]
    public void A_monitoring_job_that_judges_nothing_is_one_mail_with_the_reason(string status, string? reason)
    {
        var ended = Job(status);
        ended["detail"]!["FailureReason"] = reason;

        var mails = Mails(ended).ToList();

        Assert.That(mails, Has.Count.EqualTo(1));
        Assert.That(
            mails[0].Split('\n')[0],
            Is.EqualTo($"\"A monitoring job has not judged its data, it is {status}: {reason}\"")
        );
    }

    [TestCase("arn:aws:iam::123456789012:role/SageMakerPowerUser", "somebody-elses-job", Description = "not ours")]
    [TestCase(
        "arn:aws:iam::123456789012:role/mlops/mlops-pipeline-churn-byo-ExecutionRole-1ABCDEFGHIJK",
        "churn-0123abcd-4567cdef",
        Description = "a baseline, of which its pipeline tells"
    )]
    public void Nothing_is_said_of_a_processing_job_of(string role, string name)
    {
        var failed = Job("Failed");
        failed["detail"]!["RoleArn"] = role;
        failed["detail"]!["ProcessingJobName"] = name;

        Assert.That(Mails(failed), Is.Empty);
    }

    [Test]
    public void A_job_that_only_joins_the_ground_truth_is_told_when_it_fails()
    {
        var (failed, completed) = (Job("Failed"), Job("Completed"));
        failed["detail"]!["ProcessingJobName"] = "groundtruth-merge-202611240100-0123";
        completed["detail"]!["ProcessingJobName"] = "groundtruth-merge-202611240100-0123";

        Assert.That(Mails(failed).Count(), Is.EqualTo(1));
        Assert.That(Mails(completed), Is.Empty);
    }

    [Test]
    public void A_mail_reads_of_the_event_what_it_says_and_no_more()
    {
        foreach (var rule in _declared.OfType("aws-native:events:Rule"))
        {
            if (rule.Json["targets"]![0]!["inputTransformer"] is not { } transformer)
            {
                continue;
            }

            foreach (var (name, _) in transformer["inputPathsMap"]!.AsObject())
            {
                Assert.That(
                    (string)transformer["inputTemplate"]!,
                    Does.Contain($"<{name}>"),
                    () => $"{rule.Urn} reads {name} for nothing"
                );
            }
        }
    }

    [Test]
    public async Task The_operations_page_has_a_row_for_each_rule()
    {
        var page = File.ReadAllText(Path.Combine(Checkout.Path, "docs", "operations.md"));
        foreach (
            var settings in (StackSettings[])
                [Declared.SeveralAccounts, ConfigSourceTests.ByCodeCommit, ConfigSourceTests.ByBucket]
        )
        {
            var declared = await Declared.ByAsync(settings);
            foreach (var rule in declared.OfType("aws-native:events:Rule"))
            {
                Assert.That(page, Does.Contain($"| `…{((string)rule.Json["name"]!)["mlops-dev".Length..]}`"));
            }
        }
    }

    [Test]
    public void Every_monitor_runs_its_jobs_as_a_role_that_the_rules_know()
    {
        var templates = Directory
            .EnumerateFiles(Path.Combine(Checkout.Path, "blueprints"), "*.yaml", SearchOption.AllDirectories)
            .Select(Resources)
            .Where(resources => resources.Values.Any(made => Type(made) == "AWS::SageMaker::MonitoringSchedule"))
            .ToList();

        Assert.That(templates, Is.Not.Empty);
        foreach (var resources in templates)
        {
            var definition = resources.Values.Single(made =>
                Type(made).EndsWith("JobDefinition", StringComparison.Ordinal)
            );
            var role = definition["Properties"]["RoleArn"].ToString()!;

            Assert.That(role, Is.EqualTo("MLOpsSagemakerMonitorRole.Arn"));
            Assert.That(resources[role[..^4]]["Properties"]["Path"].ToString(), Is.EqualTo("/mlops/"));
        }
    }

    private static string Type(YamlNode resource) => resource["Type"].ToString()!;

    private static Dictionary<string, YamlNode> Resources(string template)
    {
        using var text = new StreamReader(template);
        var yaml = new YamlStream();
        yaml.Load(text);
        return ((YamlMappingNode)yaml.Documents[0].RootNode["Resources"]).Children.ToDictionary(
            entry => entry.Key.ToString(),
            entry => entry.Value
        );
    }

    /// <summary>What the declared rules make of an event.</summary>
    private IEnumerable<string> Mails(JsonObject @event) =>
        from rule in _declared.OfType("aws-native:events:Rule").Select(rule => rule.Json)
        where EventPattern.Parse(rule["eventPattern"]!.ToJsonString()).Matches(@event)
        let transformer = rule["targets"]![0]!["inputTransformer"]
        where transformer is not null
        let paths = transformer["inputPathsMap"]!.AsObject().ToDictionary(path => path.Key, path => $"{path.Value}")
        select InputTransformer
            .Parse(paths, $"{transformer["inputTemplate"]}")
            .Transform(@event, $"{rule["name"]}", "", DateTimeOffset.UnixEpoch);

    private static JsonObject Event(string source, string detailType, JsonObject detail) =>
        new()
        {
            ["version"] = "0",
            ["id"] = "0a15f67d-aa23-0123-0123-01a23w89r01t",
            ["detail-type"] = detailType,
            ["source"] = source,
            ["account"] = "123456789012",
            ["time"] = "2026-11-24T01:00:00Z",
            ["region"] = "us-east-1",
            ["resources"] = new JsonArray(),
            ["detail"] = detail,
        };

    private static JsonObject Pipeline(string what, string state, string name, string? reason = null)
    {
        var detail = new JsonObject
        {
            ["pipeline"] = name,
            ["execution-id"] = "0123abcd",
            ["state"] = state,
            ["version"] = 1.0,
        };
        if (what != "Pipeline")
        {
            detail["stage"] = "Deploy";
        }

        if (what == "Action")
        {
            detail["action"] = "Run";
            detail["execution-result"] = new JsonObject { ["external-execution-summary"] = reason };
        }

        return Event("aws.codepipeline", $"CodePipeline {what} Execution State Change", detail);
    }

    private static JsonObject Job(string status) =>
        Event(
            "aws.sagemaker",
            "SageMaker Processing Job State Change",
            new JsonObject
            {
                ["ProcessingOutputConfig"] = new JsonObject
                {
                    ["Outputs"] = new JsonArray(
                        new JsonObject
                        {
                            ["OutputName"] = "monitoring_output",
                            ["S3Output"] = new JsonObject
                            {
                                ["S3Uri"] = "s3://reports/churn/churn-dataquality/2026/11/24/01",
                                ["LocalPath"] = "/opt/ml/processing/output",
                                ["S3UploadMode"] = "CONTINUOUS",
                            },
                        }
                    ),
                },
                ["ProcessingJobName"] = "data-quality-monitoring-202611240100-0123",
                ["Environment"] = new JsonObject
                {
                    ["sagemaker_endpoint_name"] = "churn",
                    ["sagemaker_monitoring_schedule_name"] = "churn-dataquality",
                },
                ["RoleArn"] = MonitorRole,
                ["ProcessingJobStatus"] = status,
            }
        );
}
