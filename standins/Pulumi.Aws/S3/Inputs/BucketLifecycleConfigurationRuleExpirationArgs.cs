namespace Pulumi.Aws.S3.Inputs;

public sealed class BucketLifecycleConfigurationRuleExpirationArgs : ResourceArgs
{
    [Input("days")]
    public Input<int>? Days { get; set; }

    public static new BucketLifecycleConfigurationRuleExpirationArgs Empty => new();
}
