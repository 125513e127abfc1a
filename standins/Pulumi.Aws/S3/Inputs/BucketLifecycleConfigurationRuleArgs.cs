namespace Pulumi.Aws.S3.Inputs;

public sealed class BucketLifecycleConfigurationRuleArgs : ResourceArgs
{
    [Input("abortIncompleteMultipartUpload")]
    public Input<Inputs.BucketLifecycleConfigurationRuleAbortIncompleteMultipartUploadArgs>? AbortIncompleteMultipartUpload { get; set; }

    [Input("expiration")]
    public Input<Inputs.BucketLifecycleConfigurationRuleExpirationArgs>? Expiration { get; set; }

    [Input("filter")]
    public Input<Inputs.BucketLifecycleConfigurationRuleFilterArgs>? Filter { get; set; }

    [Input("id", required: true)]
    public Input<string> Id { get; set; } = null!;

    [Input("noncurrentVersionExpiration")]
    public Input<Inputs.BucketLifecycleConfigurationRuleNoncurrentVersionExpirationArgs>? NoncurrentVersionExpiration { get; set; }

    [Input("status", required: true)]
    public Input<string> Status { get; set; } = null!;

    public static new BucketLifecycleConfigurationRuleArgs Empty => new();
}
