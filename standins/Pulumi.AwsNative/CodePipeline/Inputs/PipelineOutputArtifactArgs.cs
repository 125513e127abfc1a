namespace Pulumi.AwsNative.CodePipeline.Inputs;

public sealed class PipelineOutputArtifactArgs : ResourceArgs
{
    [Input("name", required: true)]
    public Input<string> Name { get; set; } = null!;

    public static new PipelineOutputArtifactArgs Empty => new();
}
