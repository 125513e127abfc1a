using Mlops.Provisioning.Blueprints;

namespace Mlops.Provisioning.Requests;

/// <summary>What holds where a request says nothing: the value of another key, or the default of the manifest.</summary>
internal static class Defaults
{
    /// <summary>The given values, and those of the keys that have a default.</summary>
    public static Dictionary<string, KeyValue> Fill(
        IEnumerable<KeyDefinition> keys,
        IReadOnlyDictionary<string, KeyValue> given,
        IReadOnlyList<string> targets
    )
    {
        var filled = new Dictionary<string, KeyValue>(given);
        foreach (var key in keys.Where(key => key.Default is not null || key.DefaultFrom is not null))
        {
            var own = given.GetValueOrDefault(key.Name);
            var other = key.DefaultFrom is null ? null : given.GetValueOrDefault(key.DefaultFrom);
            if (own is null && other is null && key.Default is not null)
            {
                filled[key.Name] = new KeyValue(key.Default);
            }
            else if (own?.ByTarget is not null || own is null && other is not null)
            {
                filled[key.Name] = new KeyValue(
                    "",
                    targets.ToDictionary(target => target, target => Pick(target, key.Default ?? "", own, other))
                );
            }
        }

        return filled;
    }

    private static string Pick(string target, string otherwise, params ReadOnlySpan<KeyValue?> values)
    {
        foreach (var value in values)
        {
            if (value?.In(target) is { Length: > 0 } text)
            {
                return text;
            }
        }

        return otherwise;
    }
}
