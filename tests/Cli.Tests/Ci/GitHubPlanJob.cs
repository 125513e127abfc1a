using System.Diagnostics;
using System.Runtime.Versioning;

namespace Mlops.Cli.Tests.Ci;

/// <summary>The step <c>Plan</c> of docs/ci/github-actions.yml, run by bash as the runner does it, with a plan and a GitHub of the test's.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class GitHubPlanJob : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("mlops-ci-").FullName;

    /// <summary>What `mlops plan` writes.</summary>
    public string Plan { get; init; } = "0 to make, 0 to update, 0 to take down, 1 unchanged.\n";

    /// <summary>How `mlops plan` ends.</summary>
    public int PlanEnds { get; init; }

    /// <summary>How every call of `gh` ends.</summary>
    public int GhEnds { get; init; }

    /// <summary>What GitHub finds of our comments.</summary>
    public string Comments { get; init; } = "";

    /// <summary>Calls of `gh`, one a line.</summary>
    public string Calls => Read("calls");

    /// <summary>The comment as it was sent.</summary>
    public string Comment => Read("comment.md");

    public string Summary => Read("summary");

    public string Log { get; private set; } = "";

    /// <summary>Runs it and gives its exit code.</summary>
    public int Run()
    {
        Write("plan", Plan);
        Write("comments", Comments);
        Script("mlops-pulumi/mlops", $"[ \"$1\" = plan ] || exit 0\ncat plan\nexit {PlanEnds}");
        Script("bin/gh", $"echo \"$*\" >>calls\ncase $* in *--paginate*) cat comments ;; esac\nexit {GhEnds}");
        Write("step.sh", CiFile.ScriptsOfGitHub.Single());
        var start = new ProcessStartInfo("bash", ["--noprofile", "--norc", "-eo", "pipefail", "step.sh"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            UseShellExecute = false,
            Environment =
            {
                ["PATH"] = $"{Path.Combine(folder, "bin")}:{Environment.GetEnvironmentVariable("PATH")}",
                ["FILE"] = "mlops-config.json",
                ["NUMBER"] = "7",
                ["GITHUB_REPOSITORY"] = "my-team/models",
                ["GITHUB_SERVER_URL"] = "https://github.com",
                ["GITHUB_RUN_ID"] = "42",
                ["GITHUB_STEP_SUMMARY"] = Path.Combine(folder, "summary"),
            },
        };
        using var bash = Process.Start(start)!;
        Log = bash.StandardOutput.ReadToEnd();
        bash.WaitForExit();
        return bash.ExitCode;
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string Read(string name) => File.ReadAllText(Path.Combine(folder, name));

    private void Write(string name, string text)
    {
        var path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private void Script(string name, string text)
    {
        Write(name, $"#!/usr/bin/env bash\n{text}\n");
        File.SetUnixFileMode(
            Path.Combine(folder, name),
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        );
    }
}
