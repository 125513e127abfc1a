using System.CommandLine;
using Mlops.Cli.Commands;

namespace Mlops.Cli.Words;

internal static class CompletionsWords
{
    public static Command Command(CommandContext context)
    {
        var shell = Parsing.Choice(
            "SHELL",
            "bash, zsh, fish or powershell.",
            ("bash", Shell.Bash),
            ("zsh", Shell.Zsh),
            ("fish", Shell.Fish),
            ("powershell", Shell.PowerShell)
        );
        var command = new Command("completions", "Print a script that makes a shell complete commands and options.")
        {
            shell,
        };
        command.SetAction(line => (int)new CompletionsCommand(context.Console).Run(line.GetRequiredValue(shell)));
        return command;
    }

    /// <summary>What the scripts call: the line up to the cursor, as one word.</summary>
    public static Command Completing(CommandContext context, Command root)
    {
        var text = new Argument<string>("LINE") { Description = "The line up to the cursor." };
        var command = new Command(CompletionsCommand.Asked, "Answer a shell that completes a line.") { text };
        command.Hidden = true;
        command.SetAction(line =>
            (int)new CompletionsCommand(context.Console).Answer(root, line.GetRequiredValue(text))
        );
        return command;
    }
}
