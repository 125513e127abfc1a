namespace Pulumi.AwsNative.CodePipeline.Inputs;

public sealed class PipelineGitConfigurationArgs : ResourceArgs
{
    [Input("push")]
    private InputList<Inputs.PipelineGitPushFilterArgs>? _push;

    public InputList<Inputs.PipelineGitPushFilterArgs> Push
    {
        get => _push ??= new();
        set => _push = value;
    }

    [Input("sourceActionName", required: true)]
    public Input<string> SourceActionName { get; set; } = null!;

    public static new PipelineGitConfigurationArgs Empty => new();
}
