using System.Text.Json;

namespace Mlops.Provisioning.Blueprints;

/// <summary>Reads nothing of a manifest but its pipeline types, which stand near its beginning.</summary>
internal static class ManifestHead
{
    public static IReadOnlyList<string> PipelineTypes(string path)
    {
        try
        {
            var reader = new Utf8JsonReader(File.ReadAllBytes(path));
            while (reader.Read())
            {
                if (
                    reader is { TokenType: JsonTokenType.PropertyName, CurrentDepth: 1 }
                    && reader.ValueTextEquals("pipelineTypes")
                )
                {
                    return Types(ref reader);
                }
            }

            return [];
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or IOException)
        {
            throw new BlueprintException($"{path}: {problem.Message}", problem);
        }
    }

    private static List<string> Types(ref Utf8JsonReader reader)
    {
        var types = new List<string>();
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("type"))
            {
                reader.Read();
                types.Add(reader.GetString() ?? "");
            }
        }

        return types;
    }
}
