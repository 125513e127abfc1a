using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Mlops.EndToEnd.Tests;

/// <summary>How <c>./mlops local</c> starts and ends.</summary>
[TestFixture, NonParallelizable] // It takes times.
public sealed class LifetimeTests
{
    [Test]
    public async Task Once_ends_with_zero_when_the_example_is_in_service()
    {
        await using var mlops = Running.Start(
            Repository.Entry,
            ["local", "--once", "--port", "0", "--api-port", "0", "--info", Info()]
        );

        var code = await mlops.ExitAsync(TimeSpan.FromMinutes(4));

        Assert.That(code, Is.Zero, () => $"{mlops.Output}\n{mlops.Errors}");
        Assert.That(mlops.Output, Does.Contain("InService"));
    }

    /// <summary>From the moment that everything is there to an endpoint in service in production.</summary>
    [Test]
    public async Task A_promotion_through_four_accounts_takes_ten_seconds_at_most()
    {
        await using var mlops = Running.Start(
            Repository.Entry,
            [
                "local",
                "--stack",
                "multiaccount",
                "--once",
                "--approve-all",
                "--port",
                "0",
                "--api-port",
                "0",
                "--info",
                Info(),
            ]
        );
        var limit = Stopwatch.StartNew();
        while (!mlops.Output.Contains(" resources created; stack multiaccount", StringComparison.Ordinal))
        {
            Assert.That(mlops.Process.HasExited, Is.False, () => $"{mlops.Output}\n{mlops.Errors}");
            Assert.That(limit.Elapsed, Is.LessThan(TimeSpan.FromMinutes(5)), () => mlops.Output);
            await Task.Delay(50);
        }

        var promotion = Stopwatch.StartNew();
        var code = await mlops.ExitAsync(TimeSpan.FromMinutes(2));
        promotion.Stop();

        Assert.That(code, Is.Zero, () => $"{mlops.Output}\n{mlops.Errors}");
        Assert.That(mlops.Output, Does.Contain("in account 333333333333: InService"));
        await TestContext.Out.WriteLineAsync(
            $"promotion through four accounts: {promotion.Elapsed.TotalSeconds:0.0} s"
        );
        Assert.That(promotion.Elapsed, Is.LessThan(TimeSpan.FromSeconds(10)));
    }

    [TestCase("INT", Description = "Ctrl-C")]
    [TestCase("TERM", Description = "a service's stop")]
    public async Task A_signal_ends_it_with_everything_that_it_started(string signal)
    {
        await using var system = await LocalSystem.StartAsync("--no-example");
        var started = Descendants(system.Process.Process.Id);
        Assert.That(started, Is.Not.Empty);

        await system.Process.SignalAsync(signal);
        await system.Process.ExitAsync(TimeSpan.FromSeconds(20));

        Assert.That(File.Exists(system.InfoFile), Is.False, "local.json is removed at the end");
        Assert.That(await EndedAsync(started), Is.True, "moto and the functions are still there");
    }

    [Test]
    public async Task A_crash_leaves_no_process_behind()
    {
        await using var system = await LocalSystem.StartAsync("--no-example");
        var started = Descendants(system.Process.Process.Id);

        await system.Process.SignalAsync("KILL");
        await system.Process.ExitAsync(TimeSpan.FromSeconds(20));

        Assert.That(await EndedAsync(started), Is.True, "moto and the functions are still there");
    }

    [Test]
    public async Task Two_run_side_by_side()
    {
        await using var first = await LocalSystem.StartAsync("--no-example");
        await using var second = await LocalSystem.StartAsync("--no-example");

        Assert.That(second.Aws, Is.Not.EqualTo(first.Aws));
        Assert.That(second.Api, Is.Not.EqualTo(first.Api));
    }

    [Test]
    public async Task A_busy_port_is_one_sentence_that_says_what_to_do()
    {
        using var busy = new TcpListener(IPAddress.Loopback, 0);
        busy.Start();
        var port = ((IPEndPoint)busy.LocalEndpoint).Port;
        await using var mlops = Running.Start(
            Repository.Entry,
            ["local", "--once", "--port", $"{port}", "--api-port", "0", "--info", Info()]
        );

        var code = await mlops.ExitAsync(TimeSpan.FromMinutes(2));

        Assert.That(code, Is.EqualTo(1));
        Assert.That(mlops.Errors + mlops.Output, Does.Contain($"{port}").And.Contain("--port"));
    }

    [Test]
    public async Task An_unknown_option_is_wrong_usage()
    {
        await using var mlops = Running.Start(Repository.Entry, ["local", "--bananas"]);

        Assert.That(await mlops.ExitAsync(TimeSpan.FromMinutes(2)), Is.EqualTo(64));
    }

    private static string Info() => Path.Combine(Directory.CreateTempSubdirectory("mlops-e2e-").FullName, "local.json");

    private static List<int> Descendants(int process)
    {
        using var ps = Process.Start(
            new ProcessStartInfo("ps", ["-A", "-o", "pid=,ppid="])
            {
                RedirectStandardOutput = true,
                UseShellExecute = false,
            }
        )!;
        var children = ps
            .StandardOutput.ReadToEnd()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .ToLookup(
                ids => int.Parse(ids[1], CultureInfo.InvariantCulture),
                ids => int.Parse(ids[0], CultureInfo.InvariantCulture)
            );
        var found = new List<int>();
        var next = new Queue<int>([process]);
        while (next.TryDequeue(out var parent))
        {
            foreach (var child in children[parent].Where(child => child != ps.Id))
            {
                found.Add(child);
                next.Enqueue(child);
            }
        }

        return found;
    }

    private static async Task<bool> EndedAsync(List<int> processes)
    {
        for (var attempt = 0; attempt < 100; attempt++)
        {
            if (processes.TrueForAll(HasEnded))
            {
                return true;
            }

            await Task.Delay(100);
        }

        return false;
    }

    private static bool HasEnded(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return process.HasExited;
        }
        catch (ArgumentException)
        {
            return true;
        }
    }
}
