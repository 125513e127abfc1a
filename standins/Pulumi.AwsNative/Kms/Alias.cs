namespace Pulumi.AwsNative.Kms;

[AwsNativeResourceType("aws-native:kms:Alias")]
public partial class Alias : CustomResource
{
    [Output("aliasName")]
    public Output<string> AliasName { get; private set; } = null!;

    [Output("targetKeyId")]
    public Output<string> TargetKeyId { get; private set; } = null!;

    public Alias(string name, AliasArgs args, CustomResourceOptions? options = null)
        : base("aws-native:kms:Alias", name, args ?? new AliasArgs(), Utilities.Options(options, "aliasName")) { }
}

public sealed class AliasArgs : ResourceArgs
{
    [Input("aliasName")]
    public Input<string>? AliasName { get; set; }

    [Input("targetKeyId", required: true)]
    public Input<string> TargetKeyId { get; set; } = null!;

    public static new AliasArgs Empty => new();
}
