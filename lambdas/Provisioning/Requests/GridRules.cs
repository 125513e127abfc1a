using System.Text.Json.Nodes;
using Mlops.Provisioning.Blueprints;

namespace Mlops.Provisioning.Requests;

/// <summary>
/// What a grid search asks of its ranges: only categorical ones (Amazon SageMaker, "Understand the hyperparameter tuning
/// strategies").
/// </summary>
internal static class GridRules
{
    /// <summary>A finding for each range that a grid search does not take.</summary>
    public static IEnumerable<Finding> Broken(
        IReadOnlyList<KeyDefinition> keys,
        PipelineRequest request,
        Dictionary<string, KeyValue> values
    )
    {
        if (
            Value(keys, KeyType.TunerArguments, values) is not (_, { } arguments)
            || (string?)arguments["strategy"] != "Grid"
            || Value(keys, KeyType.HyperparameterRanges, values) is not ({ } key, { } ranges)
            || !request.Keys.TryGetValue(key, out var found)
        )
        {
            yield break;
        }

        foreach (var (name, range) in ranges.Where(range => $"{range.Value![0]}" != "categorical"))
        {
            var isObject = found.Kind == RequestValueKind.Object;
            yield return new Problem(
                FindingCodes.Contradiction,
                "a grid search takes categorical ranges only",
                $"{Quote.Text(name)} in {Quote.Text(key)} is a range of kind {Quote.Text($"{range![0]}")}, and the strategy is \"Grid\".",
                "Give the values that are to be tried: [\"categorical\", [values]]; or take another strategy."
            )
            {
                Within = isObject ? (Quote.Pointer("", name), found.Members[name]) : null,
            }.At(Quote.Pointer("", key), found);
        }
    }

    private static (string? Key, JsonObject? Value) Value(
        IReadOnlyList<KeyDefinition> keys,
        KeyType type,
        Dictionary<string, KeyValue> values
    ) =>
        keys.FirstOrDefault(key => key.Type == type) is { } key
        && values.TryGetValue(key.Name, out var value)
        && value.Text.Length > 0
            ? (key.Name, JsonNode.Parse(value.Text)!.AsObject())
            : (null, null);
}
