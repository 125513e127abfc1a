namespace Pulumi.AwsNative.CodePipeline.Inputs;

public sealed class PipelineArtifactStoreArgs : ResourceArgs
{
    [Input("encryptionKey")]
    public Input<Inputs.PipelineEncryptionKeyArgs>? EncryptionKey { get; set; }

    [Input("location", required: true)]
    public Input<string> Location { get; set; } = null!;

    [Input("type", required: true)]
    public Input<Pulumi.AwsNative.CodePipeline.PipelineArtifactStoreType> Type { get; set; } = null!;

    public static new PipelineArtifactStoreArgs Empty => new();
}
