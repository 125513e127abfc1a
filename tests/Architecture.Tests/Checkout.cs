using System.Xml.Linq;

namespace Mlops.Architecture.Tests;

/// <summary>The files of this repository, as they are written.</summary>
internal static class Checkout
{
    private static readonly string[] NotSource = [".git", ".mlops", "bin", "obj", "node_modules"];

    public static string Root { get; } = Find();

    public static IReadOnlyList<ProjectFile> Projects { get; } =
    [.. Files("*.csproj").Select(path => new ProjectFile(path, XDocument.Load(Path.Combine(Root, path))))];

    /// <summary>Paths from the root, with forward slashes.</summary>
    public static IReadOnlyList<string> Files(string pattern) =>
        [.. In(Root, pattern).Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/')).Order()];

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static IEnumerable<string> In(string folder, string pattern) =>
        Directory
            .EnumerateFiles(folder, pattern)
            .Concat(
                Directory
                    .EnumerateDirectories(folder)
                    .Where(child => !NotSource.Contains(Path.GetFileName(child)))
                    .SelectMany(child => In(child, pattern))
            );

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "MlopsPulumi.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"{AppContext.BaseDirectory} is not inside a checkout.");
    }
}

/// <summary>A csproj.</summary>
/// <param name="Path">From the root.</param>
/// <param name="Content">As it is written, before any import.</param>
internal sealed record ProjectFile(string Path, XDocument Content)
{
    /// <summary>The first folder: <c>cli</c>, <c>standins</c>, …</summary>
    public string Room => Path.Split('/')[0];

    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public bool IsStandIn => Room == "standins";

    public bool IsTest => Room == "tests";

    public IEnumerable<string> Packages => Items("PackageReference").Select(item => item.Attribute("Include")!.Value);

    /// <summary>Paths of projects from the root.</summary>
    public IEnumerable<string> References =>
        Items("ProjectReference").Select(item => FromRoot(item.Attribute("Include")!.Value));

    public IEnumerable<XElement> Items(string kind) => Content.Descendants(kind);

    public override string ToString() => Path;

    private string FromRoot(string reference)
    {
        var folder = System.IO.Path.GetDirectoryName(System.IO.Path.Combine(Checkout.Root, Path))!;
        var whole = System.IO.Path.GetFullPath(System.IO.Path.Combine(folder, reference));
        return System.IO.Path.GetRelativePath(Checkout.Root, whole).Replace('\\', '/');
    }
}
