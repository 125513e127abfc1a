using System.IO.Compression;
using System.Security.Cryptography;
using Mlops.Infra.Publishing;

namespace Mlops.Infra.Tests.Publishing;

public sealed class DeterministicZipTests
{
    private string _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("mlops-zip-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task The_same_files_give_the_same_bytes_whenever_they_were_written()
    {
        var first = await WriteAsync("first.zip", "bootstrap", "blueprints/a.json");
        File.SetLastWriteTimeUtc(
            Path.Combine(_folder, "bootstrap"),
            new DateTime(2031, 5, 6, 0, 0, 0, DateTimeKind.Utc)
        );
        var second = await WriteAsync("second.zip", "blueprints/a.json", "bootstrap");

        Assert.That(second, Is.EqualTo(first));
    }

    [Test]
    public async Task It_answers_the_hash_that_Lambda_works_out()
    {
        var hash = await WriteAsync("code.zip", "bootstrap");

        var bytes = await File.ReadAllBytesAsync(Path.Combine(_folder, "code.zip"));
        Assert.That(hash, Is.EqualTo(Convert.ToBase64String(SHA256.HashData(bytes))));
    }

    [Test]
    public async Task Entries_are_sorted_and_only_the_bootstrap_may_be_started()
    {
        await WriteAsync("code.zip", "bootstrap", "a.json");

        await using var zip = await ZipFile.OpenReadAsync(Path.Combine(_folder, "code.zip"));
        Assert.That(
            zip.Entries.Select(entry =>
                $"{entry.FullName} {Convert.ToString((entry.ExternalAttributes >> 16) & 0x1FF, 8)}"
            ),
            Is.EqualTo(["a.json 644", "bootstrap 755"])
        );
    }

    private Task<string> WriteAsync(string zip, params string[] names)
    {
        foreach (var name in names)
        {
            var path = Path.Combine(_folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            if (!File.Exists(path))
            {
                File.WriteAllText(path, name);
            }
        }

        return DeterministicZip.WriteAsync(
            Path.Combine(_folder, zip),
            names.ToDictionary(name => name, name => Path.Combine(_folder, name)),
            "bootstrap",
            CancellationToken.None
        );
    }
}
