using System.CommandLine;
using Mlops.Cli.Commands;

namespace Mlops.Cli.Words;

internal static class AnswerWords
{
    public static Command Approve(CommandContext context) =>
        Command(context, "approve", "Let go on what waits for an approval: exactly what `status` shows is deployed.");

    public static Command Reject(CommandContext context) =>
        Command(context, "reject", "Refuse what waits for an approval: its execution ends, and nothing is changed.");

    private static Command Command(CommandContext context, string decision, string description)
    {
        var name = new Argument<string>("NAME")
        {
            Description = "Name or ARN of the pipeline.",
            Validators = { Parsing.NoOption },
        };
        var target = new Argument<string?>("TARGET")
        {
            Description = "The target that waits, or its stage; may be left out where only one waits.",
            Arity = ArgumentArity.ZeroOrOne,
            Validators = { Parsing.NoOption },
        };
        var comment = new Option<string>("--comment")
        {
            Description = "Why; kept with who you are, for those who ask later.",
            HelpName = "TEXT",
            Required = true,
        };
        var command = new Command(decision, description) { name, target, comment };
        command.SetAction(
            async (line, cancellation) =>
                (int)
                    await new AnswerCommand(context.Console, context.Services).RunAsync(
                        new AnswerCommandSettings(
                            context.Global(line),
                            line.GetRequiredValue(name),
                            line.GetValue(target),
                            decision,
                            line.GetRequiredValue(comment)
                        ),
                        cancellation
                    )
        );
        return command;
    }
}
