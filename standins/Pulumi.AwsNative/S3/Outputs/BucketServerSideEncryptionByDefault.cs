namespace Pulumi.AwsNative.S3.Outputs;

[OutputType]
public sealed class BucketServerSideEncryptionByDefault
{
    public readonly string? KmsMasterKeyId;

    [OutputConstructor]
    private BucketServerSideEncryptionByDefault(string? kmsMasterKeyId) => KmsMasterKeyId = kmsMasterKeyId;
}
