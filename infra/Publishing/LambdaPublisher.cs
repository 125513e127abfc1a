using System.Runtime.InteropServices;

namespace Mlops.Infra.Publishing;

/// <summary>
/// Builds the code of both functions under <c>.mlops/lambda/</c>, or takes what is there when no source has changed.
/// Several processes may publish at once: the second waits for the first.
/// </summary>
public static class LambdaPublisher
{
    private static readonly string[] Functions = ["Orchestrator", "DeploymentFlow"];

    /// <summary>Builds what has changed.</summary>
    /// <exception cref="LambdaPublishingException">The build failed, or may not be shipped.</exception>
    /// <exception cref="StackSettingsException">A blueprint of the user's cannot be packed.</exception>
    public static async Task<LambdaPackages> PublishAsync(
        LambdaPublishing publishing,
        CancellationToken cancellationToken
    )
    {
        var sdkSource = SdkSource.Of(publishing.RepositoryRoot);
        if (sdkSource == SdkSource.StandIns && !publishing.ForLocal)
        {
            throw new LambdaPublishingException(
                "This checkout builds with the stand-ins under standins/, which never leave the repository. Deploy from a machine whose registry serves the official packages (docs/packages.md)."
            );
        }

        var own = OwnBlueprints.Find(publishing.RepositoryRoot, publishing.BlueprintPaths);
        var folder = Folder(publishing);
        Directory.CreateDirectory(folder);
        await using var turn = await FolderLock.TakeAsync(folder, cancellationToken);

        var architecture = Architecture();
        var toolchain = NativeToolchain.Of(publishing.Kind);
        if (toolchain.Refusal is { } refusal)
        {
            throw new LambdaPublishingException(refusal);
        }

        var sources = await SourcesHash.OfAsync(
            publishing.RepositoryRoot,
            [
                publishing.Kind.ToString(),
                toolchain.Available.ToString(),
                architecture,
                sdkSource,
                $"{Environment.Version}",
            ],
            own,
            cancellationToken
        );
        var packages = new List<LambdaPackage>();
        foreach (var function in Functions)
        {
            var build = new FunctionBuild(publishing, own, folder, function, architecture, toolchain);
            packages.Add(await build.GetAsync(sources, cancellationToken));
        }

        return new LambdaPackages(packages[0], packages[1]);
    }

    /// <summary>Managed packages that are asked for do not take the place of native ones, which take longer to build.</summary>
    private static string Folder(LambdaPublishing publishing)
    {
        var folder = Path.Combine(publishing.RepositoryRoot, ".mlops", "lambda");
        return publishing.Kind is LambdaPackageKind.Managed ? Path.Combine(folder, "managed") : folder;
    }

    private static string Architecture() =>
        RuntimeInformation.OSArchitecture switch
        {
            System.Runtime.InteropServices.Architecture.X64 => "x86_64",
            System.Runtime.InteropServices.Architecture.Arm64 => "arm64",
            var other => throw new LambdaPublishingException($"Lambda does not run on {other}: build on x64 or Arm64."),
        };
}
