using System.Reflection;
using Mlops.Cli.Display;

namespace Mlops.Cli.Commands;

/// <summary><c>mlops version</c>: the version, the commit where it is known, and the packages that it was built with.</summary>
public sealed class VersionCommand(CliConsole console)
{
    private static readonly IReadOnlyList<AssemblyMetadataAttribute> Facts =
    [
        .. typeof(VersionCommand).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>(),
    ];

    /// <summary>Runs the command.</summary>
    public ExitCode Run(GlobalSettings settings)
    {
        var source = Fact("SdkSource") == "standins" ? "stand-ins" : "official";
        var commit = Fact("Commit") is { Length: > 0 } known ? known : null;
        var packages = Facts
            .Where(fact => fact.Key == "Package")
            .Select(fact => fact.Value!.Split('/', 2))
            .OrderBy(parts => parts[0], StringComparer.Ordinal)
            .Select(parts => new PackageAnswer(parts[0], parts[1]))
            .ToList();
        if (settings.Output == OutputFormat.Json)
        {
            console.WriteJson(
                new VersionAnswer(Application.Version, commit, source, packages),
                AnswerJson.Default.VersionAnswer
            );
            return ExitCode.Done;
        }

        CliConsole.WriteLine(console.Output, $"mlops {Application.Version}");
        if (commit is not null)
        {
            CliConsole.WriteLine(console.Output, $"built from commit {commit}");
        }

        CliConsole.WriteLine(
            console.Output,
            source == "official"
                ? "built with the official packages:"
                : "built with stand-ins, which have the API of these official packages (docs/packages.md):"
        );
        foreach (var package in packages)
        {
            CliConsole.WriteLine(console.Output, $"  {package.Name} {package.Version}");
        }

        return ExitCode.Done;
    }

    private static string? Fact(string key) => Facts.FirstOrDefault(fact => fact.Key == key)?.Value;
}
