namespace Pulumi.AwsNative.WaFv2;

[AwsNativeResourceType("aws-native:wafv2:WebAclAssociation")]
public partial class WebAclAssociation : CustomResource
{
    [Output("resourceArn")]
    public Output<string> ResourceArn { get; private set; } = null!;

    [Output("webAclArn")]
    public Output<string> WebAclArn { get; private set; } = null!;

    public WebAclAssociation(string name, WebAclAssociationArgs args, CustomResourceOptions? options = null)
        : base(
            "aws-native:wafv2:WebAclAssociation",
            name,
            args ?? new WebAclAssociationArgs(),
            Utilities.Options(options, "resourceArn", "webAclArn")
        ) { }
}

public sealed class WebAclAssociationArgs : ResourceArgs
{
    [Input("resourceArn", required: true)]
    public Input<string> ResourceArn { get; set; } = null!;

    [Input("webAclArn", required: true)]
    public Input<string> WebAclArn { get; set; } = null!;

    public static new WebAclAssociationArgs Empty => new();
}
