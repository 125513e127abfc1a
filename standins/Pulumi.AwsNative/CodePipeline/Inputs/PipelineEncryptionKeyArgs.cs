namespace Pulumi.AwsNative.CodePipeline.Inputs;

public sealed class PipelineEncryptionKeyArgs : ResourceArgs
{
    [Input("id", required: true)]
    public Input<string> Id { get; set; } = null!;

    [Input("type", required: true)]
    public Input<string> Type { get; set; } = null!;

    public static new PipelineEncryptionKeyArgs Empty => new();
}
