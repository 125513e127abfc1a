using System.Text.Json.Nodes;

namespace Mlops.Local.CodePipelines.Definitions;

/// <summary>The four parts that name an action's type.</summary>
internal sealed record ActionTypeId(string Category, string Owner, string Provider, string Version)
{
    public override string ToString() =>
        $"(Category: '{Category}', Provider: '{Provider}', Owner: '{Owner}', Version: '{Version}')";
}

/// <summary>Where artifacts are kept, and the KMS key that encrypts them (null is S3's own).</summary>
internal sealed record ArtifactStore(string Bucket, string? KeyId);

internal sealed record ActionDeclaration(
    string Name,
    ActionTypeId Type,
    int RunOrder,
    IReadOnlyDictionary<string, string> Configuration,
    IReadOnlyList<string> Inputs,
    IReadOnlyList<string> Outputs,
    string? RoleArn,
    string? Region,
    string? Namespace,
    int? TimeoutInMinutes
);

internal sealed record StageDeclaration(string Name, IReadOnlyList<ActionDeclaration> Actions);

/// <summary>A pipeline-level variable; without a default, every start must give it.</summary>
internal sealed record VariableDeclaration(string Name, string? Default);

/// <summary>
/// One version of a pipeline's structure. <see cref="Json"/> is it as GetPipeline returns it: what came in, with the
/// service's defaults filled in.
/// </summary>
internal sealed record PipelineDeclaration(
    string Name,
    string RoleArn,
    ArtifactStore Store,
    IReadOnlyList<StageDeclaration> Stages,
    IReadOnlyList<VariableDeclaration> Variables,
    string ExecutionMode,
    string PipelineType,
    int Version,
    JsonObject Json
)
{
    public bool Supersedes => ExecutionMode == "SUPERSEDED";

    public IEnumerable<ActionDeclaration> Actions => Stages.SelectMany(stage => stage.Actions);
}
