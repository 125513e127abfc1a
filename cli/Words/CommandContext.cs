using System.CommandLine;
using Mlops.Cli.Display;

namespace Mlops.Cli.Words;

/// <summary>What every command is made with.</summary>
/// <param name="Console">Where it writes.</param>
/// <param name="Services">What it needs from outside of the program.</param>
/// <param name="Global">Reads the options that every command has.</param>
internal sealed record CommandContext(
    CliConsole Console,
    CliServices Services,
    Func<ParseResult, GlobalSettings> Global
);
