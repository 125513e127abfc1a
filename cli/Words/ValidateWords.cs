using System.CommandLine;
using Mlops.Cli.Commands;

namespace Mlops.Cli.Words;

internal static class ValidateWords
{
    public static Command Command(CommandContext context)
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "The requests or config files to check; - reads standard input.",
            Arity = ArgumentArity.OneOrMore,
            Validators = { Parsing.NoOption },
        };
        var registry = Parsing.Registry();
        var command = new Command(
            "validate",
            "Check requests and config files without AWS; each finding has file, line and column."
        )
        {
            files,
            registry,
            context.Blueprints,
        };
        command.SetAction(
            async (line, cancellation) =>
                (int)
                    await new ValidateCommand(context.Console, context.Services).RunAsync(
                        context.Catalog(line),
                        new ValidateCommandSettings(context.Global(line), line.GetRequiredValue(files))
                        {
                            UseModelRegistry = line.GetValue(registry) == Parsing.Switch.On,
                        },
                        cancellation
                    )
        );
        return command;
    }
}
