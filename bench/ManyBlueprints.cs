using Mlops.Provisioning.Blueprints;

namespace Mlops.Bench;

/// <summary>A folder of blueprints with as many as asked for: the one that requests are for, and copies of it under other names.</summary>
internal static class ManyBlueprints
{
    private const string Original = "realtime-inference";

    public static void Make(string folder, string original, int count)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        Copy(original, Path.Combine(folder, Original), text => text);
        for (var number = 1; number < count; number++)
        {
            var name = $"other-{number}";
            Copy(
                original,
                Path.Combine(folder, name),
                text =>
                    text.Replace(Original, name, StringComparison.Ordinal)
                        .Replace("byom_realtime_", $"other_{number}_", StringComparison.Ordinal)
                        .Replace("byompipelinerealtime", $"other{number}x", StringComparison.Ordinal)
            );
        }

        BlueprintCatalog.WriteIndex(folder);
    }

    private static void Copy(string from, string to, Func<string, string> rename)
    {
        Directory.CreateDirectory(to);
        foreach (var file in new[] { Blueprint.ManifestFile, "template.yaml" })
        {
            File.WriteAllText(Path.Combine(to, file), rename(File.ReadAllText(Path.Combine(from, file))));
        }
    }
}
