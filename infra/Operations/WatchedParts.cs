using Mlops.Provisioning;

namespace Mlops.Infra.Operations;

/// <summary>The names under which CloudWatch knows the parts of a deployment.</summary>
/// <param name="Prefix"><c>&lt;project&gt;-&lt;stack&gt;</c>.</param>
/// <param name="Region">The region of everything.</param>
/// <param name="Api">Name of the REST API.</param>
/// <param name="Stage">Name of its stage.</param>
/// <param name="Rules">The rules that tell of pipelines, monitors and config files.</param>
public sealed record WatchedParts(
    string Prefix,
    string Region,
    string Api,
    string Stage,
    IReadOnlyList<TellingRule> Rules
)
{
    /// <summary>Name of the Orchestrator function.</summary>
    public string Orchestrator => DeploymentNames.OrchestratorFunction(Prefix);

    /// <summary>Name of the DeploymentFlow function.</summary>
    public string DeploymentFlow => DeploymentNames.DeploymentFlowFunction(Prefix);

    /// <summary>Name of the queue of dead letters.</summary>
    public string DeadLetters => DeploymentNames.DeadLetters(Prefix);

    /// <summary>Log group of a function.</summary>
    public static string LogOf(string function) => $"/aws/lambda/{function}";
}
