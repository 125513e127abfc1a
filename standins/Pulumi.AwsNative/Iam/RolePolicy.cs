namespace Pulumi.AwsNative.Iam;

// Not declared by our program. It is here because there are two RolePolicyArgs: these, and those of a role's own policies.

[AwsNativeResourceType("aws-native:iam:RolePolicy")]
public partial class RolePolicy : CustomResource
{
    public RolePolicy(string name, RolePolicyArgs args, CustomResourceOptions? options = null)
        : base(
            "aws-native:iam:RolePolicy",
            name,
            args ?? new RolePolicyArgs(),
            Utilities.Options(options, "policyName", "roleName")
        ) { }
}

public sealed class RolePolicyArgs : ResourceArgs
{
    [Input("policyDocument")]
    public Input<object>? PolicyDocument { get; set; }

    [Input("policyName")]
    public Input<string>? PolicyName { get; set; }

    [Input("roleName", required: true)]
    public Input<string> RoleName { get; set; } = null!;

    public static new RolePolicyArgs Empty => new();
}
