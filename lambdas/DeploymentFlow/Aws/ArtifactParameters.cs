using System.IO.Compression;
using System.Text.Json;
using Mlops.DeploymentFlow.Duties;
using Mlops.DeploymentFlow.Jobs;

namespace Mlops.DeploymentFlow.Aws;

/// <summary>Reads the package from the artifact store with the credentials that CodePipeline gives for this job only.</summary>
public sealed class ArtifactParameters : IPackageParameters
{
    // A template has at most 200 parameters of 4,096 bytes (CloudFormation quotas).
    private const int LargestFile = 1024 * 1024;

    /// <inheritdoc />
    public async Task<IReadOnlyDictionary<string, string>> ReadAsync(
        JobData job,
        string file,
        CancellationToken cancellationToken
    )
    {
        using var bytes = await JobArtifacts.ReadAsync(job, cancellationToken);
        using var zip = new ZipArchive(bytes, ZipArchiveMode.Read);
        return await ParametersAsync(zip, file, cancellationToken);
    }

    private static async Task<IReadOnlyDictionary<string, string>> ParametersAsync(
        ZipArchive zip,
        string file,
        CancellationToken cancellationToken
    )
    {
        var entry = zip.GetEntry(file);
        if (entry is not { Length: <= LargestFile })
        {
            throw new InvalidDataException($"The package has no parameter file {file} of at most 1 MB.");
        }

        await using var text = await entry.OpenAsync(cancellationToken);
        using var json = await JsonDocument.ParseAsync(text, cancellationToken: cancellationToken);
        return
            json.RootElement.TryGetProperty("Parameters", out var parameters)
            && parameters.ValueKind == JsonValueKind.Object
            ? parameters
                .EnumerateObject()
                .ToDictionary(p => p.Name, p => p.Value.GetString() ?? "", StringComparer.Ordinal)
            : throw new InvalidDataException($"{file} has no \"Parameters\".");
    }
}
