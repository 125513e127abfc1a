namespace Pulumi.Aws.S3;

[AwsResourceType("aws:s3/bucket:Bucket")]
public partial class Bucket : CustomResource
{
    [Output("arn")]
    public Output<string> Arn { get; private set; } = null!;

    [Output("bucket")]
    public Output<string> BucketName { get; private set; } = null!;

    public Bucket(string name, BucketArgs? args = null, CustomResourceOptions? options = null)
        : base(
            "aws:s3/bucket:Bucket",
            name,
            args ?? new BucketArgs(),
            Utilities.Options(options, "aws:s3/bucketV2:BucketV2")
        ) { }
}

public sealed class BucketArgs : ResourceArgs
{
    [Input("bucket")]
    public Input<string>? BucketName { get; set; }

    [Input("forceDestroy")]
    public Input<bool>? ForceDestroy { get; set; }

    public static new BucketArgs Empty => new();
}
