using System.Text.Json.Serialization;

namespace Mlops.DeploymentFlow.Jobs;

/// <summary>What CodePipeline sends to a function that it invokes as an action
/// (https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-Lambda.html). It carries credentials: never log it.</summary>
public sealed record CodePipelineJobEvent
{
    /// <summary>The job; null when somebody else invoked the function.</summary>
    [JsonPropertyName("CodePipeline.job")]
    public JobDetails? Job { get; init; }

    /// <summary>Of an event of EventBridge.</summary>
    [JsonPropertyName("detail")]
    public EventDetail? Detail { get; init; }

    /// <summary>Of S3's own notifications: the objects that were made (Amazon S3, "Event message structure").</summary>
    [JsonPropertyName("Records")]
    public IReadOnlyList<ObjectRecord>? Records { get; init; }
}

/// <summary>
/// What EventBridge tells: of an object that was made its bucket and its key, as it is (Amazon S3, "EventBridge event message
/// structure"); of an execution its pipeline and state (CodePipeline user guide, "Monitoring CodePipeline events").
/// </summary>
public sealed record EventDetail(NamedBucket? Bucket, NamedObject? Object, string? Pipeline, string? State);

/// <summary>An object that was made.</summary>
public sealed record ObjectCreated(NamedBucket? Bucket, NamedObject? Object);

/// <summary>An object that was made, as S3 tells it.</summary>
public sealed record ObjectRecord([property: JsonPropertyName("s3")] ObjectCreated? S3);

/// <summary>Its bucket.</summary>
public sealed record NamedBucket(string? Name);

/// <summary>Its key; in S3's own notifications encoded as in a form.</summary>
public sealed record NamedObject(string? Key);

/// <summary>One job: answered exactly once by PutJobSuccessResult or PutJobFailureResult.</summary>
public sealed record JobDetails
{
    /// <summary>What the answer refers to.</summary>
    public string? Id { get; init; }

    /// <summary>Configuration, artifacts, credentials.</summary>
    public JobData? Data { get; init; }
}

/// <summary>Configuration, artifacts and credentials of a job.</summary>
public sealed record JobData
{
    /// <summary>The action's configuration as the pipeline declares it.</summary>
    public JobActionConfiguration? ActionConfiguration { get; init; }

    /// <summary>In the order that the action declares them.</summary>
    public IReadOnlyList<JobArtifact>? InputArtifacts { get; init; }

    /// <summary>Good for the artifacts of this job only.</summary>
    public JobCredentials? ArtifactCredentials { get; init; }

    /// <summary>What the previous answer gave; at most 2,048 characters.</summary>
    public string? ContinuationToken { get; init; }
}

/// <summary>The action's configuration, one level deeper than one would expect.</summary>
public sealed record JobActionConfiguration
{
    /// <summary>Function name and user parameters.</summary>
    public JobConfiguration? Configuration { get; init; }
}

/// <summary>Function name and user parameters.</summary>
public sealed record JobConfiguration
{
    /// <summary>Our duty as JSON; at most 1,000 characters.</summary>
    [JsonPropertyName("UserParameters")]
    public string? UserParameters { get; init; }
}

/// <summary>An input artifact: a zip in the artifact store.</summary>
public sealed record JobArtifact
{
    /// <summary>The name in the pipeline.</summary>
    public string? Name { get; init; }

    /// <summary>Where the zip is.</summary>
    public JobArtifactLocation? Location { get; init; }
}

/// <summary>Where an artifact is; S3 is the only kind there is.</summary>
public sealed record JobArtifactLocation
{
    /// <summary>Bucket and key.</summary>
    public JobS3Location? S3Location { get; init; }
}

/// <summary>Bucket and key of an artifact.</summary>
public sealed record JobS3Location(string BucketName, string ObjectKey);

/// <summary>Temporary credentials. The record's own ToString would print them.</summary>
public sealed record JobCredentials(string AccessKeyId, string SecretAccessKey, string SessionToken)
{
    /// <inheritdoc />
    public override string ToString() => nameof(JobCredentials);
}

/// <summary>The shapes that this function reads and writes, compiled ahead of time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CodePipelineJobEvent))]
[JsonSerializable(typeof(DutyProgress))]
public sealed partial class DeploymentFlowJson : JsonSerializerContext;
