using System.CommandLine;
using Mlops.Cli.Commands;

namespace Mlops.Cli.Words;

internal static class VersionWords
{
    public static Command Command(CommandContext context)
    {
        var command = new Command("version", "Tell the version, and which packages it was built with.");
        command.SetAction(line => (int)new VersionCommand(context.Console).Run(context.Global(line)));
        return command;
    }
}
