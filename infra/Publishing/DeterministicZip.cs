using System.IO.Compression;
using System.Security.Cryptography;

namespace Mlops.Infra.Publishing;

/// <summary>The same files always give the same bytes: sorted entries, one fixed time, fixed permissions.</summary>
internal static class DeterministicZip
{
    /// <summary>The oldest time that a zip can hold.</summary>
    private static readonly DateTimeOffset Timestamp = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private const int RegularFile = 0x8000;
    private const int Readable = 0x1A4; // rw-r--r--
    private const int Executable = 0x1ED; // rwxr-xr-x

    /// <summary>Writes the zip, and answers its SHA-256 in base64.</summary>
    /// <param name="path">Where; replaced when it is there.</param>
    /// <param name="entries">Entry name, with forward slashes → file.</param>
    /// <param name="executable">The entry that Lambda starts; null: none.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public static async Task<string> WriteAsync(
        string path,
        IReadOnlyDictionary<string, string> entries,
        string? executable,
        CancellationToken cancellationToken
    )
    {
        await using (var file = File.Create(path))
        {
            using var zip = new ZipArchive(file, ZipArchiveMode.Create);
            foreach (var (name, source) in entries.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            {
                var entry = zip.CreateEntry(name, CompressionLevel.SmallestSize);
                entry.LastWriteTime = Timestamp;
                entry.ExternalAttributes = (RegularFile | (name == executable ? Executable : Readable)) << 16;
                await using var content = File.OpenRead(source);
                await using var target = await entry.OpenAsync(cancellationToken);
                await content.CopyToAsync(target, cancellationToken);
            }
        }

        await using var written = File.OpenRead(path);
        return Convert.ToBase64String(await SHA256.HashDataAsync(written, cancellationToken));
    }
}
