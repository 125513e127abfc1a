using Mlops.Infra;
using Mlops.Local.Processes;
using Mlops.Provisioning.Configs;

namespace Mlops.Local.Git;

/// <summary>
/// The repository of config files: that of the stack's settings, or one besides, for there is always one on this machine.
/// </summary>
internal sealed class ConfigRepository(StackSettings settings, string accountId, string path) : IAsyncDisposable
{
    private const string NoPipelines = """
        {
          "pipelines": []
        }

        """;

    private GitRepository? repository;

    /// <summary>What it stands for.</summary>
    public GitSource Source => GitSource.Of(settings) ?? Besides!;

    /// <summary>A connection that is nowhere but here; null where the settings name a repository.</summary>
    public GitSource? Besides =>
        GitSource.Of(settings) is null
            ? new GitSource("local/mlops-config", "main", ConfigFile.DefaultPath)
            {
                ConnectionArn =
                    $"arn:aws:codeconnections:{settings.Region}:{accountId}:connection/00000000-0000-0000-0000-000000000000",
            }
            : null;

    /// <summary>Under the name that actions know it by.</summary>
    public IReadOnlyDictionary<string, GitRepository> ByName =>
        repository is null
            ? new Dictionary<string, GitRepository>()
            : new Dictionary<string, GitRepository> { [Source.Repository] = repository };

    /// <summary>A new one with a file that wants no pipelines, whatever an earlier run has left.</summary>
    /// <exception cref="StartFailedException">There is no git on this machine, or it failed.</exception>
    public async Task MakeAsync(CancellationToken cancellationToken)
    {
        Delete();
        repository = await GitRepository.CreateAsync(path, Source.Branch, Source.Path, NoPipelines, cancellationToken);
    }

    /// <summary>It is gone with the run.</summary>
    public ValueTask DisposeAsync()
    {
        Delete();
        return ValueTask.CompletedTask;
    }

    private void Delete()
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
    }
}
