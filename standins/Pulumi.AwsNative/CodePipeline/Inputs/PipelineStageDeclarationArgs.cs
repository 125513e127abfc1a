namespace Pulumi.AwsNative.CodePipeline.Inputs;

public sealed class PipelineStageDeclarationArgs : ResourceArgs
{
    [Input("actions", required: true)]
    private InputList<Inputs.PipelineActionDeclarationArgs>? _actions;

    public InputList<Inputs.PipelineActionDeclarationArgs> Actions
    {
        get => _actions ??= new();
        set => _actions = value;
    }

    [Input("name", required: true)]
    public Input<string> Name { get; set; } = null!;

    public static new PipelineStageDeclarationArgs Empty => new();
}
