using System.CommandLine;
using Mlops.Cli.Commands;
using Mlops.Provisioning.Blueprints;

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
            CompletionSources =
            {
                _ => Types(context.Services).Select(known => new System.CommandLine.Completions.CompletionItem(known)),
            },
        };
        var registry = Parsing.Registry();
        var strict = new Option<bool>("--strict")
        {
            Description =
                "Refuse keys that mean nothing, which the API passes over: an editor then shows a typing mistake.",
        };
        var command = new Command(
            "schema",
            "Print the JSON Schema of requests: for editors, and to check them elsewhere."
        )
        {
            type,
            registry,
            strict,
        };
        command.SetAction(line =>
            (int)
                new SchemaCommand(context.Console, context.Services).Run(
                    new SchemaCommandSettings(context.Global(line), line.GetValue(type))
                    {
                        UseModelRegistry = line.GetValue(registry) == Parsing.Switch.On,
                        Strict = line.GetValue(strict),
                    }
                )
        );
        return command;
    }

    private static IEnumerable<string> Types(CliServices services) =>
        BlueprintCatalog.Open(services.BlueprintFolder).PipelineTypes;
}
