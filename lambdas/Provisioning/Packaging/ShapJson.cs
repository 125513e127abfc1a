using System.Text.Json.Nodes;

namespace Mlops.Provisioning.Packaging;

/// <summary>What is read in a SHAP configuration of Clarify's, as clients of the SageMaker Python SDK write it.</summary>
internal static class ShapJson
{
    private const string Baseline = "baseline";

    /// <summary>Key in the assets bucket of the file with the baseline; empty when its rows are in the configuration, or there are none.</summary>
    public static string BaselineKey(string json) =>
        Parse(json)[Baseline] is JsonValue file ? file.GetValue<string>() : "";

    private static JsonObject Parse(string json) => json.Length == 0 ? [] : JsonNode.Parse(json)!.AsObject();
}
