using System.Text.Json;

namespace Mlops.Infra;

/// <summary>Reads a setting that is a list of folders.</summary>
internal static class FolderSettings
{
    public static IReadOnlyList<string> Read(StackSettingsReader reader, string key)
    {
        if (reader.Value(key) is not { } text)
        {
            return [];
        }

        if (Items(text) is not { } folders)
        {
            reader.Problem(
                key,
                $"{text} is not a list of folders",
                SettingCommand.Then(
                    SettingCommand.Remove(key),
                    SettingCommand.SetPart($"{key}[0]", "my-blueprints/mine")
                )
            );
            return [];
        }

        for (var i = 0; i < folders.Count; i++)
        {
            if (folders[i].Length == 0)
            {
                reader.Problem($"{key}[{i}]", "it is empty", SettingCommand.RemovePart($"{key}[{i}]"));
            }
            else if (folders.IndexOf(folders[i]) < i)
            {
                reader.Problem(
                    $"{key}[{i}]",
                    $"\"{folders[i]}\" is there twice",
                    SettingCommand.RemovePart($"{key}[{i}]")
                );
            }
        }

        return folders;
    }

    private static List<string>? Items(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return
                json.RootElement.ValueKind is JsonValueKind.Array
                && json.RootElement.EnumerateArray().All(item => item.ValueKind is JsonValueKind.String)
                ? [.. json.RootElement.EnumerateArray().Select(item => item.GetString()!.Trim().TrimEnd('/'))]
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
