namespace Pulumi.Aws.S3.Inputs;

public sealed class BucketLifecycleConfigurationRuleAbortIncompleteMultipartUploadArgs : ResourceArgs
{
    [Input("daysAfterInitiation")]
    public Input<int>? DaysAfterInitiation { get; set; }

    public static new BucketLifecycleConfigurationRuleAbortIncompleteMultipartUploadArgs Empty => new();
}
