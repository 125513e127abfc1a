namespace Pulumi.Aws.S3;

[AwsResourceType("aws:s3/bucketVersioning:BucketVersioning")]
public partial class BucketVersioning : CustomResource
{
    [Output("bucket")]
    public Output<string> Bucket { get; private set; } = null!;

    public BucketVersioning(string name, BucketVersioningArgs args, CustomResourceOptions? options = null)
        : base(
            "aws:s3/bucketVersioning:BucketVersioning",
            name,
            args ?? new BucketVersioningArgs(),
            Utilities.Options(options, "aws:s3/bucketVersioningV2:BucketVersioningV2")
        ) { }
}

public sealed class BucketVersioningArgs : ResourceArgs
{
    [Input("bucket", required: true)]
    public Input<string> Bucket { get; set; } = null!;

    [Input("versioningConfiguration", required: true)]
    public Input<Inputs.BucketVersioningVersioningConfigurationArgs> VersioningConfiguration { get; set; } = null!;

    public static new BucketVersioningArgs Empty => new();
}
