using System.Collections;
using System.Collections.Immutable;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Mlops.Local.Moto;
using Mlops.Local.Stacks;
using Mlops.Local.Stacks.Lambdas;
using Mlops.Local.Stacks.Wire;
using Pulumi.Testing;

namespace Mlops.Local.Tests.Stacks;

/// <summary>A moto, and an engine with one provider of each package over it.</summary>
internal sealed class EngineFixture : IAsyncDisposable
{
    private readonly TemporaryFolder folder;
    private readonly MotoServer moto;
    private readonly HttpClient http = new();
    private readonly Dictionary<string, string> providers = [];
    private NotCarriedOutList missing = new();

    private EngineFixture(TemporaryFolder folder, MotoServer moto, BuiltPackage package)
    {
        this.folder = folder;
        this.moto = moto;
        Package = package;
    }

    public BuiltPackage Package { get; }

    public LocalEngine Engine { get; private set; } = null!;

    public LocalAws Aws => new(http, moto.Endpoint, TimeProvider.System);

    public IEnumerable<string> Missing => missing.All.Select(entry => $"{entry.Type}.{entry.Property}");

    public static async Task<EngineFixture> StartAsync()
    {
        var files = new TemporaryFolder();
        var environment = Environment
            .GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .Where(variable => (string)variable.Key != "AWS_ENDPOINT_URL")
            .ToDictionary(variable => (string)variable.Key, variable => (string)variable.Value!);
        var options = MotoServerOptions.Read(environment, files.Path);
        var server = await MotoServer.StartAsync(options, TimeProvider.System, CancellationToken.None);
        return new EngineFixture(files, server, MakePackage(files));
    }

    /// <summary>Empties moto and makes a new engine.</summary>
    public async Task ResetAsync()
    {
        using var answer = await http.PostAsync(new Uri(moto.Endpoint, "/moto-api/reset"), null);
        answer.EnsureSuccessStatusCode();
        Engine?.Dispose();
        missing = new NotCarriedOutList();
        Engine = new LocalEngine(
            Aws,
            AwsAccount.Orchestrator("us-east-1"),
            [Package],
            missing,
            TimeProvider.System,
            CancellationToken.None
        );
        providers["aws"] = await ProviderAsync("pulumi:providers:aws");
        providers["aws-native"] = await ProviderAsync("pulumi:providers:aws-native");
    }

    public Task<(string Id, ImmutableDictionary<string, object> State)> CreateAsync(
        string type,
        string name,
        string inputs
    ) => CreateAsync(type, name, inputs, providers[type.Split(':')[0]]);

    public async Task<(string Id, ImmutableDictionary<string, object> State)> CreateAsync(
        string type,
        string name,
        string inputs,
        string provider
    )
    {
        var (id, state) = await Engine.NewResourceAsync(
            new MockResourceArgs
            {
                Type = type,
                Name = name,
                Inputs = Values(inputs),
                Provider = provider,
            }
        );
        return (id!, (ImmutableDictionary<string, object>)state);
    }

    public async ValueTask DisposeAsync()
    {
        Engine?.Dispose();
        await moto.DisposeAsync();
        http.Dispose();
        folder.Dispose();
    }

    public static ImmutableDictionary<string, object> Values(string json) =>
        PulumiValues.ToState(JsonNode.Parse(json)!.AsObject());

    private async Task<string> ProviderAsync(string type)
    {
        var (id, _) = await Engine.NewResourceAsync(
            new MockResourceArgs
            {
                Type = type,
                Name = "provider",
                Inputs = Values(
                    """{"region":"us-east-1","defaultTags":"{\"tags\":{\"mlops:deployment\":\"mlops-dev\"}}","allowedAccountIds":"[\"123456789012\"]"}"""
                ),
            }
        );
        return $"urn:pulumi:dev::mlops::{type}::provider::{id}";
    }

    private static BuiltPackage MakePackage(TemporaryFolder files)
    {
        var path = files["package.zip"];
        using (var zip = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            zip.CreateEntry("bootstrap");
        }

        return new BuiltPackage(path, Convert.ToBase64String(SHA256.HashData(File.ReadAllBytes(path))));
    }
}
