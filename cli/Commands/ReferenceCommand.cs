using System.Text;
using Mlops.Cli.Display;
using Mlops.Cli.Reference;
using Mlops.Provisioning.Blueprints;

namespace Mlops.Cli.Commands;

/// <summary><c>mlops reference</c>: writes docs/reference from the manifests, and removes what no manifest has any more.</summary>
public sealed class ReferenceCommand(CliConsole console, CliServices services)
{
    /// <summary>Where the pages are, in the checkout.</summary>
    public const string Folder = "docs/reference";

    /// <summary>Runs the command.</summary>
    public ExitCode Run(GlobalSettings settings, string folder)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var root = services.ReadEnvironment(CliEnvironment.Root) ?? services.WorkingFolder;
        var path = Path.Combine(folder == Folder ? root : services.WorkingFolder, folder);
        var files = ReferenceFiles.Of(BlueprintCatalog.Open(services.BlueprintFolder));
        Directory.CreateDirectory(path);
        foreach (var stale in Directory.EnumerateFiles(path).Where(file => !files.ContainsKey(Path.GetFileName(file))))
        {
            File.Delete(stale);
        }

        foreach (var (name, text) in files)
        {
            File.WriteAllText(Path.Combine(path, name), text, new UTF8Encoding(false));
        }

        CliConsole.WriteLine(console.Output, $"{folder}: {files.Count} files");
        return ExitCode.Done;
    }
}
