using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Mlops.Local.Display;

/// <summary>One JSON object per line: <c>event</c> names it, the rest is its content.</summary>
public sealed class JsonDisplay(TextWriter output) : IDisplay
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly Lock gate = new();

    /// <inheritdoc />
    public void Show(LocalEvent happened)
    {
        var line = new JsonObject { ["event"] = JsonNamingPolicy.CamelCase.ConvertName(happened.GetType().Name) };
        foreach (var (name, value) in JsonSerializer.SerializeToNode(happened, happened.GetType(), Options)!.AsObject())
        {
            line[name] = value?.DeepClone();
        }

        lock (gate)
        {
            output.WriteLine(line.ToJsonString(Options));
            output.Flush();
        }
    }
}
