using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Mlops.Provisioning.Requests;

/// <summary>
/// Writes what clients of the SageMaker Python SDK dump as the services take it: an argument that is null is left out, as the
/// SDK's <c>None</c> is; a number or a flag may be a text.
/// </summary>
internal static class StructuredText
{
    private static readonly HashSet<string> Numbers = new(StringComparer.Ordinal)
    {
        "num_samples",
        "seed",
        "num_clusters",
        "probability_threshold",
    };

    private static readonly HashSet<string> Flags = new(StringComparer.Ordinal)
    {
        "use_logit",
        "save_local_shap_values",
    };

    /// <summary>The object's text, unchanged where nothing of that is in it.</summary>
    public static string Of(string json)
    {
        var root = JsonNode.Parse(json)!.AsObject();
        return Tidy(root) ? root.ToJsonString() : json;
    }

    private static bool Tidy(JsonObject value)
    {
        var changed = false;
        foreach (var (name, member) in value.ToList())
        {
            if (member is null)
            {
                value.Remove(name);
                changed = true;
            }
            else if (member is JsonObject inner)
            {
                changed |= Tidy(inner);
            }
            else if (Plain(name, member) is { } plain)
            {
                value[name] = plain;
                changed = true;
            }
        }

        return changed;
    }

    /// <summary>The number or flag that a text says; null where there is nothing to change.</summary>
    private static JsonValue? Plain(string name, JsonNode member) =>
        member.GetValueKind() != JsonValueKind.String ? null
        : Flags.Contains(name) ? JsonValue.Create(bool.Parse(member.GetValue<string>()))
        : !Numbers.Contains(name) ? null
        : JsonValue.Create(decimal.Parse(member.GetValue<string>(), NumberStyles.Float, CultureInfo.InvariantCulture));
}
