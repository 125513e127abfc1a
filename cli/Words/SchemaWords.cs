using System.CommandLine;
using Mlops.Cli.Commands;

namespace Mlops.Cli.Words;

internal static class SchemaWords
{
    public static Command Command(CommandContext context)
    {
        var type = new Argument<string?>("TYPE")
        {
            HelpName = "TYPE",
            Description = "A pipeline type (default: all).",
            Arity = ArgumentArity.ZeroOrOne,
            Validators = { Parsing.NoOption },
            CompletionSources = { context.CompleteTypes },
        };
        var registry = Parsing.Registry();
        var strict = new Option<bool>("--strict")
        {
            Description =
                "Refuse keys that mean nothing, which the API passes over: an editor then shows a typing mistake.",
        };
        var command = new Command(
            "schema",
            "Print the JSON Schema of requests and config files: for editors, and to check them elsewhere."
        )
        {
            type,
            registry,
            strict,
            context.Blueprints,
        };
        command.SetAction(line =>
            (int)
                new SchemaCommand(context.Console).Run(
                    context.Catalog(line),
                    new SchemaCommandSettings(context.Global(line), line.GetValue(type))
                    {
                        UseModelRegistry = line.GetValue(registry) == Parsing.Switch.On,
                        Strict = line.GetValue(strict),
                    }
                )
        );
        return command;
    }
}
