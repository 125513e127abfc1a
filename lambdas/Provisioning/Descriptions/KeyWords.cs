using Mlops.Provisioning.Blueprints;
using Mlops.Provisioning.Requests;

namespace Mlops.Provisioning.Descriptions;

/// <summary>What the values of a key are, in words.</summary>
internal static class KeyWords
{
    public static string Values(KeyDefinition key) => string.Join("; ", [Kind(key.Type), .. Limits(key)]);

    public static string Quoted(string text) => $"`{text}`";

    public static string OneOf(IReadOnlyList<string> values) =>
        values.Count < 2
            ? string.Concat(values.Select(Quoted))
            : $"{string.Join(", ", values.SkipLast(1).Select(Quoted))} or {Quoted(values[^1])}";

    private static string Kind(KeyType type) =>
        type switch
        {
            KeyType.Text => "text",
            KeyType.Integer => "whole number",
            KeyType.Number => "number",
            KeyType.Boolean => "true or false",
            KeyType.Json => "JSON object or array",
            KeyType.ModelName => "letters, digits and hyphens",
            KeyType.ImageTag => "tag of an image: letters, digits, dots, hyphens and underscores",
            KeyType.SageMakerName => "SageMaker name: 63 letters, digits and inner hyphens at most",
            KeyType.InstanceType => "instance type of SageMaker",
            KeyType.S3Location => "bucket and key or prefix, with or without s3://",
            KeyType.S3Key => "key in the assets bucket",
            KeyType.KmsKeyArn => "ARN of a KMS key",
            KeyType.ImageUri => "image in Amazon ECR",
            KeyType.ModelPackageArn => "ARN of a version of a model package",
            KeyType.TextList => "array of texts, or one text with commas",
            KeyType.TextMap => "object with texts by name",
            KeyType.JsonTexts => "array of texts, or its JSON as text",
            KeyType.Hyperparameters => "object of texts, numbers, true or false by name; may be empty",
            KeyType.HyperparameterRanges => "object of ranges by name",
            KeyType.TunerArguments => "object of the tuner's arguments",
            KeyType.BiasConfig => "object of Clarify's BiasConfig",
            KeyType.PredictedLabelConfig => "object of Clarify's ModelPredictedLabelConfig",
            KeyType.ShapConfig => "object of Clarify's SHAPConfig",
            KeyType.ModelScores => "index, JMESPath, or object of Clarify's ModelPredictedLabelConfig",
            _ => "text of its own form",
        };

    private static IEnumerable<string> Limits(KeyDefinition key)
    {
        if (key.Allowed is { } allowed)
        {
            yield return OneOf(allowed);
        }

        switch (key)
        {
            case { Minimum: { } minimum, Maximum: { } maximum }:
                yield return $"{minimum} to {maximum}";
                break;
            case { Minimum: { } minimum }:
                yield return $"{minimum} or more";
                break;
            case { Maximum: { } maximum }:
                yield return $"{maximum} or less";
                break;
        }

        if (key.MaxItems is { } items)
        {
            yield return $"{items} items at most";
        }

        if (key.MaxLength is { } length)
        {
            yield return $"{length} characters at most";
        }

        if (key.Large)
        {
            yield return $"{KeyReader.LimitOf(key)} bytes at most";
        }

        if (key.Pattern is { } pattern)
        {
            yield return $"matches {Quoted(pattern)}";
        }
    }
}
