namespace Pulumi.AwsNative.ApiGateway;

[AwsNativeResourceType("aws-native:apigateway:RestApi")]
public partial class RestApi : CustomResource
{
    [Output("name")]
    public Output<string?> Name { get; private set; } = null!;

    [Output("restApiId")]
    public Output<string> RestApiId { get; private set; } = null!;

    [Output("rootResourceId")]
    public Output<string> RootResourceId { get; private set; } = null!;

    public RestApi(string name, RestApiArgs? args = null, CustomResourceOptions? options = null)
        : base("aws-native:apigateway:RestApi", name, args ?? new RestApiArgs(), Utilities.Options(options)) { }
}

public sealed class RestApiArgs : global::Pulumi.ResourceArgs
{
    [Input("body")]
    public Input<object>? Body { get; set; }

    [Input("description")]
    public Input<string>? Description { get; set; }

    [Input("endpointConfiguration")]
    public Input<Inputs.RestApiEndpointConfigurationArgs>? EndpointConfiguration { get; set; }

    [Input("name")]
    public Input<string>? Name { get; set; }

    public static new RestApiArgs Empty => new();
}
