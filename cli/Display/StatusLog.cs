using Mlops.Provisioning.CodePipelines;
using Spectre.Console;

namespace Mlops.Cli.Display;

/// <summary>Progress where nothing can be drawn over: a line for each action whose status has changed.</summary>
internal sealed class StatusLog(IAnsiConsole console)
{
    private readonly Dictionary<string, string> told = [];

    public void Write(PipelineState state)
    {
        foreach (var stage in state.StageStates)
        {
            foreach (var action in stage.ActionStates)
            {
                var name = $"{stage.StageName}/{action.ActionName}";
                if (StatusTree.ShownStatus(action) is { } status && told.GetValueOrDefault(name) != status)
                {
                    told[name] = status;
                    CliConsole.WriteLine(console, $"{name}: {status}");
                }
            }
        }
    }
}
