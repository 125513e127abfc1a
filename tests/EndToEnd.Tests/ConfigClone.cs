using System.Text.Json.Nodes;

namespace Mlops.EndToEnd.Tests;

/// <summary>How the config pipeline ran with one commit.</summary>
/// <param name="Status">Of the execution.</param>
/// <param name="Said">What its last action says: a summary, or why it failed.</param>
internal sealed record ConfigRun(string Status, string Said);

/// <summary>Somebody's clone of the repository that <c>./mlops local</c> prints.</summary>
internal sealed class ConfigClone : IDisposable
{
    public const string Pipeline = "mlops-dev-config";
    public const string File = "mlops-config.json";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly LocalSystem _system;
    private readonly string _folder = Directory.CreateTempSubdirectory("mlops-clone-").FullName;

    private ConfigClone(LocalSystem system) => _system = system;

    public static async Task<ConfigClone> MakeAsync(LocalSystem system)
    {
        var clone = new ConfigClone(system);
        await clone.GitAsync("clone", "--quiet", (string)system.Info["configRepository"]!, clone._folder);
        await clone.GitAsync("config", "user.name", "Ada");
        await clone.GitAsync("config", "user.email", "ada@example.com");
        return clone;
    }

    /// <summary>A file of requests.</summary>
    public static string Config(params JsonNode[] requests) =>
        new JsonObject { ["pipelines"] = new JsonArray(requests) }.ToJsonString(new() { WriteIndented = true }) + "\n";

    /// <summary>Commits the file with this content, or without it, and pushes.</summary>
    /// <returns>The commit.</returns>
    public async Task<string> PushAsync(string? content, string file = File)
    {
        var path = Path.Combine(_folder, file);
        if (content is null)
        {
            System.IO.File.Delete(path);
        }
        else
        {
            await System.IO.File.WriteAllTextAsync(path, content);
        }

        await GitAsync("add", "--all");
        await GitAsync("commit", "--quiet", "--allow-empty", "--message", $"What {file} says");
        return await PushAsync();
    }

    /// <summary>Pushes what there is, over whatever is there.</summary>
    public async Task<string> PushAsync()
    {
        await GitAsync("push", "--quiet", "--force", "origin", "HEAD:main");
        return await GitAsync("rev-parse", "HEAD");
    }

    /// <summary>Commits, pushes, and waits for what becomes of it.</summary>
    public async Task<ConfigRun> ApplyAsync(string? content) => await RunAsync(await PushAsync(content));

    /// <summary>Waits until the config pipeline has ended with this commit.</summary>
    public async Task<ConfigRun> RunAsync(string commit)
    {
        using var time = new CancellationTokenSource(Patience);
        while (true)
        {
            if (
                await ExecutionAsync(commit) is { } execution
                && (string)execution["status"]! is not ("InProgress" or "Stopping") and var status
            )
            {
                return new ConfigRun(status, await SaidAsync((string)execution["pipelineExecutionId"]!));
            }

            if (time.IsCancellationRequested)
            {
                Assert.Fail($"{commit} is not applied: {await _system.StateAsync(Pipeline)}");
            }

            await Task.Delay(100);
        }
    }

    /// <summary>The newest execution with this commit; null where there is none.</summary>
    public async Task<JsonNode?> ExecutionAsync(string commit) =>
        (await _system.CodePipelineAsync("ListPipelineExecutions", new JsonObject { ["pipelineName"] = Pipeline }))[
            "pipelineExecutionSummaries"
        ]!
            .AsArray()
            .FirstOrDefault(one => one!["sourceRevisions"]!.AsArray().Any(at => $"{at!["revisionId"]}" == commit));

    public async Task<string> GitAsync(params string[] arguments)
    {
        await using var git = Running.Start(
            "git",
            ["-C", _folder, .. arguments],
            new Dictionary<string, string?> { ["GIT_CONFIG_NOSYSTEM"] = "1", ["GIT_CONFIG_GLOBAL"] = "/dev/null" }
        );
        var code = await git.ExitAsync(TimeSpan.FromMinutes(1));
        Assert.That(code, Is.Zero, () => $"git {string.Join(' ', arguments)}\n{git.Errors}");
        return git.Output.Trim();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<string> SaidAsync(string execution)
    {
        var actions = await _system.CodePipelineAsync(
            "ListActionExecutions",
            new JsonObject
            {
                ["pipelineName"] = Pipeline,
                ["filter"] = new JsonObject { ["pipelineExecutionId"] = execution },
            }
        );
        var result = actions["actionExecutionDetails"]![0]!["output"]!["executionResult"];
        return $"{result?["errorDetails"]?["message"] ?? result?["externalExecutionSummary"]}";
    }
}
