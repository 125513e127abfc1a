namespace Pulumi.AwsNative.CodePipeline;

[AwsNativeResourceType("aws-native:codepipeline:Pipeline")]
public partial class Pipeline : CustomResource
{
    [Output("name")]
    public Output<string?> Name { get; private set; } = null!;

    [Output("version")]
    public Output<string> Version { get; private set; } = null!;

    public Pipeline(string name, PipelineArgs args, CustomResourceOptions? options = null)
        : base("aws-native:codepipeline:Pipeline", name, args ?? new PipelineArgs(), Utilities.Options(options, "name"))
    { }
}

public sealed class PipelineArgs : ResourceArgs
{
    [Input("artifactStore")]
    public Input<Inputs.PipelineArtifactStoreArgs>? ArtifactStore { get; set; }

    [Input("executionMode")]
    public Input<Pulumi.AwsNative.CodePipeline.PipelineExecutionMode>? ExecutionMode { get; set; }

    [Input("name")]
    public Input<string>? Name { get; set; }

    [Input("pipelineType")]
    public Input<Pulumi.AwsNative.CodePipeline.PipelineType>? PipelineType { get; set; }

    [Input("restartExecutionOnUpdate")]
    public Input<bool>? RestartExecutionOnUpdate { get; set; }

    [Input("roleArn", required: true)]
    public Input<string> RoleArn { get; set; } = null!;

    [Input("stages", required: true)]
    private InputList<Inputs.PipelineStageDeclarationArgs>? _stages;

    public InputList<Inputs.PipelineStageDeclarationArgs> Stages
    {
        get => _stages ??= new();
        set => _stages = value;
    }

    [Input("triggers")]
    private InputList<Inputs.PipelineTriggerDeclarationArgs>? _triggers;

    public InputList<Inputs.PipelineTriggerDeclarationArgs> Triggers
    {
        get => _triggers ??= new();
        set => _triggers = value;
    }

    public static new PipelineArgs Empty => new();
}
