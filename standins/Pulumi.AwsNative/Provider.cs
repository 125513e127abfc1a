namespace Pulumi.AwsNative;

[AwsNativeResourceType("pulumi:providers:aws-native")]
public partial class Provider : ProviderResource
{
    [Output("region")]
    public Output<string?> Region { get; private set; } = null!;

    public Provider(string name, ProviderArgs args, CustomResourceOptions? options = null)
        : base("aws-native", name, args ?? new ProviderArgs(), Utilities.Options(options)) { }
}

public sealed class ProviderArgs : ResourceArgs
{
    [Input("allowedAccountIds", json: true)]
    private InputList<string>? _allowedAccountIds;

    public InputList<string> AllowedAccountIds
    {
        get => _allowedAccountIds ??= new();
        set => _allowedAccountIds = value;
    }

    [Input("assumeRole", json: true)]
    public Input<Inputs.ProviderAssumeRoleArgs>? AssumeRole { get; set; }

    [Input("defaultTags", json: true)]
    public Input<Inputs.ProviderDefaultTagsArgs>? DefaultTags { get; set; }

    [Input("profile")]
    public Input<string>? Profile { get; set; }

    [Input("region", required: true)]
    public Input<string> Region { get; set; } = null!;

    [Input("sharedCredentialsFile")]
    public Input<string>? SharedCredentialsFile { get; set; }

    public ProviderArgs()
    {
        Profile = Utilities.GetEnv("AWS_PROFILE");
        Region = Utilities.GetEnv("AWS_REGION", "AWS_DEFAULT_REGION");
        SharedCredentialsFile = Utilities.GetEnv("AWS_SHARED_CREDENTIALS_FILE");
    }

    public static new ProviderArgs Empty => new();
}
