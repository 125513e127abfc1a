using System.Text.Json.Nodes;

namespace Mlops.EndToEnd.Tests;

/// <summary>What is there.</summary>
public sealed partial class CommitTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Every pipeline with its version and time, every object with its version: all that an apply can write.</summary>
    private async Task<string> SeenAsync()
    {
        var pipelines = await _system.AwsAsync("codepipeline", "list-pipelines");
        var objects = await _system.AwsAsync("s3api", "list-object-versions", "--bucket", _system.AssetsBucket);
        return string.Join(
            '\n',
            pipelines["pipelines"]!
                .AsArray()
                .Select(one => $"{one!["name"]} {one["version"]} {one["updated"]}")
                .Concat(
                    (objects["Versions"]?.AsArray() ?? [])
                        .Select(one => $"{one!["Key"]} {one["VersionId"]}")
                        // Who applies last: a mark of ours, which says nothing of pipelines.
                        .Where(one => !one.Contains("/.config/"))
                )
        );
    }

    private async Task<IReadOnlyDictionary<string, string>> TagsAsync(string pipeline)
    {
        var answer = await _system.AwsAsync(
            "codepipeline",
            "list-tags-for-resource",
            "--resource-arn",
            $"arn:aws:codepipeline:us-east-1:123456789012:{pipeline}"
        );
        return answer["tags"]!.AsArray().ToDictionary(tag => (string)tag!["key"]!, tag => (string)tag!["value"]!);
    }

    /// <summary>All pipelines as our API lists them, by name.</summary>
    private async Task<IReadOnlyDictionary<string, JsonNode>> PipelinesAsync()
    {
        using var answer = await _system.GetAsync("/pipelines");
        return (await LocalSystem.JsonAsync(answer))["pipelines"]!
            .AsArray()
            .ToDictionary(one => (string)one!["name"]!, one => one!);
    }

    /// <summary>A pipeline's structure, and the key and hash of its package.</summary>
    private async Task<(string Pipeline, string Key, string Package)> DefinitionAsync(string pipeline)
    {
        var got = await _system.AwsAsync("codepipeline", "get-pipeline", "--name", pipeline);
        var listed = await _system.AwsAsync(
            "s3api",
            "list-objects-v2",
            "--bucket",
            _system.AssetsBucket,
            "--prefix",
            $"mlops_provisioned_pipelines/{pipeline}/"
        );
        var key = (string)listed["Contents"]!.AsArray().Single()!["Key"]!;
        var file = Path.GetTempFileName();
        await _system.AwsAsync("s3api", "get-object", "--bucket", _system.AssetsBucket, "--key", key, file);
        var hash = Convert.ToHexString(
            System.Security.Cryptography.SHA256.HashData(await File.ReadAllBytesAsync(file))
        );
        File.Delete(file);
        return (got["pipeline"]!.ToJsonString(), key, hash);
    }

    /// <summary>Waits until a commit is being applied.</summary>
    private Task AppliesAsync(string commit) =>
        UntilAsync(async () =>
        {
            var execution = await _clone.ExecutionAsync(commit);
            var state = await _system.CodePipelineAsync(
                "GetPipelineState",
                new JsonObject { ["name"] = ConfigClone.Pipeline }
            );
            var apply = state["stageStates"]![1]!["latestExecution"];
            return execution is not null
                && $"{apply?["pipelineExecutionId"]} {apply?["status"]}"
                    == $"{execution["pipelineExecutionId"]} InProgress";
        });

    /// <summary>Waits until a commit waits for another one to be applied.</summary>
    private Task WaitsAsync(string commit) =>
        UntilAsync(async () =>
        {
            var execution = await _clone.ExecutionAsync(commit);
            var state = await _system.CodePipelineAsync(
                "GetPipelineState",
                new JsonObject { ["name"] = ConfigClone.Pipeline }
            );
            return execution is not null
                && $"{state["stageStates"]![1]!["inboundExecution"]?["pipelineExecutionId"]}"
                    == $"{execution["pipelineExecutionId"]}";
        });

    private async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var time = new CancellationTokenSource(Patience);
        while (!await isSo())
        {
            if (time.IsCancellationRequested)
            {
                Assert.Fail(await _system.StateAsync(ConfigClone.Pipeline));
            }

            await Task.Delay(50);
        }
    }
}
