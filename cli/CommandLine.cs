using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using Mlops.Cli.Display;
using Mlops.Cli.Words;

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

    private readonly Option<OutputFormat> output = Parsing.Choice(
        ["--output", "-o"],
        "What is written: text for people, or one JSON object.",
        ("text", OutputFormat.Text),
        ("json", OutputFormat.Json)
    );

    public CommandLine(CliConsole console, CliServices services)
    {
        output.Recursive = true;

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
        };
        var context = new CommandContext(console, services, Global);
        Root.Add(ValidateWords.Command(context));
        Root.Add(CatalogWords.Blueprints(context));
        Root.Add(CatalogWords.Explain(context));
        Root.Add(SchemaWords.Command(context));
        Root.Add(UploadWords.Command(context));
        Root.Add(PlanWords.Command(context));
        Root.Add(ProvisionWords.Command(context));
        Root.Add(StatusWords.Command(context));
        Root.Add(AnswerWords.Approve(context));
        Root.Add(AnswerWords.Reject(context));
        Root.Add(RetryWords.Command(context));
        Root.Add(ListWords.Command(context));
        Root.Add(DeleteWords.Command(context));
        Root.Add(CheckAccessWords.Command(context));
        Root.Add(BlueprintWords.Command(context));
        Root.Add(CatalogWords.Reference(context));
        Root.Add(CompletionsWords.Command(context));
        Root.Add(CompletionsWords.Completing(context, Root));
        Root.Add(Help(console, services));
        Root.Add(VersionWords.Command(context));
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

    private string Words =>
        string.Join(", ", Root.Subcommands.Where(command => !command.Hidden).Select(command => command.Name));

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
}
