namespace Pulumi.AwsNative.S3;

public static class GetBucket
{
    public static Task<GetBucketResult> InvokeAsync(GetBucketArgs args, InvokeOptions? options = null) =>
        Deployment.Instance.InvokeAsync<GetBucketResult>(
            "aws-native:s3:getBucket",
            args ?? new GetBucketArgs(),
            Utilities.Options(options)
        );

    public static Output<GetBucketResult> Invoke(GetBucketInvokeArgs args, InvokeOptions? options = null) =>
        Deployment.Instance.Invoke<GetBucketResult>(
            "aws-native:s3:getBucket",
            args ?? new GetBucketInvokeArgs(),
            Utilities.Options(options)
        );
}

public sealed class GetBucketArgs : InvokeArgs
{
    [Input("bucketName", required: true)]
    public string BucketName { get; set; } = null!;

    public static new GetBucketArgs Empty => new();
}

public sealed class GetBucketInvokeArgs : InvokeArgs
{
    [Input("bucketName", required: true)]
    public Input<string> BucketName { get; set; } = null!;

    public static new GetBucketInvokeArgs Empty => new();
}

[OutputType]
public sealed class GetBucketResult
{
    public readonly string? Arn;

    public readonly Outputs.BucketEncryption? BucketEncryption;

    public readonly string? RegionalDomainName;

    public readonly Outputs.BucketVersioningConfiguration? VersioningConfiguration;

    [OutputConstructor]
    private GetBucketResult(
        string? arn,
        Outputs.BucketEncryption? bucketEncryption,
        string? regionalDomainName,
        Outputs.BucketVersioningConfiguration? versioningConfiguration
    )
    {
        Arn = arn;
        BucketEncryption = bucketEncryption;
        RegionalDomainName = regionalDomainName;
        VersioningConfiguration = versioningConfiguration;
    }
}
