namespace Pulumi.AwsNative.Ecr;

[AwsNativeResourceType("aws-native:ecr:Repository")]
public partial class Repository : CustomResource
{
    [Output("arn")]
    public Output<string> Arn { get; private set; } = null!;

    [Output("emptyOnDelete")]
    public Output<bool?> EmptyOnDelete { get; private set; } = null!;

    [Output("imageTagMutability")]
    public Output<Pulumi.AwsNative.Ecr.RepositoryImageTagMutability?> ImageTagMutability { get; private set; } = null!;

    [Output("repositoryName")]
    public Output<string?> RepositoryName { get; private set; } = null!;

    [Output("repositoryUri")]
    public Output<string> RepositoryUri { get; private set; } = null!;

    public Repository(string name, RepositoryArgs? args = null, CustomResourceOptions? options = null)
        : base(
            "aws-native:ecr:Repository",
            name,
            args ?? new RepositoryArgs(),
            Utilities.Options(options, "encryptionConfiguration", "repositoryName")
        ) { }
}

public sealed class RepositoryArgs : ResourceArgs
{
    [Input("emptyOnDelete")]
    public Input<bool>? EmptyOnDelete { get; set; }

    [Input("encryptionConfiguration")]
    public Input<Inputs.RepositoryEncryptionConfigurationArgs>? EncryptionConfiguration { get; set; }

    [Input("imageScanningConfiguration")]
    public Input<Inputs.RepositoryImageScanningConfigurationArgs>? ImageScanningConfiguration { get; set; }

    [Input("imageTagMutability")]
    public Input<Pulumi.AwsNative.Ecr.RepositoryImageTagMutability>? ImageTagMutability { get; set; }

    [Input("lifecyclePolicy")]
    public Input<Inputs.RepositoryLifecyclePolicyArgs>? LifecyclePolicy { get; set; }

    [Input("repositoryName")]
    public Input<string>? RepositoryName { get; set; }

    [Input("tags")]
    private InputList<Pulumi.AwsNative.Inputs.TagArgs>? _tags;

    public InputList<Pulumi.AwsNative.Inputs.TagArgs> Tags
    {
        get => _tags ??= new();
        set => _tags = value;
    }

    public static new RepositoryArgs Empty => new();
}
