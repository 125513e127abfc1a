namespace Pulumi.AwsNative.Iam;

[AwsNativeResourceType("aws-native:iam:Role")]
public partial class Role : CustomResource
{
    [Output("arn")]
    public Output<string> Arn { get; private set; } = null!;

    [Output("roleId")]
    public Output<string> RoleId { get; private set; } = null!;

    [Output("roleName")]
    public Output<string?> RoleName { get; private set; } = null!;

    public Role(string name, RoleArgs args, CustomResourceOptions? options = null)
        : base("aws-native:iam:Role", name, args ?? new RoleArgs(), Utilities.Options(options, "path", "roleName")) { }
}

public sealed class RoleArgs : ResourceArgs
{
    [Input("assumeRolePolicyDocument", required: true)]
    public Input<object> AssumeRolePolicyDocument { get; set; } = null!;

    [Input("description")]
    public Input<string>? Description { get; set; }

    [Input("path")]
    public Input<string>? Path { get; set; }

    [Input("permissionsBoundary")]
    public Input<string>? PermissionsBoundary { get; set; }

    [Input("policies")]
    private InputList<Inputs.RolePolicyArgs>? _policies;

    public InputList<Inputs.RolePolicyArgs> Policies
    {
        get => _policies ??= new();
        set => _policies = value;
    }

    [Input("roleName")]
    public Input<string>? RoleName { get; set; }

    public static new RoleArgs Empty => new();
}
