using System.Collections;
using Mlops.Local.Processes;

namespace Mlops.Local;

/// <summary>Where a run is: the checkout, the folder for what it writes, and the environment it was started in.</summary>
public sealed record LocalPlace
{
    /// <summary>The folder with <c>MlopsPulumi.sln</c>.</summary>
    public required string Root { get; init; }

    /// <summary>Where the run tells programs about itself.</summary>
    public required string InfoFile { get; init; }

    /// <summary>Beside it: the example's request, where it is not a blueprint's file to the letter. Removed at the end, too.</summary>
    public string ExampleFile => Path.ChangeExtension(InfoFile, ".example.json");

    /// <summary>Beside it: the repository that config files are committed to. Removed at the end, too: clones are the user's.</summary>
    public string ConfigRepository => Path.ChangeExtension(InfoFile, ".config.git");

    /// <summary>The environment, read once.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary><c>.mlops</c>: git-ignored, and all that a run writes.</summary>
    public string WorkDirectory => Path.Combine(Root, ".mlops");

    /// <summary>Finds the checkout: <c>MLOPS_ROOT</c>, which the entry script sets, or the folder above this one that has the solution.</summary>
    /// <exception cref="StartFailedException">There is none.</exception>
    public static LocalPlace Find(string? infoFile)
    {
        var environment = System
            .Environment.GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value ?? "");
        var root = environment.GetValueOrDefault("MLOPS_ROOT") is { Length: > 0 } given ? given : Above();
        return new LocalPlace
        {
            Root = root,
            InfoFile = infoFile is null ? Path.Combine(root, ".mlops", "local.json") : Path.GetFullPath(infoFile),
            Environment = environment,
        };
    }

    private static string Above()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "MlopsPulumi.sln")))
            {
                return folder.FullName;
            }
        }

        throw new StartFailedException(
            "The local system runs from a checkout of the repository: start it with ./mlops local."
        );
    }
}
