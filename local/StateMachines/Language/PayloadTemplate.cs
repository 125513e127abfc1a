using System.Text.Json.Nodes;

namespace Mlops.Local.StateMachines.Language;

/// <summary>Parameters and ResultSelector: a member whose name ends with <c>.$</c> is a path or a call, everything else stands for itself.</summary>
internal static class PayloadTemplate
{
    private const string Marker = ".$";

    public static JsonNode? Fill(JsonNode? template, Data data) =>
        template switch
        {
            JsonObject map => Map(map, data),
            JsonArray list => new JsonArray([.. list.Select(item => Fill(item, data))]),
            _ => template?.DeepClone(),
        };

    private static JsonObject Map(JsonObject map, Data data)
    {
        var filled = new JsonObject();
        foreach (var (name, value) in map)
        {
            if (name.EndsWith(Marker, StringComparison.Ordinal))
            {
                var text = value?.ToString() ?? "";
                filled[name[..^Marker.Length]] = text.StartsWith('$')
                    ? Paths.Read(text, data)
                    : Intrinsics.Call(text, data)?.DeepClone();
            }
            else
            {
                filled[name] = Fill(value, data);
            }
        }

        return filled;
    }
}
