namespace Pulumi.Aws.S3.Inputs;

public sealed class BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultArgs : ResourceArgs
{
    [Input("kmsMasterKeyId")]
    public Input<string>? KmsMasterKeyId { get; set; }

    [Input("sseAlgorithm", required: true)]
    public Input<string> SseAlgorithm { get; set; } = null!;

    public static new BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultArgs Empty => new();
}
