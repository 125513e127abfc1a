using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.Configs;
using Mlops.Provisioning.Tests.Fakes;

namespace Mlops.Provisioning.Tests.Configs;

/// <summary>A file in a repository, and AWS in memory.</summary>
public abstract class ConfigScene
{
    private protected const string Source = "codecommit:models@main:mlops-config.json";
    private static readonly JsonNode Request = JsonNode.Parse(Deployments.Example("byom_realtime_builtin"))!;
    private int runs;

    private protected FakeAws Aws { get; set; } = new();

    /// <summary>Is told what an apply tells.</summary>
    private protected Action<PlannedChange>? Told { get; set; }

    private protected FakeTimeProvider Clock { get; private set; } = new();

    [SetUp]
    public void StartWithNothing() => (Aws, Clock, Told) = (new FakeAws(), new FakeTimeProvider(), null);

    private protected static string Name(string model) => $"mlops-pipeline-{model}-byompipelinerealtimebuiltin";

    private protected static JsonObject Named(string model)
    {
        var request = Request.DeepClone().AsObject();
        request["model_name"] = model;
        return request;
    }

    private protected static JsonObject File(params string[] models) =>
        new() { ["pipelines"] = new JsonArray([.. models.Select(model => (JsonNode)Named(model))]) };

    /// <summary>A file that takes down what it does not name.</summary>
    private protected static JsonObject Pruning(int? limit, params string[] models)
    {
        var file = File(models);
        file["prune"] = true;
        if (limit is not null)
        {
            file["pruneLimit"] = limit;
        }

        return file;
    }

    /// <summary>A request to the API.</summary>
    private protected Task<ProvisionOutcome> ProvisionAsync(JsonNode request, ProvisionOptions options)
    {
        var settings = Deployments.Single();
        return new PipelineService(Deployments.Planner(settings), settings, Aws, Aws).ProvisionAsync(
            Encoding.UTF8.GetBytes(request.ToJsonString()),
            options,
            CancellationToken.None
        );
    }

    /// <summary>Pipelines that the source has made, and whose executions have ended.</summary>
    private protected async Task ThereAsync(params string[] models)
    {
        await AppliedAsync(File(models), "1");
        Aws.Finish();
        Aws.Calls.Clear();
    }

    private protected async Task<ConfigApplied> AppliedAsync(JsonNode file, string revision, string source = Source) =>
        (ConfigApplied)await ApplyAsync(file.ToJsonString(), revision, source);

    private protected async Task<ConfigOutcome> ApplyAsync(
        string file,
        string revision,
        string source = Source,
        Func<CancellationToken, Task<bool>>? isStill = null,
        CancellationToken time = default
    )
    {
        var applying = Configuring
            .Service(Aws, Clock)
            .ApplyAsync(
                Encoding.UTF8.GetBytes(file),
                new ConfigRevision(source, revision, "Ada <ada@example.com>"),
                new ConfigClaim($"run {++runs}", "job", revision),
                done => Told?.Invoke(done),
                isStill,
                time
            );
        while (!applying.IsCompleted)
        {
            Clock.Advance(ConfigService.Pace);
            await Task.Yield();
        }

        return await applying;
    }

    private protected Task<PipelineOutcome<ConfigPlan>> PlanAsync(string file, string? source = Source) =>
        Configuring.Planner(Aws).PlanAsync(Encoding.UTF8.GetBytes(file), source, CancellationToken.None);

    private protected async Task<ConfigPlan> PlannedAsync(JsonNode file, string? source = Source) =>
        ((Answered<ConfigPlan>)await PlanAsync(file.ToJsonString(), source)).Answer;
}
