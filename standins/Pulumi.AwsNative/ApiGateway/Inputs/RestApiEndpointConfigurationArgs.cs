namespace Pulumi.AwsNative.ApiGateway.Inputs;

public sealed class RestApiEndpointConfigurationArgs : global::Pulumi.ResourceArgs
{
    [Input("types")]
    private InputList<string>? _types;

    public InputList<string> Types
    {
        get => _types ??= new();
        set => _types = value;
    }

    public static new RestApiEndpointConfigurationArgs Empty => new();
}
