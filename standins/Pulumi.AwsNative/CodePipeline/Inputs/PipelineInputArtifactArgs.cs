namespace Pulumi.AwsNative.CodePipeline.Inputs;

public sealed class PipelineInputArtifactArgs : ResourceArgs
{
    [Input("name", required: true)]
    public Input<string> Name { get; set; } = null!;

    public static new PipelineInputArtifactArgs Empty => new();
}
