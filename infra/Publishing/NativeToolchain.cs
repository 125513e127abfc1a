using System.Text;
using System.Text.RegularExpressions;

namespace Mlops.Infra.Publishing;

/// <summary>Whether this machine can build a native binary that runs on Lambda.</summary>
/// <param name="Available">Whether it is worth trying.</param>
/// <param name="Reason">A sentence on why not; null when it is.</param>
/// <param name="Refusal">What to say when native code was asked for and cannot be had; else null.</param>
internal sealed partial record NativeToolchain(bool Available, string? Reason, string? Refusal)
{
    /// <summary>Newest GLIBC that Amazon Linux 2023 has, where <c>provided.al2023</c> runs.</summary>
    private static readonly Version AmazonLinuxGlibc = new(2, 34);

    /// <summary>NativeAOT's own order of preference.</summary>
    private static readonly string[] Linkers = ["clang", "gcc"];

    public static NativeToolchain Of(LambdaPackageKind kind)
    {
        var missing = kind is LambdaPackageKind.Managed ? "The setting asks for a managed package." : Missing();
        var refusal =
            kind is LambdaPackageKind.Aot && missing is not null
                ? $"{missing} Run: pulumi config set mlops:lambdaPackage auto"
                : null;
        return new NativeToolchain(missing is null, missing, refusal);
    }

    /// <summary>Why Amazon Linux 2023 could not load this binary; null when it can.</summary>
    public static async Task<string?> RefusalOfAsync(string binary, CancellationToken cancellationToken)
    {
        var newest = NewestGlibc(Encoding.Latin1.GetString(await File.ReadAllBytesAsync(binary, cancellationToken)));
        return newest > AmazonLinuxGlibc
            ? $"A native binary of this machine needs GLIBC {newest}; Lambda's Amazon Linux 2023 has {AmazonLinuxGlibc}."
            : null;
    }

    /// <summary>The version names that a dynamically linked ELF file needs are plain text in it.</summary>
    internal static Version NewestGlibc(string content) =>
        GlibcVersion()
            .Matches(content)
            .Select(match => Version.Parse(match.Groups["version"].Value))
            .Append(new(2, 0))
            .Max()!;

    private static string? Missing()
    {
        if (!OperatingSystem.IsLinux())
        {
            return "Native code for Lambda is built on Linux only.";
        }

        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return Linkers.Any(linker => folders.Any(folder => File.Exists(Path.Combine(folder, linker))))
            ? null
            : "There is no C toolchain (on Debian: apt-get install gcc zlib1g-dev).";
    }

    [GeneratedRegex(@"GLIBC_(?<version>2\.[0-9]{1,3})", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10000)]
    private static partial Regex GlibcVersion();
}
