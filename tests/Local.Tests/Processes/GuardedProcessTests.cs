using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Mlops.Local.Processes;

namespace Mlops.Local.Tests.Processes;

public sealed class GuardedProcessTests
{
    private readonly ConcurrentQueue<string> lines = new();

    [SetUp]
    public void Forget() => lines.Clear();

    [Test]
    public async Task Its_lines_and_its_exit_code_are_seen()
    {
        await using var process = Start("echo out; echo err >&2; exit 5");

        Assert.That(await process.Exited, Is.EqualTo(5));
        Assert.That(lines, Is.EquivalentTo(new[] { "out", "err" }));
    }

    [Test]
    public async Task It_sees_the_given_environment_only_and_no_input()
    {
        await using var process = Start("cat; echo \"[$GIVEN][$HOME]\"");

        await process.Exited;

        Assert.That(lines, Is.EqualTo(new[] { "[yes][]" }));
    }

    [Test]
    public async Task A_file_that_is_not_there_is_exit_code_127()
    {
        await using var process = GuardedProcess.Start(Command("/nothing/here"));

        Assert.That(await process.Exited, Is.EqualTo(127));
    }

    [Test]
    public async Task It_is_asked_to_end_and_may_clean_up()
    {
        var process = Start("trap 'echo cleaned; exit 0' TERM; echo up; while true; do sleep 0.05; done");
        await LinesAsync(1);

        await process.DisposeAsync();

        Assert.That(lines, Does.Contain("cleaned"));
    }

    [Test]
    public async Task What_ignores_the_request_and_what_it_started_is_killed()
    {
        var process = Start("trap '' TERM; sleep 300 & echo $!; echo $$; wait");
        var pids = (await LinesAsync(2)).Select(line => int.Parse(line, CultureInfo.InvariantCulture)).ToArray();

        await process.DisposeAsync();

        foreach (var pid in pids)
        {
            // An orphan is listed until init has taken note of its end.
            Assert.That(() => Process.GetProcessById(pid), Throws.ArgumentException.After(2_000, 50));
        }
    }

    [Test]
    public async Task A_kill_asks_nobody()
    {
        var process = Start("trap 'echo cleaned' TERM; echo up; while true; do sleep 0.05; done");
        await LinesAsync(1);

        process.Kill();

        Assert.That(await process.Exited.WaitAsync(TimeSpan.FromSeconds(5)), Is.EqualTo(128 + 9));
        Assert.That(lines, Does.Not.Contain("cleaned"));
        await process.DisposeAsync();
    }

    [Test]
    public async Task What_is_left_running_by_a_process_that_ended_is_killed()
    {
        await using var process = Start("sleep 300 & echo $!");
        await process.Exited;

        var pid = int.Parse((await LinesAsync(1))[0], CultureInfo.InvariantCulture);

        Assert.That(() => Process.GetProcessById(pid), Throws.ArgumentException.After(2_000, 50));
    }

    private GuardedProcess Start(string script) => GuardedProcess.Start(Command("bash", "-c", script));

    private GuardedCommand Command(string file, params string[] arguments) =>
        new(file, arguments)
        {
            WorkingDirectory = Path.GetTempPath(),
            Environment = new Dictionary<string, string>
            {
                ["PATH"] = Environment.GetEnvironmentVariable("PATH")!,
                ["GIVEN"] = "yes",
            },
            OnLine = lines.Enqueue,
        };

    private async Task<string[]> LinesAsync(int count)
    {
        for (var wait = 0; wait < 200 && lines.Count < count; wait++)
        {
            await Task.Delay(50);
        }

        return [.. lines];
    }
}
