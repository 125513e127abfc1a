using System.Collections.ObjectModel;
using System.Globalization;
using System.Text.Json;
using Mlops.Provisioning;
using Mlops.Provisioning.Requests;

namespace Mlops.Infra;

/// <summary>Reads the settings that have parts, which the engine hands over as JSON text.</summary>
internal static class StructuredSettings
{
    private const string Rate = "ratePerSecond";
    private const string Burst = "burst";

    /// <summary>Tags that a resource can have (AWS, "Tagging your AWS resources"), of which one is ours.</summary>
    internal const int TagLimit = 50 - 1;

    private const int TagKeyLimit = 128;
    private const int TagValueLimit = 256;

    public static ApiThrottle Throttle(StackSettingsReader reader, string key)
    {
        var throttle = ApiThrottle.Default;
        if (reader.Value(key) is not { } text || Parts(reader, key, text, Rate, "10") is not { } parts)
        {
            return throttle;
        }

        foreach (var (name, value) in parts)
        {
            throttle = name switch
            {
                Rate => throttle with { RatePerSecond = RateOf(reader, key, value) },
                Burst => throttle with { Burst = BurstOf(reader, key, value) },
                _ => Unknown(name),
            };
        }

        return throttle;

        ApiThrottle Unknown(string name)
        {
            var remove = SettingCommand.RemovePart(SettingCommand.Path(key, name));
            var meant = Nearest.To(name, [Rate, Burst]);
            reader.Problem(
                key,
                $"it has no part \"{name}\"{(meant is null ? $", but {Rate} and {Burst}" : $": did you mean {meant}?")}",
                meant is null || parts.ContainsKey(meant)
                    ? remove
                    : SettingCommand.Then(SettingCommand.SetPart($"{key}.{meant}", parts[name]), remove)
            );
            return throttle;
        }
    }

    public static IReadOnlyDictionary<string, string> Tags(StackSettingsReader reader, string key) =>
        reader.Value(key) is { } text ? TagsOf(reader, key, text) : ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Of a part of a setting, too.</summary>
    public static IReadOnlyDictionary<string, string> TagsOf(StackSettingsReader reader, string key, string text)
    {
        if (Parts(reader, key, text, "team", "data-science") is not { } tags)
        {
            return ReadOnlyDictionary<string, string>.Empty;
        }

        foreach (var (name, value) in tags)
        {
            if (WhyNotATag(name, value) is { } why)
            {
                reader.Problem(key, why, SettingCommand.RemovePart(SettingCommand.Path(key, name)));
            }
        }

        // IAM refuses two keys that differ in case alone ("Tag IAM resources").
        foreach (var twice in tags.Keys.GroupBy(name => name, StringComparer.OrdinalIgnoreCase))
        {
            foreach (var other in twice.Skip(1))
            {
                reader.Problem(
                    key,
                    $"\"{twice.First()}\" and \"{other}\" are the same key to IAM",
                    SettingCommand.RemovePart(SettingCommand.Path(key, other))
                );
            }
        }

        if (tags.Count > TagLimit)
        {
            reader.Problem(
                key,
                $"{tags.Count} tags are too many: a resource can have 50, and {DeploymentTags.Deployment} is one of them",
                SettingCommand.RemovePart(SettingCommand.Path(key, tags.Keys.Last()))
            );
        }

        return tags;
    }

    private static string? WhyNotATag(string name, string value)
    {
        var lower = name.ToLowerInvariant();
        return lower.StartsWith("aws:", StringComparison.Ordinal)
                ? $"\"{name}\": keys that begin with aws: are AWS's own"
            : lower.StartsWith(StackSettingKeys.Namespace, StringComparison.Ordinal)
                ? $"\"{name}\": keys that begin with {StackSettingKeys.Namespace} are this program's own"
            : name.Length is 0 or > TagKeyLimit || !SettingFormats.TagText().IsMatch(name)
                ? $"\"{name}\" cannot be a tag's key: 1 to {TagKeyLimit} letters, digits, spaces and _ . : / = + - @"
            : value.Length > TagValueLimit || !SettingFormats.TagText().IsMatch(value)
                ? $"\"{value}\" cannot be the value of tag \"{name}\": at most {TagValueLimit} letters, digits, spaces and _ . : / = + - @"
            : null;
    }

    private static double RateOf(StackSettingsReader reader, string key, string text)
    {
        if (
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var rate)
            && rate is > 0 and <= ApiThrottle.RateLimit
        )
        {
            return rate;
        }

        reader.Problem(
            $"{key}.{Rate}",
            $"\"{text}\" is not a number above 0 and up to {ApiThrottle.RateLimit}, API Gateway's quota",
            SettingCommand.SetPart($"{key}.{Rate}", "10")
        );
        return ApiThrottle.Default.RatePerSecond;
    }

    private static int BurstOf(StackSettingsReader reader, string key, string text)
    {
        if (
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var burst)
            && burst is >= 1 and <= ApiThrottle.BurstLimit
        )
        {
            return burst;
        }

        reader.Problem(
            $"{key}.{Burst}",
            $"\"{text}\" is not a whole number of 1 to {ApiThrottle.BurstLimit}, API Gateway's quota",
            SettingCommand.SetPart($"{key}.{Burst}", "20")
        );
        return ApiThrottle.Default.Burst;
    }

    /// <summary>The members with their values as text, or null where nothing usable is set.</summary>
    internal static Dictionary<string, string>? Parts(
        StackSettingsReader reader,
        string key,
        string text,
        string examplePart,
        string example
    )
    {
        var parts = Members(text);
        if (parts is null)
        {
            // A part cannot be set in a value that has none.
            reader.Problem(
                key,
                $"{text} has no named parts with one value each",
                SettingCommand.Then(Remove(key), SettingCommand.SetPart($"{key}.{examplePart}", example))
            );
        }

        return parts;
    }

    private static string Remove(string key) =>
        key.Contains('[', StringComparison.Ordinal) ? SettingCommand.RemovePart(key) : SettingCommand.Remove(key);

    private static Dictionary<string, string>? Members(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            if (json.RootElement.ValueKind is not JsonValueKind.Object)
            {
                return null;
            }

            var members = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var member in json.RootElement.EnumerateObject())
            {
                if (member.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.Null)
                {
                    return null;
                }

                // As it is written: numbers and flags of YAML are text to AWS.
                members[member.Name] =
                    member.Value.ValueKind is JsonValueKind.String
                        ? member.Value.GetString()!
                        : member.Value.GetRawText();
            }

            return members;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
