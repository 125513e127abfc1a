using System.CommandLine;
using Mlops.Cli.Commands;

namespace Mlops.Cli.Words;

internal static class ProvisionWords
{
    public static Command Command(CommandContext context)
    {
        var file = new Argument<string>("FILE")
        {
            Description = "The request; - reads standard input.",
            Validators = { Parsing.NoOption },
        };
        var force = new Option<bool>("--force")
        {
            Description =
                "Update the pipeline's definition even though that ends an execution that runs or waits; without it such a request is refused.",
        };
        var replace = new Option<bool>("--replace-waiting")
        {
            Description =
                "Reject what of this pipeline waits for an approval, and deliver this instead; without it this waits behind.",
        };
        var command = new Command("provision", "Send a request: its pipeline is made or updated, and started.")
        {
            file,
            force,
            replace,
        };
        command.SetAction(
            async (line, cancellation) =>
                (int)
                    await new ProvisionCommand(context.Console, context.Services).RunAsync(
                        new ProvisionCommandSettings(
                            context.Global(line),
                            line.GetRequiredValue(file),
                            line.GetValue(force)
                        )
                        {
                            ReplaceWaiting = line.GetValue(replace),
                        },
                        cancellation
                    )
        );
        return command;
    }
}
