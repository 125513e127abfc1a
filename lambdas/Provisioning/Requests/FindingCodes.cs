namespace Mlops.Provisioning.Requests;

/// <summary>The codes of findings. A code is never used again for something else.</summary>
public static class FindingCodes
{
    /// <summary>The request has no content.</summary>
    public const string Empty = "MLP001";

    /// <summary>The request is not JSON.</summary>
    public const string NotJson = "MLP002";

    /// <summary>The request is JSON, but not an object.</summary>
    public const string NotAnObject = "MLP003";

    /// <summary>Two requests of one file make the same pipeline.</summary>
    public const string PipelineTwice = "MLP008";

    /// <summary>The request is larger than <see cref="PipelineRequest.SizeLimit"/>.</summary>
    public const string TooLarge = "MLP004";

    /// <summary>The request nests deeper than <see cref="PipelineRequest.DepthLimit"/> levels.</summary>
    public const string TooDeep = "MLP005";

    /// <summary>The request has bytes or escapes that are not Unicode text.</summary>
    public const string NotText = "MLP006";

    /// <summary>A key is there twice.</summary>
    public const string DuplicateKey = "MLP007";

    /// <summary>No blueprint has this pipeline type.</summary>
    public const string UnknownPipelineType = "MLP010";

    /// <summary>A required key is not there.</summary>
    public const string MissingKey = "MLP011";

    /// <summary>A required key is null.</summary>
    public const string NullValue = "MLP012";

    /// <summary>A required key is an empty text.</summary>
    public const string EmptyValue = "MLP013";

    /// <summary>Not an instance type of SageMaker.</summary>
    public const string InstanceType = "MLP014";

    /// <summary>The value cannot be read as the key's type.</summary>
    public const string WrongType = "MLP015";

    /// <summary>The value is longer than what it is for can take.</summary>
    public const string TooLong = "MLP016";

    /// <summary>The value is not one of the allowed ones.</summary>
    public const string NotAllowed = "MLP017";

    /// <summary>The value does not have the asked-for form.</summary>
    public const string Pattern = "MLP018";

    /// <summary>AWS cannot use the name.</summary>
    public const string Name = "MLP019";

    /// <summary>Not a place in S3.</summary>
    public const string S3Location = "MLP020";

    /// <summary>Not a key inside the assets bucket.</summary>
    public const string S3Key = "MLP021";

    /// <summary>Not the ARN of a KMS key.</summary>
    public const string KmsKeyArn = "MLP022";

    /// <summary>Not the URI of an image in ECR.</summary>
    public const string ImageUri = "MLP023";

    /// <summary>Not the ARN of a version of a model package.</summary>
    public const string ModelPackageArn = "MLP024";

    /// <summary>No image is known for this framework.</summary>
    public const string UnknownFramework = "MLP025";

    /// <summary>No image is known for this version of the framework.</summary>
    public const string UnknownFrameworkVersion = "MLP026";

    /// <summary>The framework has no image in this region.</summary>
    public const string FrameworkRegion = "MLP027";

    /// <summary>A value per target, where one value is asked for.</summary>
    public const string OneValueOnly = "MLP028";

    /// <summary>A value per target that leaves a target out.</summary>
    public const string TargetMissing = "MLP029";

    /// <summary>A value per target that names a target which is not there.</summary>
    public const string UnknownTarget = "MLP030";

    /// <summary>The number is too small or too large.</summary>
    public const string Range = "MLP031";

    /// <summary>The framework has no image for the processor of this instance type.</summary>
    public const string FrameworkInstance = "MLP032";

    /// <summary>A list or map has too many items, or one of them twice.</summary>
    public const string Items = "MLP033";

    /// <summary>Keys that do not go together.</summary>
    public const string Contradiction = "MLP034";

    /// <summary>An object has a key that it cannot have.</summary>
    public const string UnknownKey = "MLP035";

    /// <summary>Baseline data that is not there, or whose first line is no header.</summary>
    public const string BaselineData = "MLP036";

    /// <summary>A column that the baseline data's header does not have, or one too many.</summary>
    public const string Column = "MLP037";

    /// <summary>The pipeline runs, and its definition has to change, which would end that run.</summary>
    public const string PipelineRunning = "MLP040";

    /// <summary>The pipeline's name belongs to another model.</summary>
    public const string NameTaken = "MLP041";

    /// <summary>There is no such pipeline.</summary>
    public const string PipelineNotFound = "MLP042";

    /// <summary>Cannot be read as the id or the name of a pipeline.</summary>
    public const string PipelineId = "MLP043";

    /// <summary>The pipeline of this name was not made by this deployment.</summary>
    public const string OtherDeployment = "MLP044";

    /// <summary>Nothing waits there for an approval: it was answered, or never asked for.</summary>
    public const string NothingWaits = "MLP045";

    /// <summary>Somebody may not approve what they asked for themselves.</summary>
    public const string OwnRequest = "MLP046";

    /// <summary>The stage has not failed, or can no longer be retried.</summary>
    public const string NotRetryable = "MLP047";

    /// <summary>The pipeline has no such stage and delivers to no such target.</summary>
    public const string StageNotFound = "MLP048";

    /// <summary>The pipeline of this name comes from another source than the file that names it.</summary>
    public const string OtherOrigin = "MLP049";

    /// <summary>There is a model card of this name.</summary>
    public const string CardExists = "MLP050";

    /// <summary>There is no such model card.</summary>
    public const string CardNotFound = "MLP051";

    /// <summary>Something else happens to the model card.</summary>
    public const string CardConflict = "MLP052";

    /// <summary>SageMaker refuses what the request makes of a model card.</summary>
    public const string CardRefused = "MLP053";

    /// <summary>What was to be looked up for a model card is not there.</summary>
    public const string LookupNotFound = "MLP054";

    /// <summary>The model has another card.</summary>
    public const string ModelHasCard = "MLP055";

    /// <summary>An export of this name failed, or is one of another card or version.</summary>
    public const string ExportConflict = "MLP056";

    /// <summary>The pipeline is being taken down.</summary>
    public const string BeingTakenDown = "MLP060";

    /// <summary>A file would take down more pipelines at once than it may.</summary>
    public const string TooManyRemovals = "MLP061";
}
