using System.Text.Json.Nodes;

namespace Mlops.EndToEnd.Tests;

/// <summary>What <c>./mlops local</c> prints can be pasted.</summary>
[TestFixture]
public sealed class PrintedCommandsTests
{
    [Test]
    public async Task Every_printed_command_runs_in_a_clean_shell_and_the_mail_and_the_endpoint_were_shown()
    {
        await using var system = await LocalSystem.StartAsync("--output", "json");
        var commands = await EventAsync(system, "tryNext");

        Assert.That(commands["commands"]!.AsArray(), Has.Count.GreaterThanOrEqualTo(6));
        foreach (var command in commands["commands"]!.AsArray())
        {
            await RunsAsync((string)command!["command"]!);
        }

        Assert.That((string)(await EventAsync(system, "mailArrived"))["text"]!, Does.Contain("has succeeded"));
        Assert.That((string)(await EventAsync(system, "endpointSeen"))["status"]!, Is.EqualTo("InService"));
        Assert.That((await EventAsync(system, "leftOut"))["things"]!.AsArray(), Is.Not.Empty);
    }

    private static async Task RunsAsync(string command)
    {
        var folder = Directory.CreateTempSubdirectory("mlops-paste-").FullName;
        await using var shell = Running.Start(
            "env",
            [
                "-i",
                $"PATH={Environment.GetEnvironmentVariable("PATH")}",
                $"HOME={Environment.GetEnvironmentVariable("HOME")}",
                "bash",
                "-c",
                $"cd {folder} && {command}",
            ]
        );

        var code = await shell.ExitAsync(TimeSpan.FromMinutes(2));

        Assert.That(code, Is.Zero, () => $"{command}\n{shell.Output}\n{shell.Errors}");
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<JsonNode> EventAsync(LocalSystem system, string name)
    {
        using var time = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (true)
        {
            var found = system
                .Process.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Where(line => line.StartsWith('{'))
                .Select(line => JsonNode.Parse(line)!)
                .FirstOrDefault(line => (string?)line["event"] == name);
            if (found is not null)
            {
                return found;
            }

            time.Token.ThrowIfCancellationRequested();
            await Task.Delay(200, time.Token);
        }
    }
}
