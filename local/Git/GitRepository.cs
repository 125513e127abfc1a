using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Mlops.Local.Processes;

namespace Mlops.Local.Git;

/// <summary>A bare repository on this machine, read by <c>git</c> itself.</summary>
public sealed class GitRepository
{
    private GitRepository(string path) => Path = path;

    /// <summary>The folder, which <c>git clone</c> takes.</summary>
    public string Path { get; }

    /// <summary>Makes a repository with one commit that has one file, so that whoever clones it has something to change.</summary>
    /// <exception cref="StartFailedException">There is no git on this machine, or it failed.</exception>
    public static async Task<GitRepository> CreateAsync(
        string path,
        string branch,
        string file,
        string content,
        CancellationToken cancellationToken
    )
    {
        var repository = new GitRepository(path);
        try
        {
            Directory.CreateDirectory(path);
            await repository.TextAsync(
                ["init", "--bare", "--quiet", $"--initial-branch={branch}"],
                null,
                cancellationToken
            );
            var entry = await repository.TextAsync(["hash-object", "-w", "--stdin"], content, cancellationToken);
            var mode = "100644 blob";
            foreach (var name in file.Split('/').Reverse())
            {
                entry = await repository.TextAsync(["mktree"], $"{mode} {entry}\t{name}\n", cancellationToken);
                mode = "040000 tree";
            }

            var commit = await repository.TextAsync(
                ["commit-tree", entry, "-m", "A config that wants no pipelines"],
                null,
                cancellationToken
            );
            await repository.TextAsync(["update-ref", $"refs/heads/{branch}", commit], null, cancellationToken);
            return repository;
        }
        catch (Exception failure) when (failure is GitException or Win32Exception)
        {
            throw new StartFailedException(
                $"The repository for config files could not be made: {failure.Message} Install git.",
                failure
            );
        }
    }

    /// <summary>The newest commit of a branch; null where there is no such branch. It starts no process: it is asked often.</summary>
    public string? Head(string branch)
    {
        var loose = System.IO.Path.Combine(Path, "refs", "heads", branch);
        if (File.Exists(loose))
        {
            return File.ReadAllText(loose).Trim();
        }

        var packed = System.IO.Path.Combine(Path, "packed-refs");
        return File.Exists(packed)
            ? File.ReadLines(packed)
                .Where(line => line.EndsWith($" refs/heads/{branch}", StringComparison.Ordinal))
                .Select(line => line.Split(' ')[0])
                .FirstOrDefault()
            : null;
    }

    /// <summary>The files in which two commits differ.</summary>
    /// <exception cref="GitException">One of them is not there.</exception>
    public async Task<IReadOnlyList<string>> ChangedAsync(
        string before,
        string after,
        CancellationToken cancellationToken
    ) =>
        (await TextAsync(["diff-tree", "-r", "--name-only", "-z", before, after], null, cancellationToken)).Split(
            '\0',
            StringSplitOptions.RemoveEmptyEntries
        );

    /// <summary>The files of a commit as a zip, without history.</summary>
    /// <exception cref="GitException">The commit is not there.</exception>
    public async Task<MemoryStream> ArchiveAsync(string commit, CancellationToken cancellationToken)
    {
        var zip = new MemoryStream();
        await RunAsync(["archive", "--format=zip", commit], null, zip, cancellationToken);
        zip.Position = 0;
        return zip;
    }

    /// <summary>What a commit says of itself.</summary>
    /// <exception cref="GitException">The commit is not there.</exception>
    public async Task<GitCommit> CommitAsync(string commit, CancellationToken cancellationToken)
    {
        var lines = (
            await TextAsync(
                ["show", "--no-patch", "--format=%H%n%an%n%ae%n%aI%n%cI%n%B", commit],
                null,
                cancellationToken
            )
        ).Split('\n', 6);
        return new GitCommit(
            lines[0],
            lines[1],
            lines[2],
            DateTimeOffset.Parse(lines[3], CultureInfo.InvariantCulture),
            DateTimeOffset.Parse(lines[4], CultureInfo.InvariantCulture),
            lines[5].Trim()
        );
    }

    private async Task<string> TextAsync(string[] arguments, string? input, CancellationToken cancellationToken)
    {
        using var output = new MemoryStream();
        await RunAsync(arguments, input, output, cancellationToken);
        return Encoding.UTF8.GetString(output.ToArray()).Trim();
    }

    private async Task RunAsync(string[] arguments, string? input, Stream output, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("git", ["--git-dir", Path, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        // What the user has set up for git is the user's business.
        start.Environment["GIT_CONFIG_NOSYSTEM"] = "1";
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        foreach (var who in (string[])["AUTHOR", "COMMITTER"])
        {
            start.Environment[$"GIT_{who}_NAME"] = "mlops local";
            start.Environment[$"GIT_{who}_EMAIL"] = "local@localhost";
        }

        using var git = Process.Start(start) ?? throw new GitException("git did not start.");
        if (input is not null)
        {
            await git.StandardInput.WriteAsync(input.AsMemory(), cancellationToken);
        }

        git.StandardInput.Close();
        var error = git.StandardError.ReadToEndAsync(cancellationToken);
        await git.StandardOutput.BaseStream.CopyToAsync(output, cancellationToken);
        await git.WaitForExitAsync(cancellationToken);
        if (git.ExitCode != 0)
        {
            throw new GitException($"git {arguments[0]}: {(await error).Trim()}");
        }
    }
}

/// <summary>A commit.</summary>
public sealed record GitCommit(
    string Id,
    string Author,
    string Email,
    DateTimeOffset Authored,
    DateTimeOffset Committed,
    string Message
);

/// <summary>git failed.</summary>
public sealed class GitException(string message) : Exception(message);
