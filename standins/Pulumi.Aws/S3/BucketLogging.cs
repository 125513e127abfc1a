namespace Pulumi.Aws.S3;

[AwsResourceType("aws:s3/bucketLogging:BucketLogging")]
public partial class BucketLogging : CustomResource
{
    [Output("bucket")]
    public Output<string> Bucket { get; private set; } = null!;

    public BucketLogging(string name, BucketLoggingArgs args, CustomResourceOptions? options = null)
        : base(
            "aws:s3/bucketLogging:BucketLogging",
            name,
            args ?? new BucketLoggingArgs(),
            Utilities.Options(options, "aws:s3/bucketLoggingV2:BucketLoggingV2")
        ) { }
}

public sealed class BucketLoggingArgs : ResourceArgs
{
    [Input("bucket", required: true)]
    public Input<string> Bucket { get; set; } = null!;

    [Input("targetBucket", required: true)]
    public Input<string> TargetBucket { get; set; } = null!;

    [Input("targetPrefix", required: true)]
    public Input<string> TargetPrefix { get; set; } = null!;

    public static new BucketLoggingArgs Empty => new();
}
