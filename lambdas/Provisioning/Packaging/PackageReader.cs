using System.IO.Compression;

namespace Mlops.Provisioning.Packaging;

/// <summary>Reads packages that are there. They may be anybody's: whoever may write to the bucket may have put them there.</summary>
internal static class PackageReader
{
    /// <summary>
    /// The largest package that is read, in bytes. Ours have less than 0.1 MiB; the largest template that CloudFormation takes
    /// has 1 MB (CloudFormation's quotas).
    /// </summary>
    public const int Limit = 2 * 1024 * 1024;

    /// <summary>Those of the files that are there, by name; null where it is no package of ours.</summary>
    public static IReadOnlyDictionary<string, ReadOnlyMemory<byte>>? Read(
        ReadOnlyMemory<byte> package,
        IEnumerable<string> names
    )
    {
        if (package.Length > Limit)
        {
            return null;
        }

        try
        {
            using var zip = new ZipArchive(new MemoryStream(package.ToArray(), writable: false));
            var entries = names.Select(zip.GetEntry).OfType<ZipArchiveEntry>().ToList();
            // Ours are not compressed: what is inside is never more than the whole.
            return
                entries.Any(entry => entry.Length > package.Length)
                || entries.Sum(entry => entry.Length) > package.Length
                ? null
                : entries.ToDictionary(entry => entry.FullName, Content);
        }
        catch (Exception foreign)
            when (foreign is InvalidDataException or IOException or NotSupportedException or ArgumentException)
        {
            return null;
        }
    }

    private static ReadOnlyMemory<byte> Content(ZipArchiveEntry entry)
    {
        var bytes = new byte[entry.Length];
        using var content = entry.Open();
        content.ReadExactly(bytes);
        return bytes;
    }
}
