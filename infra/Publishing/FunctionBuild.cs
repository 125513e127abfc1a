using System.Text.Json;
using Mlops.Provisioning.Blueprints;

namespace Mlops.Infra.Publishing;

/// <summary>The package of one function: found, or built.</summary>
internal sealed class FunctionBuild(
    LambdaPublishing publishing,
    IReadOnlyList<string> ownBlueprints,
    string folder,
    string function,
    string architecture,
    NativeToolchain toolchain
)
{
    private const string Bootstrap = "bootstrap";

    private string AssemblyName => $"Mlops.{function}";

    private string ZipPath => Path.Combine(folder, $"{function}.zip");

    private string NotePath => Path.Combine(folder, $"{function}.json");

    /// <summary>Beside the zip: what it was made of, and what it is.</summary>
    private sealed record Note(string Sources, LambdaPackage Package);

    public async Task<LambdaPackage> GetAsync(string sources, CancellationToken cancellationToken)
    {
        if (await FindAsync(sources, cancellationToken) is { } found)
        {
            return found;
        }

        File.Delete(NotePath);
        var package = await BuildAsync(cancellationToken);
        await File.WriteAllTextAsync(NotePath, JsonSerializer.Serialize(new Note(sources, package)), cancellationToken);
        return package;
    }

    private async Task<LambdaPackage?> FindAsync(string sources, CancellationToken cancellationToken)
    {
        if (!File.Exists(NotePath) || !File.Exists(ZipPath))
        {
            return null;
        }

        try
        {
            var note = JsonSerializer.Deserialize<Note>(await File.ReadAllTextAsync(NotePath, cancellationToken));
            return note?.Sources == sources ? note.Package with { ZipPath = ZipPath } : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task<LambdaPackage> BuildAsync(CancellationToken cancellationToken)
    {
        if (!toolchain.Available)
        {
            publishing.Tell($"{function}: a package for Lambda's .NET runtime. {toolchain.Reason}");
            return await ManagedAsync(cancellationToken);
        }

        publishing.Tell($"{function}: native code for Amazon Linux 2023; this takes about half a minute.");
        var (native, refusal) = await NativeAsync(cancellationToken);
        if (native is not null)
        {
            return native;
        }

        if (publishing.Kind is LambdaPackageKind.Aot)
        {
            throw new LambdaPublishingException($"{function} could not be built as native code. {refusal}");
        }

        publishing.Tell($"{function}: a package for Lambda's .NET runtime instead. {refusal}");
        return await ManagedAsync(cancellationToken);
    }

    private async Task<(LambdaPackage? Package, string? Refusal)> NativeAsync(CancellationToken cancellationToken)
    {
        var output = Output("native");
        var failure = await PublishAsync(output, ["-p:PublishAot=true", "-p:StripSymbols=true"], cancellationToken);
        if (failure is not null)
        {
            return (null, $"The build says: {failure}");
        }

        var binary = Path.Combine(output, AssemblyName);
        if (await NativeToolchain.RefusalOfAsync(binary, cancellationToken) is { } refusal)
        {
            return (null, refusal);
        }

        var entries = Files(output, path => path == binary ? Bootstrap : null);
        var hash = await DeterministicZip.WriteAsync(ZipPath, entries, Bootstrap, cancellationToken);
        return (new LambdaPackage(ZipPath, hash, "provided.al2023", Bootstrap, architecture), null);
    }

    private async Task<LambdaPackage> ManagedAsync(CancellationToken cancellationToken)
    {
        var output = Output("managed");
        var failure = await PublishAsync(
            output,
            ["--self-contained", "false", "-p:PublishAot=false", "-p:UseAppHost=false"],
            cancellationToken
        );
        if (failure is not null)
        {
            throw new LambdaPublishingException($"{function} could not be built. The build says:\n{failure}");
        }

        var hash = await DeterministicZip.WriteAsync(ZipPath, Files(output, _ => null), null, cancellationToken);
        return new LambdaPackage(ZipPath, hash, "dotnet10", AssemblyName, architecture);
    }

    private async Task<string?> PublishAsync(string output, string[] kind, CancellationToken cancellationToken) =>
        await DotnetPublish.RunAsync(
            publishing.RepositoryRoot,
            [
                Path.Combine("lambdas", function, $"{function}.csproj"),
                "--configuration",
                "Release",
                "--runtime",
                architecture == "arm64" ? "linux-arm64" : "linux-x64",
                "--artifacts-path",
                Path.Combine(folder, "build"),
                "--output",
                output,
                "--nologo",
                "-v",
                "quiet",
                .. kind,
            ],
            cancellationToken
        ) ?? IndexBlueprints(Path.Combine(output, "blueprints"));

    /// <summary>With an index, a cold start reads one manifest however many there are; a broken one is found here.</summary>
    private string? IndexBlueprints(string blueprints)
    {
        try
        {
            if (Directory.Exists(blueprints))
            {
                OwnBlueprints.Copy(ownBlueprints, blueprints);
                BlueprintCatalog.WriteIndex(blueprints);
            }

            return null;
        }
        catch (BlueprintException broken)
        {
            return broken.Message;
        }
    }

    /// <summary>Empty, so that nothing of an earlier build gets into the package.</summary>
    private string Output(string kind)
    {
        var output = Path.Combine(folder, "output", function, kind);
        if (Directory.Exists(output))
        {
            Directory.Delete(output, recursive: true);
        }

        return output;
    }

    private static Dictionary<string, string> Files(string output, Func<string, string?> rename) =>
        Directory
            .EnumerateFiles(output, "*", SearchOption.AllDirectories)
            .Where(path => Path.GetExtension(path) is not (".pdb" or ".dbg" or ".xml"))
            .ToDictionary(path => rename(path) ?? Path.GetRelativePath(output, path).Replace('\\', '/'));
}
