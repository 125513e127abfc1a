using System.CommandLine;
using Mlops.Cli.Commands;

namespace Mlops.Cli.Words;

internal static class ListWords
{
    public static Command Command(CommandContext context)
    {
        var command = new Command(
            "list",
            "List the pipelines: type, when they were updated, and where they came from."
        );
        command.SetAction(
            async (line, cancellation) =>
                (int)
                    await new ListCommand(context.Console, context.Services).RunAsync(
                        context.Global(line),
                        cancellation
                    )
        );
        return command;
    }
}
