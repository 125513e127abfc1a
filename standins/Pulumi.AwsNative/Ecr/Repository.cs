namespace Pulumi.AwsNative.Ecr;

[AwsNativeResourceType("aws-native:ecr:Repository")]
public partial class Repository : CustomResource
{
    [Output("arn")]
    public Output<string> Arn { get; private set; } = null!;

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

    [Input("repositoryName")]
    public Input<string>? RepositoryName { get; set; }

    [Input("repositoryPolicyText")]
    public Input<object>? RepositoryPolicyText { get; set; }

    public static new RepositoryArgs Empty => new();
}
