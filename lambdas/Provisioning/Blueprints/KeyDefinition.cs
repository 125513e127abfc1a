using System.Text.RegularExpressions;

namespace Mlops.Provisioning.Blueprints;

/// <summary>A key of a request.</summary>
public sealed record KeyDefinition
{
    /// <summary>As clients write it.</summary>
    public required string Name { get; init; }

    /// <summary>What its values are.</summary>
    public required KeyType Type { get; init; }

    /// <summary>What it is for.</summary>
    public required string Description { get; init; }

    /// <summary>The pipeline types that have this key; null for all of the blueprint's.</summary>
    public IReadOnlyList<string>? PipelineTypes { get; init; }

    /// <summary>Always required.</summary>
    public bool Required { get; init; }

    /// <summary>Required when this holds.</summary>
    public KeyCondition? RequiredWhen { get; init; }

    /// <summary>Taken where a request has no value.</summary>
    public string? Default { get; init; }

    /// <summary>Another key, whose value is taken where a request has none for this one; before <see cref="Default"/>.</summary>
    public string? DefaultFrom { get; init; }

    /// <summary>The only values, or items of a list; null for any.</summary>
    public IReadOnlyList<string>? Allowed { get; init; }

    /// <summary>Regular expression that the whole value, or each item, matches, without look-around or back-references; null for any.</summary>
    public string? Pattern { get; init; }

    /// <summary>In characters, of each item of a list or map; null for what CloudFormation takes, 4,096 bytes.</summary>
    public int? MaxLength { get; init; }

    /// <summary>The most items of a list or map; null for any number.</summary>
    public int? MaxItems { get; init; }

    /// <summary>Smallest number.</summary>
    public long? Minimum { get; init; }

    /// <summary>Largest number.</summary>
    public long? Maximum { get; init; }

    /// <summary>
    /// Whether a value may be longer than a CloudFormation parameter holds: then it is a file in the assets bucket, and the
    /// parameter is the file's key, which the template knows by <c>mlops_request_files/</c> at its start.
    /// </summary>
    public bool Large { get; init; }

    /// <summary>Whether a request may give an object keyed by target instead of one value.</summary>
    public bool PerTarget { get; init; }

    /// <summary>A value as a client would write it.</summary>
    public string? Example { get; init; }

    /// <summary><see cref="Pattern"/>, made ready once: that takes longer than to match a value.</summary>
    internal Regex? Matcher => field ??= Pattern is null ? null : KeyPattern.Of(Pattern);

    /// <summary>Whether this pipeline type has the key.</summary>
    public bool BelongsTo(string pipelineType) => PipelineTypes is null || PipelineTypes.Contains(pipelineType);
}

/// <summary>When a key is required: all that is given here has to hold.</summary>
public sealed record KeyCondition
{
    /// <summary>The pipeline type is one of these.</summary>
    public IReadOnlyList<string>? PipelineTypes { get; init; }

    /// <summary>The model comes from the SageMaker Model Registry (true), or does not (false).</summary>
    public bool? Registry { get; init; }

    /// <summary>None of these keys has a value.</summary>
    public IReadOnlyList<string>? Without { get; init; }
}

/// <summary>What keys ask of each other: where all of <see cref="When"/> holds, <see cref="Then"/> has to.</summary>
public sealed record KeyRule
{
    /// <summary>What the request gives; a default is not given, unless this says that it counts.</summary>
    public required IReadOnlyList<GivenKey> When { get; init; }

    /// <summary>What is asked for then; a default counts.</summary>
    public required NeededKey Then { get; init; }

    /// <summary>Why: a sentence without its full stop.</summary>
    public required string Because { get; init; }
}

/// <summary>A key that a request gives.</summary>
public sealed record GivenKey
{
    /// <summary>Which.</summary>
    public required string Key { get; init; }

    /// <summary>With one of these values; null for any.</summary>
    public IReadOnlyList<string>? Values { get; init; }

    /// <summary>Whether a default counts as given.</summary>
    public bool OrDefault { get; init; }
}

/// <summary>What is asked of a key: with nothing but its name, that it has a value.</summary>
public sealed record NeededKey
{
    /// <summary>Which.</summary>
    public required string Key { get; init; }

    /// <summary>One of these values.</summary>
    public IReadOnlyList<string>? Values { get; init; }

    /// <summary>This number or more.</summary>
    public long? Minimum { get; init; }

    /// <summary>A number that is not larger than that of another key, where that one has a value.</summary>
    public string? AtMost { get; init; }

    /// <summary>A list of no more items, or none.</summary>
    public int? MaxItems { get; init; }

    /// <summary>Not a value that matches this regular expression.</summary>
    public string? Not { get; init; }

    /// <summary><see cref="Not"/>, made ready once.</summary>
    internal Regex? Matcher => field ??= Not is null ? null : KeyPattern.Of(Not);
}

/// <summary>Keys that our code knows by name, because computed values are made of them.</summary>
public static class RequestKeys
{
    /// <summary>Says which blueprint.</summary>
    public const string PipelineType = "pipeline_type";

    /// <summary>Name of the model.</summary>
    public const string ModelName = "model_name";

    /// <summary>Framework of a built-in image.</summary>
    public const string ModelFramework = "model_framework";

    /// <summary>Version of that framework.</summary>
    public const string ModelFrameworkVersion = "model_framework_version";

    /// <summary>The client's own image.</summary>
    public const string CustomImageUri = "custom_image_uri";

    /// <summary>ARN of a version of a model package.</summary>
    public const string ModelPackageName = "model_package_name";

    /// <summary>Instance type of an endpoint or a batch job.</summary>
    public const string InferenceInstance = "inference_instance";

    /// <summary>Instance type of a training or processing job.</summary>
    public const string InstanceType = "instance_type";

    /// <summary>What the names of jobs start with, instead of the model's name.</summary>
    public const string JobName = "job_name";

    /// <summary>The endpoint that is monitored, or made.</summary>
    public const string EndpointName = "endpoint_name";

    /// <summary>Data that a monitor compares with.</summary>
    public const string BaselineData = "baseline_data";

    /// <summary>What bias is looked for.</summary>
    public const string BiasConfig = "bias_config";

    /// <summary>Where a model's answer has what.</summary>
    public const string PredictedLabelConfig = "model_predicted_label_config";

    /// <summary>Where a record of JSON Lines has its features.</summary>
    public const string FeaturesAttribute = "features_attribute";

    /// <summary>How feature attributions are computed.</summary>
    public const string ShapConfig = "shap_config";

    /// <summary>Where a model's answer has the scores that are explained.</summary>
    public const string ModelScores = "model_scores";

    /// <summary>The key that encrypts what a stack stores.</summary>
    public const string KmsKeyArn = "kms_key_arn";

    /// <summary>Whether calls of the inference API are logged.</summary>
    public const string InferenceApiLogging = "inference_api_logging";
}
