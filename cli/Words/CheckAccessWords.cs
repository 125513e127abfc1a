using System.CommandLine;
using Mlops.Cli.Commands;

namespace Mlops.Cli.Words;

internal static class CheckAccessWords
{
    public static Command Command(CommandContext context)
    {
        var file = new Argument<string>("FILE")
        {
            Description = "What `pulumi stack output --json` printed; - reads standard input.",
            Validators = { Parsing.NoOption },
        };
        var command = new Command(
            "check-access",
            "Check that a bucket and a repository of your own let targets in other accounts use them."
        )
        {
            file,
        };
        command.SetAction(
            async (line, cancellation) =>
                (int)
                    await new CheckAccessCommand(context.Console, context.Services).RunAsync(
                        context.Global(line),
                        line.GetRequiredValue(file),
                        cancellation
                    )
        );
        return command;
    }
}
