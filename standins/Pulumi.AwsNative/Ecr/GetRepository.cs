namespace Pulumi.AwsNative.Ecr;

public static class GetRepository
{
    public static Task<GetRepositoryResult> InvokeAsync(GetRepositoryArgs args, InvokeOptions? options = null) =>
        Deployment.Instance.InvokeAsync<GetRepositoryResult>(
            "aws-native:ecr:getRepository",
            args ?? new GetRepositoryArgs(),
            Utilities.Options(options)
        );

    public static Output<GetRepositoryResult> Invoke(GetRepositoryInvokeArgs args, InvokeOptions? options = null) =>
        Deployment.Instance.Invoke<GetRepositoryResult>(
            "aws-native:ecr:getRepository",
            args ?? new GetRepositoryInvokeArgs(),
            Utilities.Options(options)
        );
}

public sealed class GetRepositoryArgs : InvokeArgs
{
    [Input("repositoryName", required: true)]
    public string RepositoryName { get; set; } = null!;

    public static new GetRepositoryArgs Empty => new();
}

public sealed class GetRepositoryInvokeArgs : InvokeArgs
{
    [Input("repositoryName", required: true)]
    public Input<string> RepositoryName { get; set; } = null!;

    public static new GetRepositoryInvokeArgs Empty => new();
}

[OutputType]
public sealed class GetRepositoryResult
{
    public readonly string? Arn;

    public readonly string? RepositoryUri;

    [OutputConstructor]
    private GetRepositoryResult(string? arn, string? repositoryUri)
    {
        Arn = arn;
        RepositoryUri = repositoryUri;
    }
}
