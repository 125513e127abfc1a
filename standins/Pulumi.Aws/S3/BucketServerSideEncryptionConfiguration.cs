namespace Pulumi.Aws.S3;

[AwsResourceType("aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration")]
public partial class BucketServerSideEncryptionConfiguration : CustomResource
{
    [Output("bucket")]
    public Output<string> Bucket { get; private set; } = null!;

    public BucketServerSideEncryptionConfiguration(
        string name,
        BucketServerSideEncryptionConfigurationArgs args,
        CustomResourceOptions? options = null
    )
        : base(
            "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
            name,
            args ?? new BucketServerSideEncryptionConfigurationArgs(),
            Utilities.Options(
                options,
                "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2"
            )
        ) { }
}

public sealed class BucketServerSideEncryptionConfigurationArgs : ResourceArgs
{
    [Input("bucket", required: true)]
    public Input<string> Bucket { get; set; } = null!;

    [Input("rules", required: true)]
    private InputList<Inputs.BucketServerSideEncryptionConfigurationRuleArgs>? _rules;

    public InputList<Inputs.BucketServerSideEncryptionConfigurationRuleArgs> Rules
    {
        get => _rules ??= new();
        set => _rules = value;
    }

    public static new BucketServerSideEncryptionConfigurationArgs Empty => new();
}
