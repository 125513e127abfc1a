using System.Text.Json.Serialization;

namespace Mlops.Provisioning.Blueprints;

/// <summary>What the values of a key are. Numbers and booleans may be written as text, and the other way round.</summary>
public enum KeyType
{
    /// <summary>Any text.</summary>
    [JsonStringEnumMemberName("text")]
    Text,

    /// <summary>A whole number.</summary>
    [JsonStringEnumMemberName("integer")]
    Integer,

    /// <summary>A number.</summary>
    [JsonStringEnumMemberName("number")]
    Number,

    /// <summary>True or false in any spelling; CloudFormation gets <c>True</c> or <c>False</c>, as from the predecessor.</summary>
    [JsonStringEnumMemberName("boolean")]
    Boolean,

    /// <summary>A JSON object or array, or its text.</summary>
    [JsonStringEnumMemberName("json")]
    Json,

    /// <summary>Part of a pipeline's name.</summary>
    [JsonStringEnumMemberName("modelName")]
    ModelName,

    /// <summary>A name of SageMaker's: 63 letters, digits and inner hyphens.</summary>
    [JsonStringEnumMemberName("sageMakerName")]
    SageMakerName,

    /// <summary>Tag of an image in ECR; may be part of a pipeline's name, which gets a hash for what it cannot hold.</summary>
    [JsonStringEnumMemberName("imageTag")]
    ImageTag,

    /// <summary><c>ml.m5.large</c>.</summary>
    [JsonStringEnumMemberName("instanceType")]
    InstanceType,

    /// <summary>Bucket and prefix.</summary>
    [JsonStringEnumMemberName("s3Location")]
    S3Location,

    /// <summary>Key inside the assets bucket.</summary>
    [JsonStringEnumMemberName("s3Key")]
    S3Key,

    /// <summary>ARN of a KMS key.</summary>
    [JsonStringEnumMemberName("kmsKeyArn")]
    KmsKeyArn,

    /// <summary>Image in ECR.</summary>
    [JsonStringEnumMemberName("imageUri")]
    ImageUri,

    /// <summary>ARN of a version of a model package.</summary>
    [JsonStringEnumMemberName("modelPackageArn")]
    ModelPackageArn,

    /// <summary>Texts: an array, or one text with commas between them, which is what CloudFormation gets.</summary>
    [JsonStringEnumMemberName("textList")]
    TextList,

    /// <summary>Texts by name, as environment variables are: an object, or its JSON as text. For an insertion only.</summary>
    [JsonStringEnumMemberName("textMap")]
    TextMap,

    /// <summary>Texts: a JSON array or its text; CloudFormation gets the JSON.</summary>
    [JsonStringEnumMemberName("jsonTexts")]
    JsonTexts,

    /// <summary>
    /// Values by name, as hyperparameters are: an object, which may be empty, or its JSON as text. CloudFormation gets the
    /// JSON, in which every value is a text: SageMaker knows no others.
    /// </summary>
    [JsonStringEnumMemberName("hyperparameters")]
    Hyperparameters,

    /// <summary>
    /// Ranges by name, as the SageMaker Python SDK's clients write them:
    /// <c>{"eta": ["continuous", [0.1, 0.5]], "depth": ["integer", [1, 9]], "booster": ["categorical", ["gbtree", "dart"]]}</c>.
    /// </summary>
    [JsonStringEnumMemberName("hyperparameterRanges")]
    HyperparameterRanges,

    /// <summary>Arguments of the SageMaker Python SDK's tuner: metric, strategy, limits.</summary>
    [JsonStringEnumMemberName("tunerArguments")]
    TunerArguments,

    /// <summary>Clarify's BiasConfig of the SageMaker Python SDK: an object, or its JSON as text.</summary>
    [JsonStringEnumMemberName("biasConfig")]
    BiasConfig,

    /// <summary>Clarify's ModelPredictedLabelConfig of the SageMaker Python SDK: an object, or its JSON as text.</summary>
    [JsonStringEnumMemberName("predictedLabelConfig")]
    PredictedLabelConfig,

    /// <summary>Clarify's SHAPConfig of the SageMaker Python SDK: an object, or its JSON as text.</summary>
    [JsonStringEnumMemberName("shapConfig")]
    ShapConfig,

    /// <summary>
    /// Where a model's answer has its scores, as the SageMaker Python SDK's <c>model_scores</c>: an index, a JMESPath, or an
    /// object as <see cref="PredictedLabelConfig"/>. CloudFormation gets the JSON.
    /// </summary>
    [JsonStringEnumMemberName("modelScores")]
    ModelScores,
}

/// <summary>Files that are made of a request, and of its baseline data, because a container reads them.</summary>
public enum RequestFileKind
{
    /// <summary>What a Clarify processing job is told about bias before and after training.</summary>
    [JsonStringEnumMemberName("biasJob")]
    BiasJob,

