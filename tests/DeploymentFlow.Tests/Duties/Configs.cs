using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Mlops.Provisioning.Configs;
using Mlops.Provisioning.Tests.Fakes;

namespace Mlops.DeploymentFlow.Tests.Duties;

/// <summary>Config files, and what carries them out against AWS in memory.</summary>
internal static class Configs
{
    public static byte[] File(params string[] models) => Encoding.UTF8.GetBytes(Naming(models).ToJsonString());

    /// <summary>A file that takes down what it does not name.</summary>
    public static byte[] Pruning(params string[] models)
    {
        var file = Naming(models);
        file["prune"] = true;
        return Encoding.UTF8.GetBytes(file.ToJsonString());
    }

    private static JsonObject Naming(string[] models) =>
        new()
        {
            ["pipelines"] = new JsonArray([
                .. models.Select(model =>
                {
                    var request = JsonNode.Parse(Deployments.Example("byom_realtime_builtin"))!;
                    request["model_name"] = model;
                    return request;
                }),
            ]),
        };

    public static string Name(string model) => $"mlops-pipeline-{model}-byompipelinerealtimebuiltin";

    public static ConfigService Service(FakeAws aws, FakeTimeProvider clock) => Configuring.Service(aws, clock);

    /// <summary>Lets the pauses between pipelines pass.</summary>
    public static async Task<T> PassAsync<T>(this FakeTimeProvider clock, Task<T> running)
    {
        while (!running.IsCompleted)
        {
            clock.Advance(ConfigService.Pace);
            await Task.Yield();
        }

        return await running;
    }
}
