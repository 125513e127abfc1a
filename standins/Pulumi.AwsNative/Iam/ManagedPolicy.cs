namespace Pulumi.AwsNative.Iam;

[AwsNativeResourceType("aws-native:iam:ManagedPolicy")]
public partial class ManagedPolicy : CustomResource
{
    [Output("managedPolicyName")]
    public Output<string?> ManagedPolicyName { get; private set; } = null!;

    [Output("policyArn")]
    public Output<string> PolicyArn { get; private set; } = null!;

    public ManagedPolicy(string name, ManagedPolicyArgs args, CustomResourceOptions? options = null)
        : base(
            "aws-native:iam:ManagedPolicy",
            name,
            args ?? new ManagedPolicyArgs(),
            Utilities.Options(options, "description", "managedPolicyName", "path")
        ) { }
}

public sealed class ManagedPolicyArgs : ResourceArgs
{
    [Input("description")]
    public Input<string>? Description { get; set; }

    [Input("managedPolicyName")]
    public Input<string>? ManagedPolicyName { get; set; }

    [Input("path")]
    public Input<string>? Path { get; set; }

    [Input("policyDocument", required: true)]
    public Input<object> PolicyDocument { get; set; } = null!;

    public static new ManagedPolicyArgs Empty => new();
}
