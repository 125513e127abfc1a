namespace Pulumi.Aws.Kms;

public static class GetKey
{
    public static Task<GetKeyResult> InvokeAsync(GetKeyArgs args, InvokeOptions? options = null) =>
        Deployment.Instance.InvokeAsync<GetKeyResult>(
            "aws:kms/getKey:getKey",
            args ?? new GetKeyArgs(),
            Utilities.Options(options)
        );

    public static Output<GetKeyResult> Invoke(GetKeyInvokeArgs args, InvokeOptions? options = null) =>
        Deployment.Instance.Invoke<GetKeyResult>(
            "aws:kms/getKey:getKey",
            args ?? new GetKeyInvokeArgs(),
            Utilities.Options(options)
        );
}

public sealed class GetKeyArgs : InvokeArgs
{
    [Input("keyId", required: true)]
    public string KeyId { get; set; } = null!;

    public static new GetKeyArgs Empty => new();
}

public sealed class GetKeyInvokeArgs : InvokeArgs
{
    [Input("keyId", required: true)]
    public Input<string> KeyId { get; set; } = null!;

    public static new GetKeyInvokeArgs Empty => new();
}

[OutputType]
public sealed class GetKeyResult
{
    public readonly string Arn;

    public readonly string KeyManager;

    [OutputConstructor]
    private GetKeyResult(string arn, string keyManager)
    {
        Arn = arn;
        KeyManager = keyManager;
    }
}
