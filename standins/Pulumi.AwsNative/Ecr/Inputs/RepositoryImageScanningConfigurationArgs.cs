namespace Pulumi.AwsNative.Ecr.Inputs;

public sealed class RepositoryImageScanningConfigurationArgs : ResourceArgs
{
    [Input("scanOnPush")]
    public Input<bool>? ScanOnPush { get; set; }

    public static new RepositoryImageScanningConfigurationArgs Empty => new();
}
