using System.Text.Json.Nodes;
using Mlops.Infra.Operations;
using Mlops.Provisioning;
using Pulumi;

namespace Mlops.Infra.Components;

/// <summary>What a caller may choose about the <see cref="MonitorNotifications"/>.</summary>
public sealed record MonitorNotificationsArgs
{
    /// <summary>The account of the monitors.</summary>
    public required OrchestratorAccount Account { get; init; }

    /// <summary>ARN of the topic that is told.</summary>
    public required Input<string> TopicArn { get; init; }

    /// <summary>Keeps what could not be told.</summary>
    public required DeadLetters DeadLetters { get; init; }

    /// <summary>The bus that takes what other accounts send; null: the default one, for monitors of this account.</summary>
    public TargetEvents? Bus { get; init; }
}

/// <summary>
/// Tells the topic what the jobs of our monitoring schedules come to: violations, or a failure. No pipeline runs when they do,
/// so nobody else would tell.
/// </summary>
/// <remarks>
/// A scheduled job is a processing job, and that is what it is known by: the event of the schedule itself
/// (<c>SageMaker Monitoring Schedule State Change</c>) has no documented fields. Ours are those that run as the role of one
/// of our schedules; baseline jobs have another role, and their pipeline tells of them. SageMaker sends several events on
/// the way of a job: only its end matches.
/// </remarks>
public sealed class MonitorNotifications : ComponentResource
{
    private const string Violations = "violations";
    private const string Failed = "failed";

    /// <summary>
    /// The role's ARN: its path, our stacks' prefix and its logical id in the monitors' templates, of both of which
    /// CloudFormation keeps the beginning.
    /// </summary>
    private const string Role = $"arn:*:iam::*:role/mlops/{CloudAccount.PipelinePrefix}*-MLOpsSagemakerMonitor*";

    /// <summary>Makes a rule for each outcome, so that either can be switched off alone.</summary>
    public MonitorNotifications(string name, MonitorNotificationsArgs args, ComponentResourceOptions? options = null)
        : base("mlops:notifications:MonitorNotifications", name, options)
    {
        var (prefix, ofTargets) = (args.Account.Prefix, args.Bus is not null);
        foreach (
            var (word, rule) in ((string, TopicRule)[])
                [(Violations, Violated(prefix, ofTargets)), (Failed, Failure(prefix, ofTargets))]
        )
        {
            (rule with { Bus = args.Bus?.Name }).Declare($"{name}-{word}", this, args.TopicArn, args.DeadLetters);
        }

        RegisterOutputs();
    }

    /// <summary>The rules, which the queue of dead letters has to know before there are any.</summary>
    public static IReadOnlyList<TellingRule> Rules(string prefix, bool ofTargets) =>
        [Rule(prefix, ofTargets, Violations), Rule(prefix, ofTargets, Failed)];

    /// <summary>The end of any job of our schedules: what an account has to send for the rules of another one to tell of it.</summary>
    internal static JsonObject Ends =>
        Pattern(new JsonObject { ["ProcessingJobStatus"] = new JsonArray("Completed", "Failed", "Stopped") });

    private static TellingRule Rule(string prefix, bool ofTargets, string word) =>
        ofTargets
            ? new($"{prefix}-target-{word}", DeploymentNames.TargetEvents(prefix))
            : new($"{prefix}-monitor-{word}");

    /// <summary>
    /// A job says how it went in its exit message (DescribeProcessingJob), which AWS's containers begin with <c>Completed:</c>
    /// or <c>CompletedWithViolations:</c>. AWS's sample of the event has no exit message. Should there be none, it is told too:
    /// better a mail too many than violations that nobody hears of. Jobs that only join the ground truth find nothing.
    /// </summary>
    private static TopicRule Violated(string prefix, bool ofTargets) =>
        new()
        {
            Rule = Rule(prefix, ofTargets, Violations),
            Description = $"A monitoring job of {prefix}{Where(ofTargets)} found violations",
            Pattern = Pattern(
                new JsonObject
                {
                    ["ProcessingJobStatus"] = new JsonArray("Completed"),
                    ["ProcessingJobName"] = new JsonArray(Not("groundtruth-merge-")),
                    ["ExitMessage"] = new JsonArray(Not("Completed:"), new JsonObject { ["exists"] = false }),
                }
            ),
            Paths = Paths("outcome", "$.detail.ExitMessage"),
            Text =
            [
                "Look at the report of a monitoring job: <outcome>",
                "Schedule <schedule>, endpoint <endpoint>. Report: <report>/constraint_violations.json",
                "Job <job>, account <account>, region <region>, <time>.",
                "Is it the data that changed, or the model that got worse? Train and deploy again, or mend who calls the endpoint. If it is to stay so, send the monitor's request again with new baseline data.",
                Address,
            ],
        };

    private static TopicRule Failure(string prefix, bool ofTargets) =>
        new()
        {
            Rule = Rule(prefix, ofTargets, Failed),
            Description = $"A monitoring job of {prefix}{Where(ofTargets)} failed or was stopped",
            Pattern = Pattern(new JsonObject { ["ProcessingJobStatus"] = new JsonArray("Failed", "Stopped") }),
            Paths = Paths("outcome", "$.detail.FailureReason", "status", "$.detail.ProcessingJobStatus"),
            Text =
            [
                "A monitoring job has not judged its data, it is <status>: <outcome>",
                "Schedule <schedule>, endpoint <endpoint>. It would have written to <report>",
                "Job <job>, account <account>, region <region>, <time>.",
                "Logs: group /aws/sagemaker/ProcessingJobs, streams <job>/. A job that is stopped ran into monitor_max_runtime_seconds, or somebody stopped it. The schedule goes on with its next job.",
                Address,
            ],
        };

    private const string Address =
        "https://<region>.console.aws.amazon.com/sagemaker/home?region=<region>#/processing-jobs/<job>";

    private static string Where(bool ofTargets) => ofTargets ? ", in a target," : "";

    private static JsonObject Not(string prefix) => new() { ["anything-but"] = new JsonObject { ["prefix"] = prefix } };

    private static JsonObject Pattern(JsonObject detail)
    {
        detail["RoleArn"] = new JsonArray(new JsonObject { ["wildcard"] = Role });
        return new JsonObject
        {
            ["source"] = new JsonArray("aws.sagemaker"),
            ["detail-type"] = new JsonArray("SageMaker Processing Job State Change"),
            ["detail"] = detail,
        };
    }

    private static InputMap<string> Paths(params string[] more)
    {
        var paths = new InputMap<string>
        {
            { "account", "$.account" },
            { "job", "$.detail.ProcessingJobName" },
            { "region", "$.region" },
            // The service gives both to the job (Model Monitor, "Container Contract Inputs"); the report's path has them, too.
            { "endpoint", "$.detail.Environment.sagemaker_endpoint_name" },
            { "schedule", "$.detail.Environment.sagemaker_monitoring_schedule_name" },
            { "report", "$.detail.ProcessingOutputConfig.Outputs[0].S3Output.S3Uri" },
            { "time", "$.time" },
        };
        foreach (var pair in more.Chunk(2))
        {
            paths.Add(pair[0], pair[1]);
        }

        return paths;
    }
}
