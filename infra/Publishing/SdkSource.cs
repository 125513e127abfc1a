using System.Xml.Linq;

namespace Mlops.Infra.Publishing;

/// <summary>Where this checkout's SDK packages come from: decided by <c>./mlops setup</c> (docs/packages.md).</summary>
internal static class SdkSource
{
    public const string StandIns = "standins";

    private const string Registry = "registry";

    /// <summary>As Directory.Build.props decides: the environment, then the file that setup wrote, then the registry.</summary>
    public static string Of(string repositoryRoot)
    {
        if (Environment.GetEnvironmentVariable("SdkSource") is { Length: > 0 } chosen)
        {
            return chosen;
        }

        var file = Path.Combine(repositoryRoot, ".mlops", "sdk-source.props");
        return File.Exists(file)
            ? XDocument.Load(file).Descendants("SdkSource").FirstOrDefault()?.Value.Trim() ?? Registry
            : Registry;
    }
}
