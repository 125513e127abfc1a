using System.CommandLine;
using System.CommandLine.Completions;
using Mlops.Cli.Display;
using Mlops.Cli.Requests;
using Mlops.Provisioning.Blueprints;

namespace Mlops.Cli.Words;

/// <summary>What every command is made with.</summary>
/// <param name="Console">Where it writes.</param>
/// <param name="Services">What it needs from outside of the program.</param>
/// <param name="Global">Reads the options that every command has.</param>
internal sealed record CommandContext(
    CliConsole Console,
    CliServices Services,
    Func<ParseResult, GlobalSettings> Global
)
{
    /// <summary><c>--blueprints FOLDER</c>, of the commands that tell of pipeline types or judge requests.</summary>
    public Option<string[]> Blueprints { get; } =
        new("--blueprints")
        {
            Description = "Folder of a blueprint of your own, as in mlops:blueprintPaths; may be repeated.",
            HelpName = "FOLDER",
        };

    /// <summary>Ours, and those of the option.</summary>
    /// <exception cref="ExpectedFailureException">One of those cannot be used.</exception>
    public BlueprintCatalog Catalog(ParseResult line) => Catalogs.Open(Services, line.GetValue(Blueprints) ?? []);

    /// <summary>The pipeline types, for who completes a word.</summary>
    public IEnumerable<CompletionItem> CompleteTypes(CompletionContext completion)
    {
        try
        {
            return KnownTypes.Of(Catalog(completion.ParseResult)).Select(known => new CompletionItem(known));
        }
        catch (ExpectedFailureException)
        {
            return []; // The command will tell.
        }
    }
}
