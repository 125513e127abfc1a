using Mlops.Cli.Commands;
using Mlops.Cli.Reference;
using Mlops.Cli.Tests.Support;
using Mlops.Provisioning.Blueprints;

namespace Mlops.Cli.Tests.Reference;

/// <summary>docs/reference against the manifests.</summary>
internal sealed class ReferenceFilesTests : CliFixture
{
    private const string Remedy = "docs/reference is older than a manifest. Run: ./mlops reference";

    private static IReadOnlyDictionary<string, string> Expected { get; } =
        ReferenceFiles.Of(BlueprintCatalog.Open(Checkout.Folder("blueprints")));

    [Test]
    public void There_is_a_file_for_each_pipeline_type_and_no_other() =>
        Assert.That(
            Directory.EnumerateFiles(Checkout.Folder(ReferenceCommand.Folder)).Select(Path.GetFileName),
            Is.EquivalentTo(Expected.Keys),
            Remedy
        );

    [Test]
    public void Each_says_what_its_manifest_says([ValueSource(nameof(Names))] string name)
    {
        var path = Path.Combine(Checkout.Folder(ReferenceCommand.Folder), name);

        Assert.That(File.Exists(path) ? File.ReadAllText(path) : null, Is.EqualTo(Expected[name]), Remedy);
    }

    [Test]
    public async Task The_command_writes_them_and_removes_what_is_no_more()
    {
        GivenFile("pages/old_type.md", "gone");

        var exit = await Run("reference", "pages");

        Assert.That(exit, Is.EqualTo(ExitCode.Done));
        Assert.That(
            Directory.EnumerateFiles(Path.Combine(Folder, "pages")).Select(Path.GetFileName),
            Is.EquivalentTo(Expected.Keys)
        );
    }

    private static IEnumerable<string> Names() => Expected.Keys.Order(StringComparer.Ordinal);
}
