using System.CommandLine;
using Mlops.Cli.Commands;

namespace Mlops.Cli.Words;

internal static class DeleteWords
{
    public static Command Command(CommandContext context)
    {
        var name = new Argument<string?>("NAME")
        {
            Description = "Name or ARN of the pipeline.",
            Arity = ArgumentArity.ZeroOrOne,
            Validators = { Parsing.NoOption },
        };
        var all = new Option<bool>("--all") { Description = "All pipelines of the deployment." };
        var yes = new Option<bool>("--yes", "-y") { Description = "Do not ask." };
        var force = new Option<bool>("--force")
        {
            Description =
                "Take it down even though that ends an execution that runs or waits; without it that is refused.",
        };
        var watch = new Option<bool>("--watch") { Description = "Stay until it is gone, or has failed." };
        var command = new Command(
            "delete",
            "Take a pipeline down with all that it delivered, last target first. Data, images and model packages stay."
        )
        {
            name,
            all,
            yes,
            force,
            watch,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(all) == (result.GetValue(name) is not null))
            {
                result.AddError("Say which pipeline to delete: its NAME, or --all.");
            }
        });
        command.SetAction(
            async (line, cancellation) =>
                (int)
                    await new DeleteCommand(context.Console, context.Services).RunAsync(
                        new DeleteCommandSettings(context.Global(line), line.GetValue(name))
                        {
                            Yes = line.GetValue(yes),
                            Force = line.GetValue(force),
                            Watch = line.GetValue(watch),
                        },
                        cancellation
                    )
        );
        return command;
    }
}
