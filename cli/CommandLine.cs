using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using Mlops.Cli.Commands;
using Mlops.Cli.Display;

namespace Mlops.Cli;

/// <summary>Words of the command line: what each command is called, and which options it has.</summary>
internal sealed class CommandLine
{
    private readonly Option<bool> local = new("--local")
    {
        Description = "Talk to the system that `mlops local` runs on this machine.",
        Recursive = true,
    };

    private readonly Option<string?> info = new("--info")
    {
        Description =
            "With --local: the file in which that system says how it is reached (default: .mlops/local.json).",
        HelpName = "FILE",
        Recursive = true,
    };

    private readonly Option<string?> api = new("--api")
    {
        Description = $"Address of the API, as `pulumi stack output apiUrl` prints it (default: {CliEnvironment.Api}).",
        HelpName = "URL",
        Recursive = true,
    };

    private readonly Option<string?> region = new("--region")
    {
        Description = "Region of the API (default: the one in its address, then the usual places).",
        HelpName = "REGION",
        Recursive = true,
    };

    private readonly Option<string?> profile = new("--profile")
    {
        Description = "Profile of the AWS configuration that signs (default: the usual order of credentials).",
        HelpName = "NAME",
        Recursive = true,
    };

    private readonly Option<OutputFormat> output = new("--output", "-o")
    {
        Description = "What is written: text for people, or one JSON object.",
        HelpName = "text|json",
        Recursive = true,
        CustomParser = result => OneOf(result, ("text", OutputFormat.Text), ("json", OutputFormat.Json)),
    };

    public CommandLine(CliConsole console, CliServices services)
    {
        // Not a RootCommand, which calls itself by the name of the assembly.
        Root = new Command("mlops", "Brings machine-learning models to SageMaker endpoints by one request each.")
        {
            new HelpOption(),
            new VersionOption(),
            local,
            info,
            api,
            region,
            profile,
            output,
            Validate(console, services),
            Provision(console, services),
            Status(console, services),
            Help(console, services),
            Version(console),
        };
        foreach (var command in Root.Subcommands)
        {
            command.Validators.Add(ValidateAddress);
        }
    }

    public Command Root { get; }

    /// <summary>What is wrong with the line, in our words where the parser's are not about commands.</summary>
    public string Complaint(ParseResult line) =>
        line.CommandResult.Command == Root && line.UnmatchedTokens is [var word, ..] ? Unknown(word)
        : line.CommandResult.Command == Root && line.Tokens.Count == 0 ? $"A command is missing; there are {Words}."
        : string.Join(' ', line.Errors.Select(error => error.Message).Distinct());

    /// <summary>What is to be written, also when the rest of the line is wrong.</summary>
    public OutputFormat OutputOf(ParseResult line) =>
        line.GetResult(output) is { Errors: var errors } && !errors.Any() ? line.GetValue(output) : OutputFormat.Text;

