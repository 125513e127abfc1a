using System.Diagnostics;
using System.Text.Json;
using Mlops.Local.Processes;
using Mlops.Local.Stacks;

namespace Mlops.Local;

/// <summary>An account that pipelines deploy to.</summary>
public sealed record TargetInfo(string Name, string Account);

/// <summary>What a run tells programs about itself, in <c>.mlops/local.json</c>.</summary>
public sealed record SessionInfo
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>The stage's address: routes are below it.</summary>
    public required string Api { get; init; }

    /// <summary>The endpoint URL of every AWS service.</summary>
    public required string Aws { get; init; }

    /// <summary>The region of everything.</summary>
    public required string Region { get; init; }

    /// <summary>The orchestrator account.</summary>
    public required string Account { get; init; }

    /// <summary>The stack of the Pulumi program.</summary>
    public required string Stack { get; init; }

    /// <summary>Name of the bucket for models and data.</summary>
    public required string AssetsBucket { get; init; }

    /// <summary>Name of the bucket of CodePipeline's artifacts.</summary>
    public required string ArtifactBucket { get; init; }

    /// <summary>ARN of the topic that tells how pipelines went.</summary>
    public required string NotificationsTopic { get; init; }

    /// <summary>ARN of the model package group; null when the stack makes none.</summary>
    public string? ModelRegistryArn { get; init; }

    /// <summary>The bucket whose config file is applied; null without one.</summary>
    public string? ConfigBucket { get; init; }

    /// <summary>The file's key there; null without a bucket.</summary>
    public string? ConfigKey { get; init; }

    /// <summary>Path of the bare Git repository whose config file is applied.</summary>
    public string? ConfigRepository { get; init; }

    /// <summary>Where pipelines deploy to.</summary>
    public required IReadOnlyList<TargetInfo> Targets { get; init; }

    /// <summary>The process that holds it all.</summary>
    public required int Pid { get; init; }

    /// <summary>What was declared and is not there.</summary>
    public IReadOnlyList<NotCarriedOut> NotCarriedOut { get; init; } = [];

    /// <summary>Writes it so that a reader sees all or nothing.</summary>
    public void Write(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var temporary = $"{path}.{Pid}.new";
        File.WriteAllText(temporary, JsonSerializer.Serialize(this, Json) + "\n");
        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Refuses a place that a run which is still there has taken; what a crashed run left behind is no hindrance.</summary>
    /// <exception cref="StartFailedException">Another run has it.</exception>
    public static void EnsureFree(string path)
    {
        if (PidIn(path) is { } pid && IsAlive(pid))
        {
            throw new StartFailedException(
                $"Another ./mlops local (process {pid}) has {path}: end it, or start this one beside it with --info FILE --port 0 --api-port 0."
            );
        }
    }

    private static int? PidIn(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<SessionInfo>(File.ReadAllText(path), Json)?.Pid;
        }
        catch (Exception unreadable) when (unreadable is IOException or JsonException)
        {
            return null;
        }
    }

    private static bool IsAlive(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return !process.HasExited
                && (
                    process.ProcessName is "dotnet" || process.ProcessName.StartsWith("Mlops", StringComparison.Ordinal)
                );
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
