namespace Pulumi.Aws;

[AwsResourceType("pulumi:providers:aws")]
public partial class Provider : ProviderResource
{
    [Output("region")]
    public Output<string?> Region { get; private set; } = null!;

    public Provider(string name, ProviderArgs? args = null, CustomResourceOptions? options = null)
        : base("aws", name, args ?? new ProviderArgs(), Utilities.Options(options)) { }
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

    [Input("assumeRoles", json: true)]
    private InputList<Inputs.ProviderAssumeRoleArgs>? _assumeRoles;

    public InputList<Inputs.ProviderAssumeRoleArgs> AssumeRoles
    {
        get => _assumeRoles ??= new();
        set => _assumeRoles = value;
    }

    [Input("defaultTags", json: true)]
    public Input<Inputs.ProviderDefaultTagsArgs>? DefaultTags { get; set; }

    [Input("region")]
    public Input<string>? Region { get; set; }

    [Input("skipCredentialsValidation", json: true)]
    public Input<bool>? SkipCredentialsValidation { get; set; }

    [Input("skipRegionValidation", json: true)]
    public Input<bool>? SkipRegionValidation { get; set; }

    public ProviderArgs()
    {
        Region = Utilities.GetEnv("AWS_REGION", "AWS_DEFAULT_REGION");
        SkipCredentialsValidation = false;
        SkipRegionValidation = true;
    }

    public static new ProviderArgs Empty => new();
}
