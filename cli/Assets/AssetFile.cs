using System.Security.Cryptography;
using Mlops.Provisioning;
using Mlops.Provisioning.Values;

namespace Mlops.Cli.Assets;

/// <summary>A file on this machine that is to be an asset.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Sha256">Of its content, lower-case hexadecimal.</param>
public sealed record AssetFile(string Path, long Size, string Sha256)
{
    private const int ShortHash = 12;

    /// <summary>Reads the file once.</summary>
    /// <exception cref="ExpectedFailureException">It is not there, not readable, or a folder.</exception>
    public static async Task<AssetFile> ReadAsync(string name, string workingFolder, CancellationToken cancellation)
    {
        var path = System.IO.Path.Combine(workingFolder, name);
        if (Directory.Exists(path))
        {
            throw new ExpectedFailureException(
                $"{name} is a folder.",
                $"Pack it as SageMaker wants a model: tar -czf model.tar.gz -C '{name}' ."
            );
        }

        try
        {
            await using var content = File.OpenRead(path);
            var hash = await SHA256.HashDataAsync(content, cancellation);
            return new AssetFile(path, content.Length, Convert.ToHexStringLower(hash));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new ExpectedFailureException($"{name} cannot be read: {problem.Message}", "Check the path.", problem);
        }
    }

    /// <summary>
    /// Where it goes. Without a wish into a place of its content's own: a request that names another model is another
    /// request, whereas a new file at an old place changes no request and so deploys nothing.
    /// </summary>
    /// <exception cref="ExpectedFailureException">It is no key that a request could name.</exception>
    public string KeyIn(string bucket, string? wish)
    {
        var name = System.IO.Path.GetFileName(Path);
        var key =
            wish is null ? $"models/{Sha256[..ShortHash]}/{name}"
            : wish.EndsWith('/') ? wish + name
            : wish;
        if (
            key.StartsWith("s3://", StringComparison.OrdinalIgnoreCase)
            || !S3Location.TryParse($"{bucket}/{key}", out var place)
        )
        {
            throw new ExpectedFailureException(
                $"\"{key}\" is not a key in the bucket {bucket}.",
                "Write a key without scheme and bucket, without a slash at its beginning and without empty, . and .. segments: models/model.tar.gz"
            );
        }

        return key.StartsWith(DeploymentNames.PackagePrefix, StringComparison.Ordinal)
            ? throw new ExpectedFailureException(
                $"{DeploymentNames.PackagePrefix} is where the Orchestrator keeps its packages.",
                "Choose another key: models/model.tar.gz"
            )
            : place.Key;
    }
}
