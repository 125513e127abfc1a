using Mlops.Infra.Publishing;

namespace Mlops.Infra.Tests.Publishing;

/// <summary>What needs no build; that the packages start is the end-to-end tests'.</summary>
public sealed class LambdaPublisherTests
{
    private string _checkout = null!;

    [SetUp]
    public void MakeCheckout()
    {
        _checkout = Directory.CreateTempSubdirectory("mlops-checkout-").FullName;
        Write("lambdas/Orchestrator/Program.cs", "// source");
        Write("lambdas/Orchestrator/obj/generated.cs", "// build output");
    }

    [TearDown]
    public void RemoveCheckout() => Directory.Delete(_checkout, recursive: true);

    [Test]
    public async Task Stand_ins_are_not_shipped()
    {
        Assume.That(Environment.GetEnvironmentVariable("SdkSource"), Is.Null.Or.EqualTo("standins"));
        Write(
            ".mlops/sdk-source.props",
            "<Project><PropertyGroup><SdkSource>standins</SdkSource></PropertyGroup></Project>"
        );

        var refusal = await Assert.ThrowsAsync<LambdaPublishingException>(() =>
            LambdaPublisher.PublishAsync(new LambdaPublishing { RepositoryRoot = _checkout }, CancellationToken.None)
        );

        Assert.That(refusal!.Message, Does.Contain("standins/").And.Contain("docs/packages.md"));
    }

    [Test]
    public async Task What_was_built_from_other_sources_is_not_taken()
    {
        var before = await HashAsync();
        Write("lambdas/Orchestrator/Program.cs", "// another source");
        var after = await HashAsync();

        Assert.That(after, Is.Not.EqualTo(before));
    }

    [Test]
    public async Task A_new_file_a_moved_file_and_another_kind_of_package_are_other_sources()
    {
        var before = await HashAsync();
        Write("blueprints/new/blueprint.json", "{}");
        var added = await HashAsync();
        Directory.Move(Path.Combine(_checkout, "blueprints/new"), Path.Combine(_checkout, "blueprints/moved"));
        var moved = await HashAsync();
        var managed = await HashAsync("managed");

        Assert.That(new[] { before, added, moved, managed }, Is.Unique);
    }

    [Test]
    public async Task Build_output_is_no_source()
    {
        var before = await HashAsync();
        Write("lambdas/Orchestrator/obj/generated.cs", "// built again");

        Assert.That(await HashAsync(), Is.EqualTo(before));
    }

    [TestCase("no symbols at all", "2.0")]
    [TestCase("\0GLIBC_2.2.5\0GLIBC_2.34\0GLIBC_2.9\0", "2.34", Description = "newest by number, not by text")]
    [TestCase("\0GLIBC_2.38\0", "2.38")]
    public void The_newest_GLIBC_that_a_binary_needs_is_read_from_it(string content, string newest)
    {
        Assert.That(NativeToolchain.NewestGlibc(content), Is.EqualTo(Version.Parse(newest)));
    }

    [Test]
    public async Task Only_what_Amazon_Linux_2023_can_load_is_taken()
    {
        Write("old", "\0GLIBC_2.34\0");
        Write("new", "\0GLIBC_2.36\0");

        Assert.That(
            await NativeToolchain.RefusalOfAsync(Path.Combine(_checkout, "old"), CancellationToken.None),
            Is.Null
        );
        Assert.That(
            await NativeToolchain.RefusalOfAsync(Path.Combine(_checkout, "new"), CancellationToken.None),
            Is.EqualTo("A native binary of this machine needs GLIBC 2.36; Lambda's Amazon Linux 2023 has 2.34.")
        );
    }

    private Task<string> HashAsync(string kind = "auto") =>
        SourcesHash.OfAsync(_checkout, [kind], [], CancellationToken.None);

    private void Write(string path, string content)
    {
        var whole = Path.Combine(_checkout, path);
        Directory.CreateDirectory(Path.GetDirectoryName(whole)!);
        File.WriteAllText(whole, content);
    }
}
