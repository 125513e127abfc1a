using System.Text;
using System.Text.Json.Nodes;
using Mlops.Provisioning.Blueprints;
using Mlops.Provisioning.Packaging;

namespace Mlops.Provisioning.Requests;

/// <summary>Reads values that have a structure: JSON, or its text. The result is JSON.</summary>
internal static class StructuredValues
{
    // HyperParameters, HyperParameterKey and HyperParameterValue (SageMaker API reference, CreateTrainingJob).
    private const int HyperparameterLimit = 100;
    private const int NameLimit = 256;
    private const int ValueLimit = 2_500;

    public static string? Read(KeyDefinition key, RequestValue value, out Problem? problem)
    {
        if (Parse(value, key.Type == KeyType.JsonTexts) is not { } root)
        {
            problem = WrongKind(key, Quote.Text(key.Name));
            return null;
        }

        problem = key.Type switch
        {
            KeyType.JsonTexts => Texts(key, root),
            KeyType.Hyperparameters => Hyperparameters(key, root),
            KeyType.HyperparameterRanges => TuningValues.Ranges(key, root),
            KeyType.BiasConfig => ClarifyValues.Bias(key, root),
            KeyType.PredictedLabelConfig or KeyType.ModelScores => ClarifyValues.PredictedLabel(key, root),
            KeyType.ShapConfig => ShapValues.Judge(key, root),
            _ => TuningValues.Arguments(key, root),
        };
        if (problem is { } found)
        {
            // Inside of a text there are no places of the request.
            problem = value.Kind == RequestValueKind.Text ? found.Placed(_ => null) : found;
            return null;
        }

        var text = key.Type switch
        {
            // Nothing in it says the same as nothing: what asks for a value is not content with it.
            KeyType.JsonTexts
            or KeyType.PredictedLabelConfig
            or KeyType.ModelScores when root is { Items.Count: 0, Members.Count: 0 } => "",
            KeyType.JsonTexts => new JsonArray([
                .. root.Items.Select(item => (JsonNode?)item.Text.Trim()),
            ]).ToJsonString(),
            KeyType.Hyperparameters => new JsonObject(
                root.Members.Select(member => KeyValuePair.Create(member.Key, (JsonNode?)member.Value.Text))
            ).ToJsonString(),
            _ => value.Kind == RequestValueKind.Text ? value.Text.Trim() : value.Text,
        };
        if (key.Type is not (KeyType.JsonTexts or KeyType.Hyperparameters or KeyType.HyperparameterRanges))
        {
            text = text.Length == 0 ? text : StructuredText.Of(text);
            text = text == "{}" && key.Type is KeyType.PredictedLabelConfig or KeyType.ModelScores ? "" : text;
        }

        // What the template gets may be longer than what the request has.
        problem = KeyReader.TooManyBytes(
            key,
            key.Type switch
            {
                KeyType.HyperparameterRanges => TuningJson.ParameterRanges(text),
                KeyType.TunerArguments => TuningJson.JobConfig(text) + TuningJson.MetricDefinitions(text),
                _ => text,
            }
        );
        return problem is null ? text : null;
    }

    public static Problem WrongKind(KeyDefinition key, string what, string? wanted = null) =>
        new(
            FindingCodes.WrongType,
            wanted ?? KeyReader.TypeName(key.Type),
            $"{char.ToUpperInvariant(what[0])}{what[1..]} is not {wanted ?? KeyReader.TypeName(key.Type)}.",
            $"Give {wanted ?? KeyReader.TypeName(key.Type)}{(wanted is null ? KeyReader.ExampleOf(key) : "")}."
        );

    /// <summary>The value, or what its text says; null when that is something else.</summary>
    private static RequestValue? Parse(RequestValue value, bool list)
    {
        if (value.Kind != RequestValueKind.Text)
        {
            return value;
        }

        // A request is an object: so a text is read as the value of its one key.
        var wrapped = Encoding.UTF8.GetBytes($"{{\"value\":{value.Text}}}");
        return
            PipelineRequest.TryParse(wrapped, out var parsed, out _)
            && parsed.Keys.Count == 1
            && parsed.Keys["value"] is { } inner
            && inner.Kind == (list ? RequestValueKind.Array : RequestValueKind.Object)
            ? inner
            : null;
    }

    private static Problem? Texts(KeyDefinition key, RequestValue root) =>
        Problem.All(
            root.Items.Select(
                    (item, index) =>
                        (
                            item.Kind is not (RequestValueKind.Text or RequestValueKind.Number)
                            || string.IsNullOrWhiteSpace(item.Text)
                                ? WrongKind(key, $"an item of {Quote.Text(key.Name)}", "a text")
                                : KeyReader.WrongText(key, item.Text)
                        )?.Placed(_ => ($"/{index}", item))
                )
                .Append(TooMany(key, root.Items.Count, key.MaxItems))
        );

    private static Problem? Hyperparameters(KeyDefinition key, RequestValue root) =>
        Problem.All(
            root.Members.Select(member =>
                    Hyperparameter(key, member.Key, member.Value)
                        ?.Placed(_ => (Quote.Pointer("", member.Key), member.Value))
                )
                .Append(TooMany(key, root.Members.Count, key.MaxItems ?? HyperparameterLimit))
        );

    private static Problem? Hyperparameter(KeyDefinition key, string name, RequestValue value)
    {
        var what = $"{Quote.Text(name)} in {Quote.Text(key.Name)}";
        return name.Length is 0 or > NameLimit ? TooLong($"The name {what}", NameLimit)
            : value.Kind is not (RequestValueKind.Text or RequestValueKind.Number or RequestValueKind.Boolean)
                ? WrongKind(key, what, "a text, a number, true or false")
            : value.Text.Length > ValueLimit ? TooLong(what, ValueLimit)
            : null;
    }

    private static Problem TooLong(string what, int limit) =>
        new(
            FindingCodes.TooLong,
            $"1 to {limit} characters",
            $"{what} has not 1 to {limit} characters.",
            $"Give 1 to {limit} characters."
        );

    public static Problem? TooMany(KeyDefinition key, int count, int? limit) =>
        count <= (limit ?? int.MaxValue)
            ? null
            : new Problem(
                FindingCodes.Items,
                $"{limit} at most",
                $"{Quote.Text(key.Name)} has {count} items.",
                $"Give {limit} at most."
            );
}
