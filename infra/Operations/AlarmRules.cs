using Mlops.Provisioning.Telemetry;

namespace Mlops.Infra.Operations;

/// <summary>What is watched. docs/operations.md says the same at length; a test holds the names together.</summary>
public static class AlarmRules
{
    private const string Lambda = "AWS/Lambda";

    /// <summary>Every rule of a deployment.</summary>
    public static IReadOnlyList<AlarmRule> Of(WatchedParts parts) =>
        [
            OrchestratorErrors(parts),
            OrchestratorThrottles(parts),
            ApiErrors(parts),
            DeploymentFlowErrors(parts),
            DeploymentFlowFailures(parts),
            DeadLetters(parts),
        ];

    /// <summary>The function turns its own exceptions into answers: what Lambda counts is a crash or a timeout.</summary>
    private static AlarmRule OrchestratorErrors(WatchedParts parts) =>
        new()
        {
            Name = "orchestrator-errors",
            Namespace = Lambda,
            Metric = "Errors",
            Dimensions = [("FunctionName", parts.Orchestrator)],
            Threshold = 1,
            Description =
                $"The Orchestrator function {parts.Orchestrator} crashed, timed out or did not start; callers got a 5xx. See why: "
                + $"{Tail(parts, parts.Orchestrator)}. A request that was cut off may be sent again as it is. "
                + "If it began with an update: pulumi up of the version before.",
        };

    /// <summary>Two periods of three: a build that fires once too often is told to wait, and that is no event.</summary>
    private static AlarmRule OrchestratorThrottles(WatchedParts parts) =>
        new()
        {
            Name = "orchestrator-throttles",
            Namespace = Lambda,
            Metric = "Throttles",
            Dimensions = [("FunctionName", parts.Orchestrator)],
            Threshold = 1,
            PeriodsToAlarm = 2,
            Periods = 3,
            Description =
                $"Lambda refuses to run {parts.Orchestrator}: more calls at once than its reserved concurrency, or than the "
                + "account has left. Callers got a 5xx. See what it may use: "
                + $"aws lambda get-function-concurrency --function-name {parts.Orchestrator} --region {parts.Region}; "
                + $"aws lambda get-account-settings --region {parts.Region}. Raise mlops:reservedConcurrency, or the quota.",
        };

    private static AlarmRule ApiErrors(WatchedParts parts) =>
        new()
        {
            Name = "api-5xx",
            Namespace = "AWS/ApiGateway",
            Metric = "5XXError",
            Dimensions = [("ApiName", parts.Api), ("Stage", parts.Stage)],
            Threshold = 1,
            Description =
                $"The API {parts.Api} answered with 5xx: the Orchestrator has a bug or was refused by AWS, or could not be "
                + $"called. See the reason: {Tail(parts, parts.Orchestrator)}. If there is nothing, see whether API Gateway "
                + $"reached it at all: aws logs tail /aws/apigateway/{parts.Api} --since 1h --region {parts.Region}.",
        };

    private static AlarmRule DeploymentFlowErrors(WatchedParts parts) =>
        new()
        {
            Name = "deployment-flow-errors",
            Namespace = Lambda,
            Metric = "Errors",
            Dimensions = [("FunctionName", parts.DeploymentFlow)],
            Threshold = 1,
            Description =
                $"The function {parts.DeploymentFlow} crashed, timed out or could not answer its job: the pipeline's stage waits "
                + $"20 minutes and fails then. See why: {Tail(parts, parts.DeploymentFlow)}. Then retry the stage. The event is "
                + $"in the queue {parts.DeadLetters}.",
        };

    /// <summary>One failed stage is told by its pipeline's own notification; several at once have one cause.</summary>
    private static AlarmRule DeploymentFlowFailures(WatchedParts parts) =>
        new()
        {
            Name = "deployment-flow-failures",
            Namespace = MetricNames.Namespace,
            Metric = MetricNames.Failed,
            Dimensions =
            [
                (MetricNames.Deployment, parts.Prefix),
                (MetricNames.Function, MetricNames.DeploymentFlowFunction),
            ],
            Period = TimeSpan.FromHours(1),
            Threshold = 3,
            Description =
                "Three or more stages failed within an hour in Prepare, Summarize, Verify or Apply: look for what they share (a role, a quota, "
                + "a region's trouble) before retrying one by one. What each was told: "
                + $"aws logs tail {WatchedParts.LogOf(parts.DeploymentFlow)} --since 2h --region {parts.Region} "
                + "--filter-pattern '{ $.outcome = \"Failed\" }'.",
        };

    private static AlarmRule DeadLetters(WatchedParts parts) =>
        new()
        {
            Name = "dead-letters",
            Namespace = "AWS/SQS",
            Metric = "ApproximateNumberOfMessagesVisible",
            Dimensions = [("QueueName", parts.DeadLetters)],
            Statistic = "Maximum",
            Threshold = 1,
            Description =
                "A job that DeploymentFlow never answered, or a notification that did not arrive, is in the queue "
                + $"{parts.DeadLetters}. Read it: aws sqs receive-message --region {parts.Region} --queue-url \"$(aws sqs "
                + $"get-queue-url --region {parts.Region} --queue-name {parts.DeadLetters} --query QueueUrl --output text)\" "
                + "--message-attribute-names All. It says what failed and why; mend that, retry the pipeline's stage, delete the "
                + "message. The alarm ends when the queue is empty.",
        };

    private static string Tail(WatchedParts parts, string function) =>
        $"aws logs tail {WatchedParts.LogOf(function)} --since 1h --region {parts.Region}";
}
