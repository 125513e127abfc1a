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
        Assert.That(LeftOut(await EventsAsync(system, "leftOut", 2)), Is.EquivalentTo(NotCarriedOut.ByMoto521));
    }

    private static IEnumerable<string> LeftOut(IEnumerable<JsonNode> events) =>
        events
            .SelectMany(each => each["things"]!.AsArray())
            .Select(thing => $"{thing!["type"]}.{thing["property"]} ({thing["name"]})");

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

    private static async Task<JsonNode> EventAsync(LocalSystem system, string name) =>
        (await EventsAsync(system, name, 1))[0];

    private static async Task<IReadOnlyList<JsonNode>> EventsAsync(LocalSystem system, string name, int atLeast)
    {
        using var time = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (true)
        {
            JsonNode[] found =
            [
                .. system
                    .Process.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                    .Where(line => line.StartsWith('{'))
                    .Select(line => JsonNode.Parse(line)!)
                    .Where(line => (string?)line["event"] == name),
            ];
            if (found.Length >= atLeast)
            {
                return found;
            }

            time.Token.ThrowIfCancellationRequested();
            await Task.Delay(200, time.Token);
        }
    }
}
