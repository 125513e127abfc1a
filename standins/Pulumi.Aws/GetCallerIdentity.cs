namespace Pulumi.Aws;

public static class GetCallerIdentity
{
    public static Task<GetCallerIdentityResult> InvokeAsync(
        GetCallerIdentityArgs? args = null,
        InvokeOptions? options = null
    ) =>
        Deployment.Instance.InvokeAsync<GetCallerIdentityResult>(
            "aws:index/getCallerIdentity:getCallerIdentity",
            args ?? new GetCallerIdentityArgs(),
            Utilities.Options(options)
        );

    public static Output<GetCallerIdentityResult> Invoke(
        GetCallerIdentityInvokeArgs? args = null,
        InvokeOptions? options = null
    ) =>
        Deployment.Instance.Invoke<GetCallerIdentityResult>(
            "aws:index/getCallerIdentity:getCallerIdentity",
            args ?? new GetCallerIdentityInvokeArgs(),
            Utilities.Options(options)
        );
}

public sealed class GetCallerIdentityArgs : InvokeArgs
{
    [Input("id")]
    public string? Id { get; set; }

    public static new GetCallerIdentityArgs Empty => new();
}

public sealed class GetCallerIdentityInvokeArgs : InvokeArgs
{
    [Input("id")]
    public Input<string>? Id { get; set; }

    public static new GetCallerIdentityInvokeArgs Empty => new();
}

[OutputType]
public sealed class GetCallerIdentityResult
{
    public readonly string AccountId;

    public readonly string Arn;

    public readonly string Id;

    public readonly string UserId;

    [OutputConstructor]
    private GetCallerIdentityResult(string accountId, string arn, string id, string userId)
    {
        AccountId = accountId;
        Arn = arn;
        Id = id;
        UserId = userId;
    }
}
