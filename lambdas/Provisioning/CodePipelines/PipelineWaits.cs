namespace Mlops.Provisioning.CodePipelines;

/// <summary>An approval that somebody has to answer.</summary>
/// <param name="Stage">Name of the stage.</param>
/// <param name="Action">Name of the action in it.</param>
/// <param name="Execution">Id of the execution that waits.</param>
/// <param name="Token">What the answer is given with; good once.</param>
/// <param name="Since">When it began to wait; null when not told.</param>
public sealed record WaitingApproval(
    string Stage,
    string Action,
    string Execution,
    string Token,
    DateTimeOffset? Since
);

/// <summary>What stands still in a pipeline: approvals, and what waits behind them.</summary>
/// <param name="Approvals">In the order of the stages.</param>
/// <param name="Behind">Ids of the executions that wait to enter a stage where an approval waits.</param>
internal sealed record PipelineWaits(IReadOnlyList<WaitingApproval> Approvals, IReadOnlyList<string> Behind)
{
    public static PipelineWaits None { get; } = new([], []);

    public static PipelineWaits Of(PipelineState? state)
    {
        var stages = (state?.StageStates ?? [])
            .Select(stage => (Stage: stage, Waiting: In(stage)))
            .Where(pair => pair.Waiting is not null)
            .ToList();
        return new PipelineWaits(
            [.. stages.Select(pair => pair.Waiting!)],
            [
                .. stages.SelectMany(pair =>
                    (pair.Stage.InboundExecutions ?? []).Select(execution => execution.PipelineExecutionId)
                ),
            ]
        );
    }

    /// <summary>What waits in a stage, or null. CodePipeline gives a token to nothing but a waiting approval.</summary>
    public static WaitingApproval? In(StageState stage) =>
        stage.LatestExecution is { } execution
        && stage.ActionStates.FirstOrDefault(action =>
            action.LatestExecution is { Status: "InProgress", Token: not null }
        )
            is { LatestExecution: { Token: { } token } latest } action
            ? new WaitingApproval(
                stage.StageName,
                action.ActionName,
                execution.PipelineExecutionId,
                token,
                latest.LastStatusChange
            )
            : null;

    /// <summary>Ids of all executions that stand still.</summary>
    public IEnumerable<string> Executions => Approvals.Select(waiting => waiting.Execution).Concat(Behind);
}
