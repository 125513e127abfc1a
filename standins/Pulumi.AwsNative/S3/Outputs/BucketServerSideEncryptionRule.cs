namespace Pulumi.AwsNative.S3.Outputs;

[OutputType]
public sealed class BucketServerSideEncryptionRule
{
    public readonly BucketServerSideEncryptionByDefault? ServerSideEncryptionByDefault;

    [OutputConstructor]
    private BucketServerSideEncryptionRule(BucketServerSideEncryptionByDefault? serverSideEncryptionByDefault) =>
        ServerSideEncryptionByDefault = serverSideEncryptionByDefault;
}
