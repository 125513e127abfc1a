namespace Mlops.Infra.Tests.Declaring;

/// <summary>The checkout that the tests run in.</summary>
internal static class Checkout
{
    public static string Path { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    private static string Find(DirectoryInfo folder) =>
        File.Exists(System.IO.Path.Combine(folder.FullName, "MlopsPulumi.sln"))
            ? folder.FullName
            : Find(folder.Parent ?? throw new DirectoryNotFoundException("MlopsPulumi.sln"));
}
