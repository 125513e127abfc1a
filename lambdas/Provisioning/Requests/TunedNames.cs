using System.Text.Json.Nodes;
using Mlops.Provisioning.Blueprints;

namespace Mlops.Provisioning.Requests;

/// <summary>
/// A hyperparameter that is tuned is none of the fixed ones, where a request has it as both: SageMaker refuses that, and the
/// tuner of the SageMaker Python SDK, which the predecessor's clients know, leaves the fixed one out.
/// </summary>
internal static class TunedNames
{
    public static void LeaveOut(IReadOnlyList<KeyDefinition> keys, Dictionary<string, KeyValue> values)
    {
        if (Parse(keys, KeyType.HyperparameterRanges, values) is not (_, { } tuned))
        {
            return;
        }

        if (Parse(keys, KeyType.Hyperparameters, values) is not ({ } name, { } given))
        {
            return;
        }

        var both = given.Select(member => member.Key).Where(tuned.ContainsKey).ToList();
        foreach (var one in both)
        {
            given.Remove(one);
        }

        if (both.Count > 0)
        {
            values[name] = new KeyValue(given.ToJsonString());
        }
    }

    private static (string? Name, JsonObject? Value) Parse(
        IReadOnlyList<KeyDefinition> keys,
        KeyType type,
        Dictionary<string, KeyValue> values
    ) =>
        keys.FirstOrDefault(key => key.Type == type) is { } key && values.TryGetValue(key.Name, out var value)
            ? (key.Name, JsonNode.Parse(value.Text)!.AsObject())
            : (null, null);
}
