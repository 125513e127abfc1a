namespace Pulumi.AwsNative.Iam.Inputs;

public sealed class RolePolicyArgs : ResourceArgs
{
    [Input("policyDocument", required: true)]
    public Input<object> PolicyDocument { get; set; } = null!;

    [Input("policyName", required: true)]
    public Input<string> PolicyName { get; set; } = null!;

    public static new RolePolicyArgs Empty => new();
}
