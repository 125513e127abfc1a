using System.Text.Json;
using Mlops.Provisioning;

namespace Mlops.Infra;

/// <summary>Reads <c>mlops:targets</c>: the accounts in the order of delivery.</summary>
internal static class TargetList
{
    /// <summary>Stages, and permissions in the keys' and buckets' policies, grow with each.</summary>
    public const int Limit = 10;

    private const string Key = StackSettingKeys.Targets;

    public static IReadOnlyList<TargetSettings> Read(StackSettingsReader reader, AccountMode? mode, string? ownAccount)
    {
        switch (mode)
        {
            case AccountMode.Single when reader.Raw(Key) is not null:
                reader.Problem(
                    Key,
                    "in single-account mode the orchestrator account is the only target",
                    SettingCommand.Remove(Key)
                );
                return [];
            case AccountMode.Multi when reader.Raw(Key) is null:
                // Under their old names it is one problem, not two.
                if (!PredecessorParameters.HasTargets(reader))
                {
                    reader.Problem(Key, "it is missing: the accounts in the order of delivery", Example());
                }

                return [];
            case AccountMode.Multi when reader.Value(Key) is { } text:
                return Read(reader, text, ownAccount);
            default:
                return [];
        }
    }

    private static List<TargetSettings> Read(StackSettingsReader reader, string text, string? ownAccount)
    {
        if (Items(text) is not { } items)
        {
            reader.Problem(
                Key,
                $"{text} is not a list of targets",
                SettingCommand.Then(SettingCommand.Remove(Key), Example())
            );
            return [];
        }

        if (items.Count is 0 or > Limit)
        {
            reader.Problem(
                Key,
                items.Count == 0 ? "it names no target" : $"{items.Count} targets are too many: {Limit} at most",
                items.Count == 0 ? Example() : SettingCommand.RemovePart($"{Key}[{Limit}]")
            );
        }

        List<TargetSettings> targets =
        [
            .. items.Select((item, index) => new TargetReader(reader, $"{Key}[{index}]", item, ownAccount).Read()),
        ];
        Twice(reader, targets);
        return targets;
    }

    /// <summary>Stages have their targets' names, stacks and roles their accounts.</summary>
    private static void Twice(StackSettingsReader reader, List<TargetSettings> targets)
    {
        for (var i = 0; i < targets.Count; i++)
        {
            var (name, account) = (targets[i].Name, targets[i].AccountId);
            var before = targets.Take(i).ToList();
            if (name.Length > 0 && before.Find(other => Stage(other) == Stage(targets[i])) is { } namesake)
            {
                reader.Problem(
                    $"{Key}[{i}].name",
                    namesake.Name == name
                        ? $"\"{name}\" is there twice"
                        : $"\"{name}\" and \"{namesake.Name}\" would both be the stage {Stage(namesake)}",
                    SettingCommand.SetPart($"{Key}[{i}].name", $"target-{i + 1}")
                );
            }

            if (account != TargetReader.NoAccount && before.Exists(other => other.AccountId == account))
            {
                reader.Problem(
                    $"{Key}[{i}].accountId",
                    $"{account} is there twice; stacks of one request have one name in every account",
                    SettingCommand.RemovePart($"{Key}[{i}]")
                );
            }
        }
    }

    private static string Stage(TargetSettings target) =>
        target.Name.Length == 0 ? "" : new Target(target.Name, target.AccountId).StageName;

    private static string Example() =>
        SettingCommand.Then(
            SettingCommand.SetPart($"{Key}[0].name", "dev"),
            SettingCommand.SetPart($"{Key}[0].accountId", "111111111111")
        );

    private static List<JsonElement>? Items(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return
                json.RootElement.ValueKind is JsonValueKind.Array
                && json.RootElement.EnumerateArray().All(item => item.ValueKind is JsonValueKind.Object)
                ? [.. json.RootElement.EnumerateArray().Select(item => item.Clone())]
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
