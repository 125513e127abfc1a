using Mlops.Provisioning.Requests;

namespace Mlops.Infra;

/// <summary>Finds keys in our namespace that mean nothing: a mistyped optional setting would be off in silence.</summary>
internal static class UnknownSettings
{
    public static void Check(StackSettingsReader reader, IEnumerable<string> keys)
    {
        var unknown = keys.Where(key =>
                key.StartsWith(StackSettingKeys.Namespace, StringComparison.Ordinal)
                && !StackSettingKeys.All.Contains(key)
                && !PredecessorParameters.IsKnown(key)
            )
            .Order(StringComparer.Ordinal);
        foreach (var key in unknown)
        {
            var meant = PredecessorParameters.InAnyCase(key) ?? Nearest.To(key, StackSettingKeys.All);
            var remove = SettingCommand.Remove(key);
            reader.Problem(
                key,
                meant is null ? "there is no such setting" : $"there is no such setting; did you mean {meant}?",
                meant is not null && reader.Raw(meant) is null && reader.Raw(key)?.Trim() is { Length: > 0 } value
                    ? SettingCommand.Then(SettingCommand.Set(meant, value), remove)
                    : remove
            );
        }
    }
}
