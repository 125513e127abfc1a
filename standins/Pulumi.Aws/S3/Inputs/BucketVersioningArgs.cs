namespace Pulumi.Aws.S3.Inputs;

// Of a bucket's own, deprecated property. It is here because Pulumi.Aws.S3 has a class of this name, too.

public sealed class BucketVersioningArgs : ResourceArgs
{
    [Input("enabled")]
    public Input<bool>? Enabled { get; set; }

    public static new BucketVersioningArgs Empty => new();
}
