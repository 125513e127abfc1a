namespace Pulumi.AwsNative.Kms;

[AwsNativeResourceType("aws-native:kms:Key")]
public partial class Key : CustomResource
{
    [Output("arn")]
    public Output<string> Arn { get; private set; } = null!;

    [Output("keyId")]
    public Output<string> KeyId { get; private set; } = null!;

    [Output("description")]
    public Output<string?> Description { get; private set; } = null!;

    [Output("enableKeyRotation")]
    public Output<bool?> EnableKeyRotation { get; private set; } = null!;

    [Output("enabled")]
    public Output<bool?> Enabled { get; private set; } = null!;

    [Output("keyPolicy")]
    public Output<object?> KeyPolicy { get; private set; } = null!;

    [Output("pendingWindowInDays")]
    public Output<int?> PendingWindowInDays { get; private set; } = null!;

    public Key(string name, KeyArgs? args = null, CustomResourceOptions? options = null)
        : base("aws-native:kms:Key", name, args ?? new KeyArgs(), Utilities.Options(options)) { }
}

public sealed class KeyArgs : ResourceArgs
{
    [Input("description")]
    public Input<string>? Description { get; set; }

    [Input("enableKeyRotation")]
    public Input<bool>? EnableKeyRotation { get; set; }

    [Input("enabled")]
    public Input<bool>? Enabled { get; set; }

    [Input("keyPolicy")]
    public Input<object>? KeyPolicy { get; set; }

    [Input("pendingWindowInDays")]
    public Input<int>? PendingWindowInDays { get; set; }

    [Input("tags")]
    private InputList<Pulumi.AwsNative.Inputs.TagArgs>? _tags;

    public InputList<Pulumi.AwsNative.Inputs.TagArgs> Tags
    {
        get => _tags ??= new();
        set => _tags = value;
    }

    public static new KeyArgs Empty => new();
}
