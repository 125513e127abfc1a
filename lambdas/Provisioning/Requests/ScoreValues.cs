using System.Globalization;
using System.Text.Json.Nodes;
using Mlops.Provisioning.Blueprints;

namespace Mlops.Provisioning.Requests;

/// <summary>
/// Reads where a model's answer has the scores that are explained, as the SageMaker Python SDK's <c>model_scores</c> has it.
/// The result is JSON, so that the first column, 0, is not taken for nothing.
/// </summary>
internal static class ScoreValues
{
    public static string? Read(KeyDefinition key, RequestValue value, out Problem? problem)
    {
        problem = null;
        var text = value.Text.Trim();
        if (value.Kind == RequestValueKind.Object || text.StartsWith('{'))
        {
            return StructuredValues.Read(key, value, out problem);
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
        {
            return index.ToString(CultureInfo.InvariantCulture);
        }

        problem =
            value.Kind == RequestValueKind.Number
                ? StructuredValues.WrongKind(key, Quote.Text(key.Name))
                : KeyReader.WrongText(key, text);
        return problem is null ? JsonValue.Create(text).ToJsonString() : null;
    }
}
