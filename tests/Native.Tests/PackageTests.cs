using System.IO.Compression;

namespace Mlops.Native.Tests;

/// <summary>What is in the packages, native or not.</summary>
public sealed class PackageTests
{
    private const int OwnerMayExecute = 0b001_000_000;

    [Test]
    public async Task A_package_has_what_its_runtime_starts([Values] bool orchestrator)
    {
        var package = Packages.Of(each => orchestrator ? each.Orchestrator : each.DeploymentFlow);
        await using var zip = await ZipFile.OpenReadAsync(package.ZipPath);

        var started =
            package.Runtime == "provided.al2023" ? zip.GetEntry("bootstrap") : zip.GetEntry($"{package.Handler}.dll");

        Assert.That(started, Is.Not.Null);
        if (package.Runtime == "provided.al2023")
        {
            Assert.That((started!.ExternalAttributes >> 16) & OwnerMayExecute, Is.Not.Zero);
        }
    }

    [Test]
    public async Task Every_blueprint_travels_with_the_Orchestrator()
    {
        await using var zip = await ZipFile.OpenReadAsync(Packages.Of(each => each.Orchestrator).ZipPath);

        var blueprints = Path.Combine(Packages.Root, "blueprints");
        foreach (var path in Directory.GetDirectories(blueprints).SelectMany(Directory.GetFiles))
        {
            var entry = zip.GetEntry($"blueprints/{Path.GetRelativePath(blueprints, path).Replace('\\', '/')}");
            Assert.That(entry, Is.Not.Null, path);
            using var reader = new StreamReader(await entry!.OpenAsync());
            Assert.That(await reader.ReadToEndAsync(), Is.EqualTo(await File.ReadAllTextAsync(path)), path);
        }
    }
}
