namespace Pulumi.Aws.S3;

[AwsResourceType("aws:s3/bucketOwnershipControls:BucketOwnershipControls")]
public partial class BucketOwnershipControls : CustomResource
{
    [Output("bucket")]
    public Output<string> Bucket { get; private set; } = null!;

    public BucketOwnershipControls(string name, BucketOwnershipControlsArgs args, CustomResourceOptions? options = null)
        : base(
            "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
            name,
            args ?? new BucketOwnershipControlsArgs(),
            Utilities.Options(options)
        ) { }
}

public sealed class BucketOwnershipControlsArgs : ResourceArgs
{
    [Input("bucket", required: true)]
    public Input<string> Bucket { get; set; } = null!;

    [Input("rule", required: true)]
    public Input<Inputs.BucketOwnershipControlsRuleArgs> Rule { get; set; } = null!;

    public static new BucketOwnershipControlsArgs Empty => new();
}
