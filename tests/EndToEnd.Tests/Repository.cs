namespace Mlops.EndToEnd.Tests;

/// <summary>The checkout that these tests run in.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string Entry => Path.Combine(Root, "mlops");

    /// <summary>The Python that has moto, and so boto3: our own virtual environment's, or the machine's.</summary>
    public static string Python =>
        Path.Combine(Root, ".mlops", "venv", "bin", "python3") is var own && File.Exists(own) ? own : "python3";

    public static string Example(string name, string blueprint = "realtime-inference") =>
        Path.Combine(Root, "blueprints", blueprint, "examples", name);

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
