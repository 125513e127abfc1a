using System.Collections.Immutable;

namespace Pulumi.AwsNative.S3.Outputs;

[OutputType]
public sealed class BucketEncryption
{
    public readonly ImmutableArray<BucketServerSideEncryptionRule> ServerSideEncryptionConfiguration;

    [OutputConstructor]
    private BucketEncryption(ImmutableArray<BucketServerSideEncryptionRule> serverSideEncryptionConfiguration) =>
        ServerSideEncryptionConfiguration = serverSideEncryptionConfiguration;
}
