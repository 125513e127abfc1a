namespace Pulumi.Aws.S3;

public static class GetBucketNotification
{
    public static Task<GetBucketNotificationResult> InvokeAsync(
        GetBucketNotificationArgs args,
        InvokeOptions? options = null
    ) =>
        Deployment.Instance.InvokeAsync<GetBucketNotificationResult>(
            "aws:s3/getBucketNotification:getBucketNotification",
            args ?? new GetBucketNotificationArgs(),
            Utilities.Options(options)
        );
}

public sealed class GetBucketNotificationArgs : InvokeArgs
{
    [Input("bucket", required: true)]
    public string Bucket { get; set; } = null!;

    public static new GetBucketNotificationArgs Empty => new();
}

[OutputType]
public sealed class GetBucketNotificationResult
{
    public readonly string Bucket;

    public readonly bool Eventbridge;

    [OutputConstructor]
    private GetBucketNotificationResult(string bucket, bool eventbridge)
    {
        Bucket = bucket;
        Eventbridge = eventbridge;
    }
}
