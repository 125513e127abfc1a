using System.Security.Cryptography;
using System.Text;

namespace Mlops.Infra.Publishing;

/// <summary>Changes when anything changes that a package is made of.</summary>
internal static class SourcesHash
{
    private static readonly string[] Folders = ["lambdas", "blueprints", "standins"];

    private static readonly string[] Files =
    [
        "Directory.Build.props",
        "Directory.Build.targets",
        "Directory.Packages.props",
        "global.json",
        "nuget.config",
    ];

    public static async Task<string> OfAsync(
        string repositoryRoot,
        IEnumerable<string> circumstances,
        IEnumerable<string> ownBlueprints,
        CancellationToken cancellationToken
    )
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var circumstance in circumstances)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{circumstance}\n"));
        }

        foreach (var path in Sources(repositoryRoot))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{Path.GetRelativePath(repositoryRoot, path)}\n"));
            hash.AppendData(SHA256.HashData(await File.ReadAllBytesAsync(path, cancellationToken)));
        }

        foreach (var path in ownBlueprints.SelectMany(OwnBlueprints.Files))
        {
            var place = $"{Path.GetFileName(Path.GetDirectoryName(path))}/{Path.GetFileName(path)}";
            hash.AppendData(Encoding.UTF8.GetBytes($"{place}\n"));
            hash.AppendData(SHA256.HashData(await File.ReadAllBytesAsync(path, cancellationToken)));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static IEnumerable<string> Sources(string root) =>
        Folders
            .Select(folder => Path.Combine(root, folder))
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            .Where(path => !IsBuildOutput(Path.GetRelativePath(root, path)))
            .Concat(Files.Select(file => Path.Combine(root, file)).Where(File.Exists))
            .Order(StringComparer.Ordinal);

    private static bool IsBuildOutput(string relativePath) =>
        relativePath.Split(Path.DirectorySeparatorChar).Any(segment => segment is "bin" or "obj");
}
