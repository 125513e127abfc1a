using System.Text.Json.Nodes;

namespace Mlops.EndToEnd.Tests;

/// <summary><c>mlops upload</c>, and the AWS CLI as witness of what arrived.</summary>
[TestFixture]
public sealed class UploadTests
{
    private const int Mebibyte = 1024 * 1024;

    /// <summary>The first goes in one piece, the second in parts (the SDK's limit is 16 MB).</summary>
    [Test]
    public async Task A_file_arrives_whole_however_large_and_is_sent_once()
    {
        await using var system = await LocalSystem.StartAsync("--no-example");
        var folder = Directory.CreateTempSubdirectory("mlops-upload-").FullName;
        try
        {
            foreach (var size in (int[])[5, 17 * Mebibyte])
            {
                var file = Path.Combine(folder, $"model-{size}.tar.gz");
                await File.WriteAllBytesAsync(file, Content(size));

                var first = await UploadAsync(system, file);
                var again = await UploadAsync(system, file);
                var copy = Path.Combine(folder, "copy");
                await system.AwsAsync("s3", "cp", $"s3://{system.AssetsBucket}/{first["key"]}", copy, "--quiet");

                Assert.That(((bool)first["uploaded"]!, (bool)again["uploaded"]!), Is.EqualTo((true, false)));
                Assert.That((string)first["key"]!, Does.Match($"^models/[0-9a-f]{{12}}/model-{size}[.]tar[.]gz$"));
                Assert.That(await File.ReadAllBytesAsync(copy), Is.EqualTo(Content(size)));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<JsonNode> UploadAsync(LocalSystem system, string file)
    {
        var (code, output, errors) = await system.MlopsAsync("upload", file, "--output", "json");
        Assert.That(code, Is.Zero, errors);
        return JsonNode.Parse(output)!;
    }

    private static byte[] Content(int size)
    {
        var content = new byte[size];
        new Random(1).NextBytes(content);
        return content;
    }
}
