using System.Collections;
using Mlops.Local.Moto;

namespace Mlops.Local.Tests;

/// <summary>A real moto on a free port.</summary>
internal static class LocalMoto
{
    public static Task<MotoServer> StartAsync(TemporaryFolder folder) =>
        MotoServer.StartAsync(Options(folder), TimeProvider.System, CancellationToken.None);

    public static MotoServerOptions Options(TemporaryFolder folder)
    {
        var environment = Environment
            .GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!, StringComparer.Ordinal);
        return MotoServerOptions.Read(environment, folder.Path) with { ExistingEndpoint = null };
    }
}
