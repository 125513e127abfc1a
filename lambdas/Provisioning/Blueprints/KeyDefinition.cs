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

    /// <summary>The only values; null for any.</summary>
    public IReadOnlyList<string>? Allowed { get; init; }

    /// <summary>Regular expression that the whole value matches, without look-around or back-references; null for any.</summary>
    public string? Pattern { get; init; }

    /// <summary>In characters; null for what CloudFormation takes, 4,096 bytes.</summary>
    public int? MaxLength { get; init; }

    /// <summary>Smallest number.</summary>
    public long? Minimum { get; init; }

    /// <summary>Largest number.</summary>
    public long? Maximum { get; init; }

    /// <summary>Whether a request may give an object keyed by target instead of one value.</summary>
    public bool PerTarget { get; init; }

    /// <summary>A value as a client would write it.</summary>
    public string? Example { get; init; }

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

    /// <summary>The key that encrypts what a stack stores.</summary>
    public const string KmsKeyArn = "kms_key_arn";
}
