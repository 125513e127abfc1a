namespace Pulumi.Aws.S3.Inputs;

public sealed class BucketVersioningArgs : ResourceArgs
{
    [Input("enabled")]
    public Input<bool>? Enabled { get; set; }

    public static new BucketVersioningArgs Empty => new();
}
