using System.IO.Compression;
using System.Security.Cryptography;

namespace Mlops.Provisioning.Packaging;

/// <summary>One file of a package.</summary>
/// <param name="Name">Without folders.</param>
/// <param name="Content">Its bytes.</param>
public sealed record PackageFile(string Name, ReadOnlyMemory<byte> Content);

/// <summary>
/// The zip that is a pipeline's source. Its bytes depend on nothing but names and contents of the files: sorted, with
/// one fixed timestamp, and stored without compression, whose output another version of zlib could change.
/// </summary>
public sealed class TemplatePackage
{
    // The earliest that a zip can say; it has no time zone.
    private static readonly DateTimeOffset Timestamp = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Func<IEnumerable<PackageFile>> files;

    private TemplatePackage(Func<IEnumerable<PackageFile>> files)
    {
        this.files = files;
        var sorted = Sorted();
        for (var i = 1; i < sorted.Length; i++)
        {
            if (sorted[i].Name == sorted[i - 1].Name)
            {
                throw new ArgumentException($"Two files are named {sorted[i].Name}.", nameof(files));
            }
        }

        FileNames = [.. sorted.Select(file => file.Name)];
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(Zip(sorted).Span));
    }

    /// <summary>
    /// The zip, written anew each time: a thousand requests of one file are planned at once, and all their templates together
    /// would be most of what a function needs of memory.
    /// </summary>
    public ReadOnlyMemory<byte> Bytes => Zip(Sorted());

    /// <summary>SHA-256 of <see cref="Bytes"/>, lower-case hex.</summary>
    public string Sha256 { get; }

    /// <summary>The files, in the order of the zip; made anew each time, as <see cref="Bytes"/> are.</summary>
    public IReadOnlyList<PackageFile> Files => Sorted();

    /// <summary>Names of the files, in the order of the zip.</summary>
    public IReadOnlyList<string> FileNames { get; }

    /// <summary>Packs the files, whatever their order.</summary>
    /// <param name="files">Makes them; asked again whenever the zip is, so they are the same each time.</param>
    /// <exception cref="ArgumentException">Two have the same name.</exception>
    public static TemplatePackage Pack(Func<IEnumerable<PackageFile>> files) => new(files);

    private PackageFile[] Sorted() => [.. files().OrderBy(file => file.Name, StringComparer.Ordinal)];

    private static ReadOnlyMemory<byte> Zip(PackageFile[] sorted)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var file in sorted)
            {
                var entry = zip.CreateEntry(file.Name, CompressionLevel.NoCompression);
                entry.LastWriteTime = Timestamp;
                using var content = entry.Open();
                content.Write(file.Content.Span);
            }
        }

        return stream.GetBuffer().AsMemory(0, (int)stream.Length);
    }
}
