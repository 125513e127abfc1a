using Mlops.Local.Moto;

namespace Mlops.Local.Tests.CodePipelines;

/// <summary>One moto for all fixtures here; tests keep apart by names.</summary>
[SetUpFixture]
public sealed class LocalAws
{
    private static MotoServer? server;
    private static TemporaryFolder? folder;

    public static Uri Endpoint => server!.Endpoint;

    [OneTimeSetUp]
    public static async Task StartAsync()
    {
        folder = new TemporaryFolder();
        var environment = Environment
            .GetEnvironmentVariables()
            .Cast<System.Collections.DictionaryEntry>()
            .Where(one => (string)one.Key != "AWS_ENDPOINT_URL")
            .ToDictionary(one => (string)one.Key, one => (string)one.Value!);
        server = await MotoServer.StartAsync(
            MotoServerOptions.Read(environment, folder.Path),
            TimeProvider.System,
            CancellationToken.None
        );
    }

    [OneTimeTearDown]
    public static async Task EndAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        folder?.Dispose();
    }
}
