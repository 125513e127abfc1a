using System.Text.Json.Nodes;
using Mlops.Provisioning.Telemetry;

namespace Mlops.Infra.Operations;

/// <summary>What the dashboard shows, from top to bottom: is anything wrong, what was asked for, what carried it out.</summary>
public static class DashboardBody
{
    private const string Lambda = "AWS/Lambda";

    /// <summary>The body as CloudWatch takes it (Dashboard body structure and syntax).</summary>
    /// <param name="parts">What is watched.</param>
    /// <param name="alarms">ARNs of the alarms.</param>
    public static string Of(WatchedParts parts, IEnumerable<string> alarms) =>
        new JsonObject
        {
            ["start"] = "-P1D",
            ["periodOverride"] = "inherit",
            ["widgets"] = Placed(
                [Widget.AlarmStatus("Alarms: each says what to do", alarms)],
                [Requests(parts), Answers(parts), Duties(parts)],
                [Function("Orchestrator", parts.Orchestrator, parts), Durations(parts), Calls(parts)],
                [Function("DeploymentFlow", parts.DeploymentFlow, parts), DeadLetters(parts), Notifications(parts)],
                [Widget.Query("Last refusals", parts.Region, LogQuery.LastRefusals(parts))],
                [Widget.Query("Last failed stages", parts.Region, LogQuery.LastFailures(parts))]
            ),
        }.ToJsonString();

    private static JsonArray Placed(params IEnumerable<IReadOnlyList<Widget>> rows)
    {
        var placed = new JsonArray();
        var y = 0;
        foreach (var row in rows)
        {
            var x = 0;
            foreach (var widget in row)
            {
                placed.Add(widget.At(x, y));
                x += widget.Width;
            }

            y += row.Max(widget => widget.Height);
        }

        return placed;
    }

    private static Widget Requests(WatchedParts parts) =>
        Third(
            "Requests",
            parts,
            Ours(parts, MetricNames.OrchestratorFunction, MetricNames.Provisioned, "provisioned"),
            Ours(parts, MetricNames.OrchestratorFunction, MetricNames.Refused, "refused (4xx)"),
            Ours(parts, MetricNames.OrchestratorFunction, MetricNames.Failed, "failed (5xx)")
        );

    private static Widget Answers(WatchedParts parts) =>
        Third(
            "Time to answer (ms)",
            parts,
            Ours(parts, MetricNames.OrchestratorFunction, MetricNames.Duration, "half of all", "p50"),
            Ours(parts, MetricNames.OrchestratorFunction, MetricNames.Duration, "19 of 20", "p95"),
            new MetricLine("AWS/ApiGateway", "Latency", Api(parts), "19 of 20, with the API", "p95")
        );

    private static Widget Duties(WatchedParts parts) =>
        Third(
            "Pipeline stages: Prepare and Verify",
            parts,
            Ours(parts, MetricNames.DeploymentFlowFunction, MetricNames.Failed, "failed"),
            Ours(parts, MetricNames.DeploymentFlowFunction, MetricNames.Duration, "calls", "SampleCount")
        );

    private static Widget Function(string title, string function, WatchedParts parts) =>
        Third(
            title,
            parts,
            OfFunction(function, "Invocations", "invocations"),
            OfFunction(function, "Errors", "crashes and timeouts"),
            OfFunction(function, "Throttles", "throttled")
        );

    private static Widget Durations(WatchedParts parts) =>
        Third(
            "Time in Lambda (ms)",
            parts,
            OfFunction(parts.Orchestrator, "Duration", "Orchestrator, 19 of 20", "p95"),
            OfFunction(parts.DeploymentFlow, "Duration", "DeploymentFlow, 19 of 20", "p95")
        );

    private static Widget Calls(WatchedParts parts) =>
        Third(
            "API",
            parts,
            new MetricLine("AWS/ApiGateway", "Count", Api(parts), "calls"),
            new MetricLine("AWS/ApiGateway", "4XXError", Api(parts), "4xx"),
            new MetricLine("AWS/ApiGateway", "5XXError", Api(parts), "5xx")
        );

    private static Widget DeadLetters(WatchedParts parts) =>
        Third(
            "Dead letters",
            parts,
            new MetricLine(
                "AWS/SQS",
                "ApproximateNumberOfMessagesVisible",
                [("QueueName", parts.DeadLetters)],
                "in the queue",
                "Maximum"
            ),
            OfFunction(parts.DeploymentFlow, "DestinationDeliveryFailures", "lost: not even put there")
        );

    private static Widget Notifications(WatchedParts parts) =>
        Third(
            "Notifications",
            parts,
            parts.Rules.SelectMany(rule =>
                new[]
                {
                    OfRule(rule, "Invocations", "told"),
                    OfRule(rule, "FailedInvocations", "not told"),
                    OfRule(rule, "InvocationsFailedToBeSentToDlq", "lost"),
                }
            )
        );

    private static Widget Third(string title, WatchedParts parts, params IEnumerable<MetricLine> lines) =>
        Widget.Graph(Widget.GridWidth / 3, title, parts.Region, lines);

    private static MetricLine Ours(
        WatchedParts parts,
        string function,
        string metric,
        string label,
        string statistic = "Sum"
    ) =>
        new(
            MetricNames.Namespace,
            metric,
            [(MetricNames.Deployment, parts.Prefix), (MetricNames.Function, function)],
            label,
            statistic
        );

    private static MetricLine OfFunction(string function, string metric, string label, string statistic = "Sum") =>
        new(Lambda, metric, [("FunctionName", function)], label, statistic);

    private static MetricLine OfRule(TellingRule rule, string metric, string label) =>
        new("AWS/Events", metric, rule.Dimensions, $"{rule.Name}: {label}");

    private static IReadOnlyList<(string, string)> Api(WatchedParts parts) =>
        [("ApiName", parts.Api), ("Stage", parts.Stage)];
}
