namespace Pulumi.AwsNative.Lambda;

[AwsNativeResourceType("aws-native:lambda:Permission")]
public partial class Permission : CustomResource
{
    [Output("awsId")]
    public Output<string> AwsId { get; private set; } = null!;

    [Output("functionName")]
    public Output<string> FunctionName { get; private set; } = null!;

    public Permission(string name, PermissionArgs args, CustomResourceOptions? options = null)
        : base(
            "aws-native:lambda:Permission",
            name,
            args ?? new PermissionArgs(),
            Utilities.Options(
                options,
                "action",
                "eventSourceToken",
                "functionName",
                "functionUrlAuthType",
                "invokedViaFunctionUrl",
                "principal",
                "principalOrgId",
                "sourceAccount",
                "sourceArn"
            )
        ) { }
}

public sealed class PermissionArgs : ResourceArgs
{
    [Input("action", required: true)]
    public Input<string> Action { get; set; } = null!;

    [Input("functionName", required: true)]
    public Input<string> FunctionName { get; set; } = null!;

    [Input("principal", required: true)]
    public Input<string> Principal { get; set; } = null!;

    [Input("sourceArn")]
    public Input<string>? SourceArn { get; set; }

    public static new PermissionArgs Empty => new();
}
