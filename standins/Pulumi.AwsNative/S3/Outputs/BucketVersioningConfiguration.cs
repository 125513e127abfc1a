namespace Pulumi.AwsNative.S3.Outputs;

[OutputType]
public sealed class BucketVersioningConfiguration
{
    public readonly Pulumi.AwsNative.S3.BucketVersioningConfigurationStatus Status;

    [OutputConstructor]
    private BucketVersioningConfiguration(Pulumi.AwsNative.S3.BucketVersioningConfigurationStatus status) =>
        Status = status;
}
