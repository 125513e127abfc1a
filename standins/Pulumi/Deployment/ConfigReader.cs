using System.Collections.Immutable;
using System.Text.Json;

namespace Pulumi;

/// <summary>Reads the settings that the environment hands to a deployment.</summary>
internal static class ConfigReader
{
    private const string Variable = "PULUMI_CONFIG";
    private const string OldInfix = "config:";

    /// <summary>All settings by <c>namespace:key</c>; what is no text in the JSON object is its JSON text.</summary>
    public static ImmutableDictionary<string, string> Read()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { } json)
        {
            return ImmutableDictionary<string, string>.Empty;
        }

        using var document = JsonDocument.Parse(json);
        var settings = ImmutableDictionary.CreateBuilder<string, string>();

        foreach (var setting in document.RootElement.EnumerateObject())
        {
            settings[Clean(setting.Name)] = setting.Value.ToString();
        }

        return settings.ToImmutable();
    }

    // Keys of old were namespace:config:key.
    private static string Clean(string key)
    {
        var colon = key.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && key[(colon + 1)..].StartsWith(OldInfix, StringComparison.Ordinal)
            ? key[..(colon + 1)] + key[(colon + 1 + OldInfix.Length)..]
            : key;
    }
}
