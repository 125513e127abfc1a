using System.CommandLine;
using Mlops.Cli.Commands;

namespace Mlops.Cli.Words;

internal static class CatalogWords
{
    public static Command Blueprints(CommandContext context)
    {
        var command = new Command("blueprints", "List the blueprints and their pipeline types.") { context.Blueprints };
        command.SetAction(line =>
            (int)
                new BlueprintsCommand(context.Console, context.Services).Run(
                    context.Global(line),
                    context.Catalog(line)
                )
        );
        return command;
    }

    public static Command Explain(CommandContext context)
    {
        var type = new Argument<string>("TYPE")
        {
            HelpName = "TYPE",
            Description = "A pipeline type; mlops blueprints lists them.",
            Validators = { Parsing.NoOption },
            CompletionSources = { context.CompleteTypes },
        };
        var command = new Command("explain", "Tell every key of a pipeline type, and its shortest request.")
        {
            type,
            context.Blueprints,
        };
        command.SetAction(line =>
            (int)
                new ExplainCommand(context.Console).Run(
                    context.Global(line),
                    context.Catalog(line),
                    line.GetRequiredValue(type)
                )
        );
        return command;
    }

    public static Command Reference(CommandContext context)
    {
        var folder = new Argument<string>("FOLDER")
        {
            Description = "Where to write.",
            DefaultValueFactory = _ => ReferenceCommand.Folder,
            Validators = { Parsing.NoOption },
        };
        var command = new Command("reference", "Write the pages and the schema of docs/reference again.") { folder };
        command.Hidden = true;
        command.SetAction(line =>
            (int)
                new ReferenceCommand(context.Console, context.Services).Run(
                    context.Global(line),
                    line.GetRequiredValue(folder)
                )
        );
        return command;
    }
}
