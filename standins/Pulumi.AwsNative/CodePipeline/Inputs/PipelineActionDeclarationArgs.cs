namespace Pulumi.AwsNative.CodePipeline.Inputs;

public sealed class PipelineActionDeclarationArgs : ResourceArgs
{
    [Input("actionTypeId", required: true)]
    public Input<Inputs.PipelineActionTypeIdArgs> ActionTypeId { get; set; } = null!;

    [Input("configuration")]
    public Input<object>? Configuration { get; set; }

    [Input("inputArtifacts")]
    private InputList<Inputs.PipelineInputArtifactArgs>? _inputArtifacts;

    public InputList<Inputs.PipelineInputArtifactArgs> InputArtifacts
    {
        get => _inputArtifacts ??= new();
        set => _inputArtifacts = value;
    }

    [Input("name", required: true)]
    public Input<string> Name { get; set; } = null!;

    [Input("namespace")]
    public Input<string>? Namespace { get; set; }

    [Input("outputArtifacts")]
    private InputList<Inputs.PipelineOutputArtifactArgs>? _outputArtifacts;

    public InputList<Inputs.PipelineOutputArtifactArgs> OutputArtifacts
    {
        get => _outputArtifacts ??= new();
        set => _outputArtifacts = value;
    }

    [Input("region")]
    public Input<string>? Region { get; set; }

    [Input("roleArn")]
    public Input<string>? RoleArn { get; set; }

    [Input("runOrder")]
    public Input<int>? RunOrder { get; set; }

    [Input("timeoutInMinutes")]
    public Input<int>? TimeoutInMinutes { get; set; }

    public static new PipelineActionDeclarationArgs Empty => new();
}
