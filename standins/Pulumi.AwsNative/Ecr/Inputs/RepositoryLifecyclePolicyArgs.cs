namespace Pulumi.AwsNative.Ecr.Inputs;

public sealed class RepositoryLifecyclePolicyArgs : ResourceArgs
{
    [Input("lifecyclePolicyText")]
    public Input<string>? LifecyclePolicyText { get; set; }

    public static new RepositoryLifecyclePolicyArgs Empty => new();
}
