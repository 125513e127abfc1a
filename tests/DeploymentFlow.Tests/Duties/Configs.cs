using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.Configs;
using Mlops.Provisioning.Tests.Fakes;

namespace Mlops.DeploymentFlow.Tests.Duties;

/// <summary>Config files, and what carries them out against AWS in memory.</summary>
internal static class Configs
{
    public static byte[] File(params string[] models) =>
        Encoding.UTF8.GetBytes(
            new JsonObject
            {
                ["pipelines"] = new JsonArray([
                    .. models.Select(model =>
                    {
                        var request = JsonNode.Parse(Deployments.Example("byom_realtime_builtin"))!;
                        request["model_name"] = model;
                        return request;
                    }),
                ]),
            }.ToJsonString()
        );

    public static string Name(string model) => $"mlops-pipeline-{model}-byompipelinerealtimebuiltin";

    public static ConfigService Service(FakeAws aws, FakeTimeProvider clock)
    {
        var settings = Deployments.Single();
        var planner = Deployments.Planner(settings);
        return new ConfigService(
            planner,
            new PipelineService(planner, settings, aws, aws),
            aws,
            aws,
            aws,
            settings,
            clock
        );
    }

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
