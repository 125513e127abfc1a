using System.Text;
using System.Text.Json.Nodes;

namespace Mlops.Provisioning.RequestFiles;

/// <summary>What SageMaker Clarify's analysis configurations have in common (SageMaker, "Analysis Configuration Files").</summary>
internal static class AnalysisConfig
{
    private const string FileName = "analysis_config.json";

    public const string Csv = "text/csv";

    public static JsonObject Report() => new() { ["name"] = "report", ["title"] = "Analysis Report" };

    public static JsonArray Names(IEnumerable<string> names) => new([.. names.Select(name => (JsonNode?)name)]);

    public static void Copy(JsonObject from, string name, JsonObject to, string? as_ = null)
    {
        if (from[name] is { } value)
        {
            to[as_ ?? name] = value.DeepClone();
        }
    }

    public static JsonObject Parse(string text) => text.Length == 0 ? [] : JsonNode.Parse(text)!.AsObject();

    public static RequestFile File(JsonObject config) => new(FileName, Encoding.UTF8.GetBytes(config.ToJsonString()));
}
