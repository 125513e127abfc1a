namespace Pulumi.Aws;

public static class GetPartition
{
    public static Task<GetPartitionResult> InvokeAsync(GetPartitionArgs? args = null, InvokeOptions? options = null) =>
        Deployment.Instance.InvokeAsync<GetPartitionResult>(
            "aws:index/getPartition:getPartition",
            args ?? new GetPartitionArgs(),
            Utilities.Options(options)
        );

    public static Output<GetPartitionResult> Invoke(
        GetPartitionInvokeArgs? args = null,
        InvokeOptions? options = null
    ) =>
        Deployment.Instance.Invoke<GetPartitionResult>(
            "aws:index/getPartition:getPartition",
            args ?? new GetPartitionInvokeArgs(),
            Utilities.Options(options)
        );
}

public sealed class GetPartitionArgs : InvokeArgs
{
    public static new GetPartitionArgs Empty => new();
}

public sealed class GetPartitionInvokeArgs : InvokeArgs
{
    public static new GetPartitionInvokeArgs Empty => new();
}

[OutputType]
public sealed class GetPartitionResult
{
    public readonly string DnsSuffix;

    public readonly string Partition;

    public readonly string ReverseDnsPrefix;

    [OutputConstructor]
    private GetPartitionResult(string dnsSuffix, string partition, string reverseDnsPrefix)
    {
        DnsSuffix = dnsSuffix;
        Partition = partition;
        ReverseDnsPrefix = reverseDnsPrefix;
    }
}
