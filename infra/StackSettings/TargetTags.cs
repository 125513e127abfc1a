using Mlops.Provisioning;

namespace Mlops.Infra;

/// <summary>What is made in a target has the tags of everything and the target's own: together they have to fit.</summary>
internal static class TargetTags
{
    public static void Check(
        StackSettingsReader reader,
        IReadOnlyDictionary<string, string> ofAll,
        IReadOnlyList<TargetSettings> targets
    )
    {
        foreach (var (index, target) in targets.Index())
        {
            var key = $"{StackSettingKeys.Targets}[{index}].tags";
            var own = target.Tags.Keys.Where(name => !ofAll.ContainsKey(name)).ToList();
            foreach (var name in own)
            {
                // IAM refuses two keys that differ in case alone ("Tag IAM resources").
                if (
                    ofAll.Keys.FirstOrDefault(other => other.Equals(name, StringComparison.OrdinalIgnoreCase)) is
                    { } same
                )
                {
                    reader.Problem(
                        key,
                        $"\"{name}\" and \"{same}\" of {StackSettingKeys.Tags} are the same key to IAM",
                        SettingCommand.RemovePart(SettingCommand.Path(key, name))
                    );
                }
            }

            var together = ofAll.Count + own.Count;
            if (own.Count > 0 && ofAll.Count <= StructuredSettings.TagLimit && together > StructuredSettings.TagLimit)
            {
                reader.Problem(
                    key,
                    $"{together} tags, with those of {StackSettingKeys.Tags}, are too many: a resource can have 50, and {DeploymentTags.Deployment} is one of them",
                    SettingCommand.RemovePart(SettingCommand.Path(key, own[^1]))
                );
            }
        }
    }
}
