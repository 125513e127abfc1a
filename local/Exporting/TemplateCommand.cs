using System.CommandLine;

namespace Mlops.Local.Exporting;

/// <summary>The command line of <c>./mlops template</c>.</summary>
public static class TemplateCommand
{
    /// <summary>Makes the command; <paramref name="run"/> gets what was asked for and answers the exit code.</summary>
    public static Command Create(Func<TemplateOptions, CancellationToken, Task<int>> run)
    {
        var otherwise = new TemplateOptions();
        var stack = new Option<string>("--stack")
        {
            Description = "Stack of the Pulumi program; it is in every name",
            HelpName = "STACK",
            DefaultValueFactory = _ => otherwise.Stack,
        };
        var config = new Option<string?>("--config-file")
        {
            Description = "Settings in the place of Pulumi.STACK.yaml",
            HelpName = "FILE",
        };
        var target = new Option<string?>("--target")
        {
            Description =
                "With several accounts: what is made in this target (default: what is in the orchestrator account)",
            HelpName = "NAME",
        };
        var output = new Option<string?>("--output")
        {
            Description = "Where the template goes (default: the standard output)",
            HelpName = "FILE",
        };
        var command = new Command(
            "template",
            "Writes what `pulumi up` makes as a CloudFormation template, for tools that read those. It touches no AWS account."
        )
        {
            stack,
            config,
            target,
            output,
        };
        command.SetAction(
            (parsed, cancellationToken) =>
                run(
                    new TemplateOptions
                    {
                        Stack = parsed.GetValue(stack)!,
                        ConfigFile = parsed.GetValue(config),
                        Target = parsed.GetValue(target),
                        Output = parsed.GetValue(output),
                    },
                    cancellationToken
                )
        );
        return command;
    }
}
