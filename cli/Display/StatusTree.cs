using Mlops.Cli.Commands;
using Mlops.Provisioning.CodePipelines;
using Spectre.Console;

namespace Mlops.Cli.Display;

/// <summary>The state of a pipeline as a tree of stages and actions.</summary>
internal static class StatusTree
{
    public static Tree Of(PipelineState state)
    {
        var tree = new Tree($"[bold]{Markup.Escape(state.PipelineName)}[/] {Told(PipelineProgress.Of(state))}");
        foreach (var stage in state.StageStates)
        {
            var node = tree.AddNode(Line(stage.StageName, stage.LatestExecution?.Status, Held(stage)));
            foreach (var action in stage.ActionStates)
            {
                node.AddNode(Line(action.ActionName, ShownStatus(action), Detail(action)));
            }
        }

        return tree;
    }

    /// <summary>What is said below the tree: what waits to enter a stage, and the last error.</summary>
    public static void WriteNotes(IAnsiConsole console, PipelineState state)
    {
        foreach (var stage in state.StageStates)
        {
            if (stage.InboundExecutions is [.., var newest])
            {
                console.MarkupLineInterpolated(
                    $"[yellow]waits behind it:[/] execution {newest.PipelineExecutionId} is to enter {stage.StageName}"
                );
            }
        }

        if (PipelineProgress.Failure(state) is var (failedStage, failed))
        {
            console.MarkupLineInterpolated(
                $"[red]last error:[/] {failedStage.StageName}/{failed.ActionName}: {PipelineProgress.Reason(failed)}"
            );
        }
    }

    /// <summary>CodePipeline's word; for an approval that nobody has given yet, ours.</summary>
    public static string? ShownStatus(ActionState action) =>
        PipelineProgress.WaitsForApproval(action) ? "waits for an approval" : action.LatestExecution?.Status;

    private static string Line(string name, string? status, string? detail) =>
        $"{Markup.Escape(name)} [{Color(status)}]{Markup.Escape(status ?? "not started")}[/]"
        + (string.IsNullOrEmpty(detail) ? "" : $" [dim]{Markup.Escape(detail)}[/]");

    private static string? Held(StageState stage) =>
        stage.InboundTransitionState is { Enabled: false } held ? $"entry is disabled: {held.DisabledReason}" : null;

    private static string? Detail(ActionState action) =>
        action.LatestExecution switch
        {
            { ErrorDetails.Message: not null } => PipelineProgress.Reason(action),
            { Summary: { Length: > 0 } summary } => summary,
            { PercentComplete: > 0 and < 100 } running => $"{running.PercentComplete} %",
            _ => null,
        };

    private static string Told(PipelinePhase phase) =>
        phase switch
        {
            PipelinePhase.Succeeded => "[green]succeeded[/]",
            PipelinePhase.Failed => "[red]failed[/]",
            PipelinePhase.WaitsForApproval => "[yellow]waits for an approval[/]",
            PipelinePhase.Running => "[blue]running[/]",
            _ => "[dim]not started[/]",
        };

    private static string Color(string? status) =>
        status switch
        {
            "Succeeded" => "green",
            "InProgress" => "blue",
            "Failed" or "Stopped" or "Cancelled" or "Abandoned" => "red",
            null => "dim",
            _ => "yellow",
        };
}
