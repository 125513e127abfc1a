namespace Pulumi.AwsNative.ApiGateway;

[AwsNativeResourceType("aws-native:apigateway:Account")]
public partial class Account : CustomResource
{
    [Output("awsId")]
    public Output<string> AwsId { get; private set; } = null!;

    public Account(string name, AccountArgs? args = null, CustomResourceOptions? options = null)
        : base("aws-native:apigateway:Account", name, args ?? new AccountArgs(), Utilities.Options(options)) { }
}

public sealed class AccountArgs : global::Pulumi.ResourceArgs
{
    [Input("cloudWatchRoleArn")]
    public Input<string>? CloudWatchRoleArn { get; set; }

    public static new AccountArgs Empty => new();
}
