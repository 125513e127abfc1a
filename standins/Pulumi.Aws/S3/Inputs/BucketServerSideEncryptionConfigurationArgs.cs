namespace Pulumi.Aws.S3.Inputs;

// Of a bucket's own, deprecated property. It is here because Pulumi.Aws.S3 has a class of this name, too.

public sealed class BucketServerSideEncryptionConfigurationArgs : ResourceArgs
{
    [Input("rule", required: true)]
    public Input<Inputs.BucketServerSideEncryptionConfigurationRuleArgs> Rule { get; set; } = null!;

    public static new BucketServerSideEncryptionConfigurationArgs Empty => new();
}
