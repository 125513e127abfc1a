namespace Mlops.Provisioning.Telemetry;

/// <summary>Names of our metrics in CloudWatch, for the functions that write them and the program that watches them.</summary>
public static class MetricNames
{
    /// <summary>The namespace of all of them.</summary>
    public const string Namespace = "MlopsPulumi";

    /// <summary>Pipelines made, changed or found as asked for. Count; Orchestrator.</summary>
    public const string Provisioned = "Provisioned";

    /// <summary>Requests answered with 4xx. Count; Orchestrator.</summary>
    public const string Refused = "Refused";

    /// <summary>Requests answered with 5xx (Orchestrator), jobs answered as failed (DeploymentFlow). Count.</summary>
    public const string Failed = "Failed";

    /// <summary>What one request, or one call for a job, took. Milliseconds.</summary>
    public const string Duration = "Duration";

    /// <summary>Dimension: the deployment, <c>mlops-dev</c>.</summary>
    public const string Deployment = "Deployment";

    /// <summary>Dimension: <see cref="OrchestratorFunction"/> or <see cref="DeploymentFlowFunction"/>.</summary>
    public const string Function = "Function";

    /// <summary>Value of <see cref="Function"/>.</summary>
    public const string OrchestratorFunction = "Orchestrator";

    /// <summary>Value of <see cref="Function"/>.</summary>
    public const string DeploymentFlowFunction = "DeploymentFlow";
}
