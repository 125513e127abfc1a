namespace Amazon.Lambda.RuntimeSupport.Bootstrap;

public class LambdaBootstrapOptions
{
    /// <summary>Host and port, as in AWS_LAMBDA_RUNTIME_API, which it overrides.</summary>
    public string RuntimeApiEndpoint { get; set; }
}
