using Mlops.Cli.Display;
using Mlops.Provisioning.Blueprints;
using Mlops.Provisioning.Descriptions;
using Spectre.Console;

namespace Mlops.Cli.Commands;

/// <summary><c>mlops blueprints</c>: lists what can be deployed. It asks nobody: the manifests are part of the command line.</summary>
public sealed class BlueprintsCommand(CliConsole console, CliServices services)
{
    /// <summary>Runs the command.</summary>
    public ExitCode Run(GlobalSettings settings, BlueprintCatalog catalog)
    {
        var list = new BlueprintList([.. catalog.All().Select(BlueprintSummary.Of)]);
        if (settings.Output == OutputFormat.Json)
        {
            CliConsole.WriteLine(console.Output, DescriptionText.Of(list));
            return ExitCode.Done;
        }

        foreach (var blueprint in list.Blueprints.Concat(list.Operations))
        {
            console.Output.MarkupLineInterpolated($"[bold]{blueprint.Name}[/]: {blueprint.Summary}");
            foreach (var type in blueprint.PipelineTypes)
            {
                console.Output.MarkupLineInterpolated($"  [yellow]{type.Type}[/]: {type.Summary}");
            }
        }

        console.Output.MarkupLineInterpolated($"[dim]Tell about one: {settings.Command(services)} explain TYPE[/]");
        return ExitCode.Done;
    }
}
