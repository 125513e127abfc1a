using System.IO.Compression;
using Mlops.Infra;
using Mlops.Infra.Publishing;

namespace Mlops.Native.Tests;

/// <summary>The packages as they are shipped, built once for all tests (or taken, when no source has changed) and unpacked.</summary>
[SetUpFixture]
internal sealed class Packages
{
    private static readonly TimeSpan LongestBuild = TimeSpan.FromMinutes(10);
    private static readonly List<string> Told = [];
    private const string Native = "provided.al2023";
    private static LambdaPackages? packages;
    private static string? folder;

    [OneTimeSetUp]
    public static async Task PublishAsync()
    {
        using var time = new CancellationTokenSource(LongestBuild);
        var publishing = new LambdaPublishing
        {
            RepositoryRoot = Root,
            ForLocal = true,
            Tell = Told.Add,
        };
        packages = await LambdaPublisher.PublishAsync(publishing, time.Token);
        if (packages.Orchestrator.Runtime != Native || packages.DeploymentFlow.Runtime != Native)
        {
            await RequireReasonAsync(publishing, time.Token);
        }

        folder = Directory.CreateTempSubdirectory("mlops-native-").FullName;
        foreach (var package in (LambdaPackage[])[packages.Orchestrator, packages.DeploymentFlow])
        {
            await ZipFile.ExtractToDirectoryAsync(package.ZipPath, Unpacked(package), time.Token);
        }
    }

    /// <summary>
    /// Code that cannot be compiled ahead of time ends as a managed package, and everything goes on. Here it is a failure,
    /// unless it is the machine that cannot.
    /// </summary>
    private static async Task RequireReasonAsync(LambdaPublishing publishing, CancellationToken cancellationToken)
    {
        try
        {
            packages = await LambdaPublisher.PublishAsync(
                publishing with
                {
                    Kind = LambdaPackageKind.Aot,
                },
                cancellationToken
            );
        }
        catch (LambdaPublishingException problem)
            when (problem.Message.Contains("GLIBC", StringComparison.Ordinal)
                || problem.Message.Contains("toolchain", StringComparison.Ordinal)
                || problem.Message.Contains("on Linux only", StringComparison.Ordinal)
            )
        {
            Told.Add(problem.Message);
        }
    }

    [OneTimeTearDown]
    public static void Remove()
    {
        if (folder is not null)
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The checkout.</summary>
    public static string Root { get; } = FindRoot();

    public static LambdaPackage Of(Func<LambdaPackages, LambdaPackage> choose) => choose(packages!);

    /// <summary>Path of the function's native binary; where this machine cannot build one, the test is skipped and says why.</summary>
    public static string Bootstrap(Func<LambdaPackages, LambdaPackage> choose)
    {
        var package = Of(choose);
        if (package.Runtime != Native)
        {
            Assert.Ignore(
                $"This machine builds packages for {package.Runtime}. Native ones need Linux and a C toolchain (on Debian: apt-get install gcc zlib1g-dev). {string.Join(' ', Told)}"
            );
        }

        return Path.Combine(Unpacked(package), "bootstrap");
    }

    private static string Unpacked(LambdaPackage package) =>
        Path.Combine(folder!, Path.GetFileNameWithoutExtension(package.ZipPath));

    private static string FindRoot()
    {
        for (var place = new DirectoryInfo(AppContext.BaseDirectory); place is not null; place = place.Parent)
        {
            if (File.Exists(Path.Combine(place.FullName, "MlopsPulumi.sln")))
            {
                return place.FullName;
            }
        }

        throw new DirectoryNotFoundException($"{AppContext.BaseDirectory} is not inside a checkout.");
    }
}
