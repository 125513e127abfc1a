using Mlops.Local.CodePipelines.Executions;

namespace Mlops.Local.CodePipelines.Actions;

/// <summary>Carries out actions of one type. Returning is success; what came of it is left in the context.</summary>
internal interface IActionRunner
{
    /// <exception cref="ActionFailedException">The action failed.</exception>
    Task RunAsync(ActionContext context, CancellationToken cancellationToken);
}
