namespace Pulumi.AwsNative.Ecr.Inputs;

public sealed class RepositoryEncryptionConfigurationArgs : ResourceArgs
{
    [Input("encryptionType", required: true)]
    public Input<Pulumi.AwsNative.Ecr.RepositoryEncryptionType> EncryptionType { get; set; } = null!;

    [Input("kmsKey")]
    public Input<string>? KmsKey { get; set; }

    public static new RepositoryEncryptionConfigurationArgs Empty => new();
}
