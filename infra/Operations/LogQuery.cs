namespace Mlops.Infra.Operations;

/// <summary>A query of CloudWatch Logs Insights over one log group. docs/operations.md has the same; a test holds them together.</summary>
/// <param name="LogGroup">Whose lines.</param>
/// <param name="Text">The query.</param>
public sealed record LogQuery(string LogGroup, string Text)
{
    /// <summary>The form that a dashboard takes.</summary>
    public string OnDashboard => $"SOURCE '{LogGroup}' | {Text}";

    /// <summary>The newest requests that were refused, and who sent them.</summary>
    public static LogQuery LastRefusals(WatchedParts parts) =>
        new(
            WatchedParts.LogOf(parts.Orchestrator),
            "fields @timestamp, status, route, caller, requestId | filter message = 'request answered' and Refused = 1 "
                + "| sort @timestamp desc | limit 20"
        );

    /// <summary>The newest stages that failed, with what was told to their pipeline.</summary>
    public static LogQuery LastFailures(WatchedParts parts) =>
        new(
            WatchedParts.LogOf(parts.DeploymentFlow),
            "fields @timestamp, summary, jobId, requestId | filter message = 'job answered' and outcome = 'Failed' "
                + "| sort @timestamp desc | limit 20"
        );
}
