namespace Pulumi.Aws.S3;

[AwsResourceType("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration")]
public partial class BucketLifecycleConfiguration : CustomResource
{
    [Output("bucket")]
    public Output<string> Bucket { get; private set; } = null!;

    public BucketLifecycleConfiguration(
        string name,
        BucketLifecycleConfigurationArgs args,
        CustomResourceOptions? options = null
    )
        : base(
            "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
            name,
            args ?? new BucketLifecycleConfigurationArgs(),
            Utilities.Options(options, "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2")
        ) { }
}

public sealed class BucketLifecycleConfigurationArgs : ResourceArgs
{
    [Input("bucket", required: true)]
    public Input<string> Bucket { get; set; } = null!;

    [Input("rules")]
    private InputList<Inputs.BucketLifecycleConfigurationRuleArgs>? _rules;

    public InputList<Inputs.BucketLifecycleConfigurationRuleArgs> Rules
    {
        get => _rules ??= new();
        set => _rules = value;
    }

    public static new BucketLifecycleConfigurationArgs Empty => new();
}
