using System.IO.Compression;
using Mlops.Local.Git;

namespace Mlops.Local.Tests.Git;

public sealed class GitRepositoryTests
{
    [Test]
    public async Task A_new_repository_has_one_commit_with_the_file_wherever_it_is_to_be()
    {
        using var work = await Work.BeginAsync("teams/search/mlops-config.json", "{\"pipelines\": []}\n");

        Assert.That(await work.InAsync("rev-list", "--count", "main"), Is.EqualTo("1"));
        Assert.That(await work.InAsync("ls-files"), Is.EqualTo("teams/search/mlops-config.json"));
        Assert.That(
            await work.InAsync("show", "HEAD:teams/search/mlops-config.json"),
            Is.EqualTo("{\"pipelines\": []}")
        );
    }

    [Test]
    public async Task The_newest_commit_is_seen_after_a_push_also_when_git_has_packed_its_references()
    {
        using var work = await Work.BeginAsync();

        var pushed = await work.PushAsync("a.txt", "a");
        var loose = work.Repository.Head("main");
        await work.GitAsync("--git-dir", work.Repository.Path, "pack-refs", "--all");

        Assert.That(loose, Is.EqualTo(pushed));
        Assert.That(work.Repository.Head("main"), Is.EqualTo(pushed));
        Assert.That(work.Repository.Head("release"), Is.Null);
        Assert.That(work.Repository.Head("ain"), Is.Null, "not the end of another name");
    }

    [Test]
    public async Task The_files_that_differ_are_named_as_they_are()
    {
        using var work = await Work.BeginAsync();
        var before = work.Repository.Head("main")!;
        await work.PushAsync("a b/ü.txt", "a");
        var after = await work.PushAsync("mlops-config.json", "{ }");

        Assert.That(
            await work.Repository.ChangedAsync(before, after, CancellationToken.None),
            Is.EqualTo(["a b/ü.txt", "mlops-config.json"])
        );
        Assert.That(
            async () => await work.Repository.ChangedAsync(new string('0', 40), after, CancellationToken.None),
            Throws.TypeOf<GitException>()
        );
    }

    [Test]
    public async Task An_archive_is_that_commit_and_has_no_history()
    {
        using var work = await Work.BeginAsync();
        var first = await work.PushAsync("a.txt", "first");
        await work.PushAsync("a.txt", "second");

        using var zip = new ZipArchive(await work.Repository.ArchiveAsync(first, CancellationToken.None));
        using var text = new StreamReader(zip.GetEntry("a.txt")!.Open());

        Assert.That(zip.Entries.Select(entry => entry.FullName), Is.EquivalentTo(["a.txt", "mlops-config.json"]));
        Assert.That(await text.ReadToEndAsync(), Is.EqualTo("first"));
    }

    [Test]
    public async Task A_commit_says_who_made_it_and_why()
    {
        using var work = await Work.BeginAsync();
        var id = await work.PushAsync("a.txt", "a", "One line\n\nand more\nof them");

        var commit = await work.Repository.CommitAsync(id, CancellationToken.None);

        Assert.That(
            (commit.Id, commit.Author, commit.Email, commit.Message),
            Is.EqualTo((id, "Ada", "ada@example.com", "One line\n\nand more\nof them"))
        );
        Assert.That(commit.Authored, Is.EqualTo(DateTimeOffset.UtcNow).Within(TimeSpan.FromMinutes(1)));
    }
}
