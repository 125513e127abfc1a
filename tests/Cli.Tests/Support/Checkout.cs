namespace Mlops.Cli.Tests.Support;

/// <summary>The repository that the tests were built in.</summary>
internal static class Checkout
{
    private static readonly string Root = Find();

    public static string Folder(string path) => Path.Combine(Root, path);

    private static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "MlopsPulumi.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("There is no checkout.");
        }

        return folder;
    }
}