    private Command Validate(CliConsole console, CliServices services)
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "The requests to check; - reads standard input.",
            Arity = ArgumentArity.OneOrMore,
            Validators = { NoOption },
        };
        var registry = new Option<Switch>("--registry")
        {
            Description = "Whether the deployment takes models from the SageMaker Model Registry (default: off).",
            HelpName = "on|off",
            CustomParser = result => OneOf(result, ("on", Switch.On), ("off", Switch.Off)),
        };
        var command = new Command("validate", "Check requests without AWS; each finding has file, line and column.")
        {
            files,
            registry,
        };
        command.SetAction(
            async (line, cancellation) =>
                (int)
                    await new ValidateCommand(console, services).RunAsync(
                        new ValidateCommandSettings(Global(line), line.GetRequiredValue(files))
                        {
                            UseModelRegistry = line.GetValue(registry) == Switch.On,
                        },
                        cancellation
                    )
        );
        return command;
    }

    private Command Provision(CliConsole console, CliServices services)
    {
        var file = new Argument<string>("FILE")
        {
            Description = "The request; - reads standard input.",
            Validators = { NoOption },
        };
        var force = new Option<bool>("--force")
        {
            Description =
                "Update the pipeline's definition even though that ends an execution that runs or waits; without it such a request is refused.",
        };
        var command = new Command("provision", "Send a request: its pipeline is made or updated, and started.")
        {
            file,
            force,
        };
        command.SetAction(
            async (line, cancellation) =>
                (int)
                    await new ProvisionCommand(console, services).RunAsync(
                        new ProvisionCommandSettings(Global(line), line.GetRequiredValue(file), line.GetValue(force)),
                        cancellation
                    )
        );
        return command;
    }

    private Command Status(CliConsole console, CliServices services)
    {
        var name = new Argument<string>("NAME")
        {
            Description = "Name or id of the pipeline.",
            Validators = { NoOption },
        };
        var watch = new Option<bool>("--watch", "-w")
        {
            Description = "Stay until it has succeeded (exit code 0), failed (1), or waits only for an approval (3).",
        };
        var command = new Command("status", "Show a pipeline's stages, what waits for an approval, and the last error.")
        {
            name,
            watch,
        };
        command.SetAction(
            async (line, cancellation) =>
                (int)
                    await new StatusCommand(console, services).RunAsync(
                        new StatusCommandSettings(Global(line), line.GetRequiredValue(name), line.GetValue(watch)),
                        cancellation
                    )
        );
        return command;
    }

    private Command Help(CliConsole console, CliServices services)
    {
        var about = new Argument<string?>("COMMAND") { Description = "A command.", Arity = ArgumentArity.ZeroOrOne };
        about.Validators.Add(result =>
        {
            var word = result.Tokens[0].Value;
            if (Root.Subcommands.All(known => known.Name != word))
            {
                result.AddError(Unknown(word));
            }
        });
        var command = new Command("help", "Tell about a command, or about all of them.") { about };
        command.SetAction(line =>
        {
            string[] args = line.GetValue(about) is { } word ? [word, "--help"] : ["--help"];
            var result = Root.Parse(args)
                .Invoke(new InvocationConfiguration { Output = console.Output.Profile.Out.Writer });
            if (args.Length == 1 && services.ReadEnvironment(CliEnvironment.Root) is not null)
            {
                CliConsole.WriteLine(
                    console.Output,
                    "In this checkout also: mlops local, mlops template, mlops test, mlops check, mlops setup."
                );
            }

            return result;
        });
        return command;
    }

    private Command Version(CliConsole console)
    {
        var command = new Command("version", "Tell the version.");
        command.SetAction(line =>
        {
            if (line.GetValue(output) == OutputFormat.Json)
            {
                console.WriteJson(new VersionAnswer(Application.Version), AnswerJson.Default.VersionAnswer);
            }
            else
            {
                CliConsole.WriteLine(console.Output, $"mlops {Application.Version}");
            }
        });
        return command;
    }

    private string Words => string.Join(", ", Root.Subcommands.Select(command => command.Name));

    private string Unknown(string word) => $"\"{word}\" is no command; there are {Words}.";

    private void ValidateAddress(CommandResult line)
    {
        if (line.GetValue(local) && line.GetValue(api) is not null)
        {
            line.AddError("--local and --api exclude each other.");
        }

        if (!line.GetValue(local) && line.GetValue(info) is not null)
        {
            line.AddError("--info needs --local.");
        }
    }

    // What looks like an option and is none would be taken for a name.
    private static void NoOption(ArgumentResult result)
    {
        foreach (
            var word in result.Tokens.Select(token => token.Value).Where(word => word.Length > 1 && word[0] == '-')
        )
        {
            result.AddError($"There is no option {word}.");
        }
    }

    private static T? OneOf<T>(ArgumentResult result, params ReadOnlySpan<(string Word, T Value)> words)
    {
        var given = result.Tokens[0].Value;
        var names = new List<string>();
        foreach (var (word, value) in words)
        {
            if (string.Equals(word, given, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }

            names.Add(word);
        }

        result.AddError($"\"{given}\" is none of {string.Join(", ", names)}.");
        return default;
    }

    private GlobalSettings Global(ParseResult line) =>
        new()
        {
            Api = line.GetValue(api),
            Local = line.GetValue(local),
            InfoFile = line.GetValue(info),
            Region = line.GetValue(region),
            Profile = line.GetValue(profile),
            Output = line.GetValue(output),
        };

    // Not a bool: the parser gives a bool option no word that is not true or false.
    private enum Switch
    {
        Off,
        On,
    }
}
