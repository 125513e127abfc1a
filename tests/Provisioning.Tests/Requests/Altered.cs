using System.Text.Json.Nodes;
using Mlops.Provisioning.Tests.Fakes;

namespace Mlops.Provisioning.Tests.Requests;

/// <summary>Requests that differ from an example by one key.</summary>
internal static class Altered
{
    public static string With(string key, string json, string example = "byom_realtime_builtin")
    {
        var request = Example(example);
        request[key] = JsonNode.Parse(json);
        return request.ToJsonString();
    }

    public static string Without(string key, string example = "byom_realtime_builtin")
    {
        var request = Example(example);
        request.Remove(key);
        return request.ToJsonString();
    }

    private static JsonObject Example(string name) => JsonNode.Parse(Deployments.Example(name))!.AsObject();
}
