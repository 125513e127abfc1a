using System.CommandLine;
using Mlops.Cli.Commands;

namespace Mlops.Cli.Words;

internal static class StatusWords
{
    public static Command Command(CommandContext context)
    {
        var name = new Argument<string>("NAME")
        {
            Description = "Name or id of the pipeline.",
            Validators = { Parsing.NoOption },
        };
        var watch = new Option<bool>("--watch", "-w")
        {
            Description = "Stay until it has succeeded (exit code 0), failed (1), or waits only for an approval (3).",
        };
        var command = new Command("status", "Show a pipeline's stages, what waits for an approval, and the last error.")
        {
            name,
            watch,
        };
        command.SetAction(
            async (line, cancellation) =>
                (int)
                    await new StatusCommand(context.Console, context.Services).RunAsync(
                        new StatusCommandSettings(
                            context.Global(line),
                            line.GetRequiredValue(name),
                            line.GetValue(watch)
                        ),
                        cancellation
                    )
        );
        return command;
    }
}
