namespace Pulumi.AwsNative.Kms;

[AwsNativeResourceType("aws-native:kms:Key")]
public partial class Key : CustomResource
{
    [Output("arn")]
    public Output<string> Arn { get; private set; } = null!;

    [Output("keyId")]
    public Output<string> KeyId { get; private set; } = null!;

    public Key(string name, KeyArgs? args = null, CustomResourceOptions? options = null)
        : base("aws-native:kms:Key", name, args ?? new KeyArgs(), Utilities.Options(options)) { }
}

public sealed class KeyArgs : ResourceArgs
{
    [Input("description")]
    public Input<string>? Description { get; set; }

    [Input("enableKeyRotation")]
    public Input<bool>? EnableKeyRotation { get; set; }

    [Input("keyPolicy")]
    public Input<object>? KeyPolicy { get; set; }

    [Input("pendingWindowInDays")]
    public Input<int>? PendingWindowInDays { get; set; }

    public static new KeyArgs Empty => new();
}