    /// <summary>What the jobs of a bias monitor are told.</summary>
    [JsonStringEnumMemberName("biasMonitor")]
    BiasMonitor,

    /// <summary>What a Clarify processing job is told about feature attributions; but for the model, which the job's state machine adds.</summary>
    [JsonStringEnumMemberName("shapJob")]
    ShapJob,

    /// <summary>What the jobs of an explainability monitor are told; but for the model, likewise.</summary>
    [JsonStringEnumMemberName("shapMonitor")]
    ShapMonitor,
}

/// <summary>Values of the deployment that a parameter can come from.</summary>
public enum DeploymentValue
{
    /// <summary>Name of the assets bucket.</summary>
    [JsonStringEnumMemberName("assetsBucket")]
    AssetsBucket,

    /// <summary>ARN of the repository of custom algorithm images.</summary>
    [JsonStringEnumMemberName("ecrRepositoryArn")]
    EcrRepositoryArn,

    /// <summary>ARN of the topic that tells people.</summary>
    [JsonStringEnumMemberName("notificationsTopicArn")]
    NotificationsTopicArn,

    /// <summary>ARN of the policy, in the target's account, that bounds every role of the stack.</summary>
    [JsonStringEnumMemberName("permissionsBoundary")]
    PermissionsBoundary,
}

/// <summary>Values that are computed from several keys.</summary>
public enum ComputedValue
{
    /// <summary>The client's image, or the framework's; empty when the model comes from the registry.</summary>
    [JsonStringEnumMemberName("imageUri")]
    ImageUri,

    /// <summary>The client's image, or that of the built-in algorithm or framework, for the instance type of a training job.</summary>
    [JsonStringEnumMemberName("trainingImageUri")]
    TrainingImageUri,

    /// <summary>Group of the model package; empty when the model does not come from the registry.</summary>
    [JsonStringEnumMemberName("modelPackageGroup")]
    ModelPackageGroup,

    /// <summary>The KMS key, where the instance type has a volume that can be encrypted with it; else empty.</summary>
    [JsonStringEnumMemberName("volumeKmsKeyArn")]
    VolumeKmsKeyArn,

    /// <summary>
    /// <c>enabled</c> or <c>disabled</c>, as the request says. Where it says nothing: enabled in single-account mode, for
    /// there API Gateway has the role for its logs (the provisioning API of the same account and region logs, too);
    /// disabled in the targets of multi-account mode, for nobody made that role, and API Gateway refuses a stage with
    /// logs in an account without it.
    /// </summary>
    [JsonStringEnumMemberName("inferenceApiLogging")]
    InferenceApiLogging,

    /// <summary>
    /// Start of the names of the part's jobs: the model and the kind of job, or the request's <c>job_name</c>, and a hash of the
    /// part's other parameters. The state machine appends a hyphen and the first 8 characters of its execution's name.
    /// </summary>
    [JsonStringEnumMemberName("jobNamePrefix")]
    JobNamePrefix,
}

/// <summary>What a value passes through on its way into a parameter.</summary>
public enum Transform
{
    /// <summary>Drops one slash at the end.</summary>
    [JsonStringEnumMemberName("trimSlash")]
    TrimSlash,

    /// <summary>Lower case, without space around it.</summary>
    [JsonStringEnumMemberName("lowerTrim")]
    LowerTrim,

    /// <summary>What is before the first slash.</summary>
    [JsonStringEnumMemberName("bucket")]
    Bucket,

    /// <summary>What is after the first slash.</summary>
    [JsonStringEnumMemberName("afterBucket")]
    AfterBucket,

    /// <summary>A bucket alone gets a slash at its end, so that what begins like it is never another bucket.</summary>
    [JsonStringEnumMemberName("insideBucket")]
    InsideBucket,

    /// <summary>Of hyperparameter ranges: SageMaker's <c>ParameterRanges</c>, as the member of an object.</summary>
    [JsonStringEnumMemberName("parameterRanges")]
    ParameterRanges,

    /// <summary>Of tuner arguments: SageMaker's <c>HyperParameterTuningJobConfig</c> without its ranges.</summary>
    [JsonStringEnumMemberName("tuningJobConfig")]
    TuningJobConfig,

    /// <summary>Of tuner arguments: their <c>metric_definitions</c>; empty when there are none.</summary>
    [JsonStringEnumMemberName("metricDefinitions")]
    MetricDefinitions,

    /// <summary>Of a SHAP configuration: the key of the file with its baseline; empty when the rows are in it, or there are none.</summary>
    [JsonStringEnumMemberName("shapBaselineKey")]
    ShapBaselineKey,
}
