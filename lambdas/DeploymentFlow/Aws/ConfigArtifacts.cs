using System.IO.Compression;
using Mlops.DeploymentFlow.Duties;
using Mlops.DeploymentFlow.Jobs;
using Mlops.Provisioning.Configs;

namespace Mlops.DeploymentFlow.Aws;

/// <summary>Reads a commit from the artifact store.</summary>
public sealed class ConfigArtifacts : IConfigArtifacts
{
    /// <inheritdoc />
    public async Task<ReadOnlyMemory<byte>?> ReadAsync(JobData job, string path, CancellationToken cancellationToken)
    {
        await using var bytes = await JobArtifacts.ReadToDiskAsync(job, cancellationToken);
        using var zip = new ZipArchive(bytes, ZipArchiveMode.Read);
        if (zip.GetEntry(path.TrimStart('/')) is not { } entry)
        {
            return null;
        }

        await using var content = await entry.OpenAsync(cancellationToken);
        var file = new byte[Math.Min(entry.Length, ConfigFile.SizeLimit + 1)];
        await content.ReadExactlyAsync(file, cancellationToken);
        return file;
    }
}
