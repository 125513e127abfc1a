using System.Diagnostics;
using Mlops.Local.Git;

namespace Mlops.Local.Tests.Git;

/// <summary>Somebody's clone of a bare repository.</summary>
internal sealed class Work : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private Work() { }

    public GitRepository Repository { get; private set; } = null!;

    public static async Task<Work> BeginAsync(string file = "mlops-config.json", string content = "{}")
    {
        var work = new Work();
        work.Repository = await GitRepository.CreateAsync(
            work.folder["bare.git"],
            "main",
            file,
            content,
            CancellationToken.None
        );
        await work.GitAsync("clone", "--quiet", work.Repository.Path, work.folder["clone"]);
        return work;
    }

    /// <summary>Commits a file, and pushes.</summary>
    /// <returns>The commit.</returns>
    public async Task<string> PushAsync(string file, string content, string message = "A change")
    {
        var path = Path.Combine(folder["clone"], file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, content);
        await InAsync("add", "--all");
        await InAsync("commit", "--quiet", "--allow-empty", "--author", "Ada <ada@example.com>", "--message", message);
        return await PushAsync("main");
    }

    public async Task<string> PushAsync(string branch)
    {
        await InAsync("push", "--quiet", "--force", "origin", $"HEAD:{branch}");
        return await InAsync("rev-parse", "HEAD");
    }

    public Task<string> InAsync(params string[] arguments) => GitAsync(["-C", folder["clone"], .. arguments]);

    public void Dispose() => folder.Dispose();

    public async Task<string> GitAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        foreach (var who in (string[])["AUTHOR", "COMMITTER"])
        {
            start.Environment[$"GIT_{who}_NAME"] = "Somebody";
            start.Environment[$"GIT_{who}_EMAIL"] = "somebody@example.com";
        }

        using var git = Process.Start(start)!;
        var error = git.StandardError.ReadToEndAsync();
        var output = await git.StandardOutput.ReadToEndAsync();
        await git.WaitForExitAsync();
        Assert.That(git.ExitCode, Is.Zero, await error);
        return output.Trim();
    }
}
