using System.CommandLine;
using Mlops.Cli.Commands;

namespace Mlops.Cli.Words;

internal static class BlueprintWords
{
    public static Command Command(CommandContext context) =>
        new("blueprint", "Write a blueprint of your own, and check it.") { New(context), Check(context) };

    private static Command New(CommandContext context)
    {
        var name = new Argument<string>("NAME")
        {
            Description = "Name of the blueprint and of its folder.",
            Validators = { Parsing.NoOption },
        };
        var command = new Command("new", "Write a folder with a blueprint that works, to go on from.") { name };
        command.SetAction(line =>
            (int)
                new BlueprintNewCommand(context.Console, context.Services).Run(
                    context.Global(line),
                    line.GetRequiredValue(name)
                )
        );
        return command;
    }

    private static Command Check(CommandContext context)
    {
        var path = new Argument<string>("PATH")
        {
            Description = "Folder of the blueprint.",
            Validators = { Parsing.NoOption },
        };
        var noLocal = new Option<bool>("--no-local")
        {
            Description = "Leave out the local AWS, on which every example is provisioned (about ten seconds).",
        };
        var command = new Command("check", "Hold a blueprint to the rules that ours are held to; needs no AWS account.")
        {
            path,
            noLocal,
        };
        command.SetAction(
            async (line, cancellation) =>
                (int)
                    await new BlueprintCheckCommand(context.Console, context.Services).RunAsync(
                        context.Global(line),
                        line.GetRequiredValue(path),
                        !line.GetValue(noLocal),
                        cancellation
                    )
        );
        return command;
    }
}
