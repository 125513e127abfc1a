using System.CommandLine;
using Mlops.Cli.Commands;

namespace Mlops.Cli.Words;

internal static class PlanWords
{
    public static Command Command(CommandContext context)
    {
        var file = new Argument<string>("FILE")
        {
            Description = "The config file, or one request; - reads standard input.",
            Validators = { Parsing.NoOption },
        };
        var command = new Command(
            "plan",
            "Show what a config file would make, change and take down, without doing it (exit code 0: nothing; 2: something)."
        )
        {
            file,
        };
        command.SetAction(
            async (line, cancellation) =>
                (int)
                    await new PlanCommand(context.Console, context.Services).RunAsync(
                        context.Global(line),
                        line.GetRequiredValue(file),
                        cancellation
                    )
        );
        return command;
    }
}
