namespace Pulumi.Aws.S3.Inputs;

// Of a bucket's own, deprecated property. It is here because Pulumi.Aws.S3 has a class of this name, too.

public sealed class BucketLoggingArgs : ResourceArgs
{
    [Input("targetBucket", required: true)]
    public Input<string> TargetBucket { get; set; } = null!;

    [Input("targetPrefix")]
    public Input<string>? TargetPrefix { get; set; }

    public static new BucketLoggingArgs Empty => new();
}
