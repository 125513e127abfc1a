using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.Configs;
using Mlops.Provisioning.Tests.Fakes;

namespace Mlops.Provisioning.Tests.Configs;

/// <summary>A pipeline that is there, in three accounts, and a request that would give it another package.</summary>
public abstract class PackageScene
{
    private protected const string Name = "mlops-pipeline-my-model-byompipelinerealtimebuiltin";
    private protected static readonly string Key = DeploymentNames.PackageKey(Name);

    private protected FakeAws Aws { get; private set; } = new();

    private protected ProvisioningSettings Settings { get; set; } = Deployments.Multi();

    [SetUp]
    public void StartWithNothing() => (Aws, Settings) = (new FakeAws(), Deployments.Multi());

    private protected static JsonObject Request() =>
        JsonNode.Parse(Deployments.Example("byom_realtime_builtin"))!.AsObject();

    private protected static JsonObject With(string key, string value)
    {
        var request = Request();
        request[key] = value;
        return request;
    }

    private protected static IEnumerable<string>? Texts(PlannedPipeline planned) =>
        planned.Differences?.Select(each => $"{each}");

    private protected async Task ThereAsync(JsonNode request)
    {
        await new PipelineService(Deployments.Planner(Settings), Settings, Aws, Aws).ProvisionAsync(
            Encoding.UTF8.GetBytes(request.ToJsonString()),
            new ProvisionOptions(),
            CancellationToken.None
        );
        Aws.Calls.Clear();
    }

    private protected async Task<PlannedPipeline> PlannedAsync(JsonNode request) =>
        (await PlanAsync(request)).Pipelines.Single();

    private protected async Task<ConfigPlan> PlanAsync(JsonNode request) =>
        (
            (Answered<ConfigPlan>)
                await Configuring
                    .Planner(Aws, Settings)
                    .PlanAsync(Encoding.UTF8.GetBytes(request.ToJsonString()), null, CancellationToken.None)
        ).Answer;

    private protected void Change(string name, Action<JsonNode> change) =>
        Rewrite(files =>
        {
            var file = JsonNode.Parse(files[name])!;
            change(file);
            files[name] = Encoding.UTF8.GetBytes(file.ToJsonString());
        });

    /// <summary>Puts another package in the place of the one that is there.</summary>
    private protected void Rewrite(
        Action<Dictionary<string, byte[]>> change,
        CompressionLevel level = CompressionLevel.NoCompression
    )
    {
        var files = new Dictionary<string, byte[]>();
        var before = Aws.Packages(Name).Single().Bytes;
        using (var zip = new ZipArchive(new MemoryStream(before.ToArray())))
        {
            foreach (var entry in zip.Entries)
            {
                using var content = entry.Open();
                using var bytes = new MemoryStream();
                content.CopyTo(bytes);
                files[entry.Name] = bytes.ToArray();
            }
        }

        change(files);
        using var written = new MemoryStream();
        using (var zip = new ZipArchive(written, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                using var entry = zip.CreateEntry(name, level).Open();
                entry.Write(content);
            }
        }

        Aws.Assets[Key] = written.ToArray();
    }
}
