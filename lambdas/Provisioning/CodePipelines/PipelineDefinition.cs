namespace Mlops.Provisioning.CodePipelines;

/// <summary>The structure of a pipeline of type V2.</summary>
public sealed record PipelineDefinition
{
    /// <summary>100 characters of <c>A-Za-z0-9.@_-</c> at most.</summary>
    public required string Name { get; init; }

    /// <summary>ARN of CodePipeline's service role.</summary>
    public required string RoleArn { get; init; }

    /// <summary>Bucket of the artifact store.</summary>
    public required string ArtifactBucket { get; init; }

    /// <summary>Key of the artifact store; null for AWS's own key.</summary>
    public required string? ArtifactKeyArn { get; init; }

    /// <summary><c>V2</c>; something else only in what is found.</summary>
    public string PipelineType { get; init; } = "V2";

    /// <summary><c>SUPERSEDED</c>; something else only in what is found.</summary>
    public string ExecutionMode { get; init; } = "SUPERSEDED";

    /// <summary>At least two; the first has the source.</summary>
    public required IReadOnlyList<StageDefinition> Stages { get; init; }
}

/// <summary>A stage of a pipeline.</summary>
/// <param name="Name">Unique in the pipeline.</param>
/// <param name="Actions">In the order in which they are declared.</param>
public sealed record StageDefinition(string Name, IReadOnlyList<ActionDefinition> Actions);

/// <summary>An action of a stage.</summary>
public sealed record ActionDefinition
{
    /// <summary>Unique in the stage.</summary>
    public required string Name { get; init; }

    /// <summary>What kind of action.</summary>
    public required ActionKind Kind { get; init; }

    /// <summary>Actions of equal order run side by side.</summary>
    public int RunOrder { get; init; } = 1;

    /// <summary>The provider's own keys.</summary>
    public IReadOnlyDictionary<string, string> Configuration { get; init; } = new Dictionary<string, string>();

    /// <summary>Names of artifacts that the action reads.</summary>
    public IReadOnlyList<string> Inputs { get; init; } = [];

    /// <summary>Names of artifacts that the action makes.</summary>
    public IReadOnlyList<string> Outputs { get; init; } = [];

    /// <summary>Under which the action's output variables are found; null for none.</summary>
    public string? Namespace { get; init; }

    /// <summary>Minutes after which the action fails, for an approval; null for CodePipeline's own.</summary>
    public int? TimeoutInMinutes { get; init; }

    /// <summary>Role that carries out the action; null for the pipeline's own.</summary>
    public string? RoleArn { get; init; }

    /// <summary>Region of the action; null for the pipeline's own.</summary>
    public string? Region { get; init; }
}

/// <summary>Category, owner, provider and version of an action.</summary>
/// <param name="Category"><c>Source</c>, <c>Deploy</c>, <c>Invoke</c>, ….</param>
/// <param name="Owner"><c>AWS</c>.</param>
/// <param name="Provider"><c>S3</c>, <c>CloudFormation</c>, <c>Lambda</c>, ….</param>
/// <param name="Version"><c>1</c>.</param>
public sealed record ActionKind(string Category, string Owner, string Provider, string Version)
{
    /// <summary>An object in S3.</summary>
    public static ActionKind S3Source { get; } = new("Source", "AWS", "S3", "1");

    /// <summary>Our DeploymentFlow function.</summary>
    public static ActionKind Lambda { get; } = new("Invoke", "AWS", "Lambda", "1");

    /// <summary>A stack.</summary>
    public static ActionKind CloudFormation { get; } = new("Deploy", "AWS", "CloudFormation", "1");

    /// <summary>Somebody's approval.</summary>
    public static ActionKind Approval { get; } = new("Approval", "AWS", "Manual", "1");

    /// <summary>A state machine.</summary>
    public static ActionKind StepFunctions { get; } = new("Invoke", "AWS", "StepFunctions", "1");
}
