using System.CommandLine;
using Mlops.Cli.Commands;

namespace Mlops.Cli.Words;

internal static class RetryWords
{
    public static Command Command(CommandContext context)
    {
        var name = new Argument<string>("NAME")
        {
            Description = "Name or ARN of the pipeline.",
            Validators = { Parsing.NoOption },
        };
        var stage = new Argument<string>("STAGE")
        {
            Description = "The stage that failed, or its target.",
            Validators = { Parsing.NoOption },
        };
        var command = new Command(
            "retry",
            "Start a failed stage again: what was not deployed yet is shown and approved anew, what was goes on."
        )
        {
            name,
            stage,
        };
        command.SetAction(
            async (line, cancellation) =>
                (int)
                    await new RetryCommand(context.Console, context.Services).RunAsync(
                        new RetryCommandSettings(
                            context.Global(line),
                            line.GetRequiredValue(name),
                            line.GetRequiredValue(stage)
                        ),
                        cancellation
                    )
        );
        return command;
    }
}
