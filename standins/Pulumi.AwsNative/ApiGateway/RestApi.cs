namespace Pulumi.AwsNative.ApiGateway;

[AwsNativeResourceType("aws-native:apigateway:RestApi")]
public partial class RestApi : CustomResource
{
    [Output("body")]
    public Output<object?> Body { get; private set; } = null!;

    [Output("description")]
    public Output<string?> Description { get; private set; } = null!;

    [Output("failOnWarnings")]
    public Output<bool?> FailOnWarnings { get; private set; } = null!;

    [Output("mode")]
    public Output<string?> Mode { get; private set; } = null!;

    [Output("name")]
    public Output<string?> Name { get; private set; } = null!;

    [Output("restApiId")]
    public Output<string> RestApiId { get; private set; } = null!;

    [Output("rootResourceId")]
    public Output<string> RootResourceId { get; private set; } = null!;

    public RestApi(string name, RestApiArgs? args = null, CustomResourceOptions? options = null)
        : base("aws-native:apigateway:RestApi", name, args ?? new RestApiArgs(), Utilities.Options(options)) { }
}

public sealed class RestApiArgs : ResourceArgs
{
    [Input("body")]
    public Input<object>? Body { get; set; }

    [Input("description")]
    public Input<string>? Description { get; set; }

    [Input("endpointConfiguration")]
    public Input<Inputs.RestApiEndpointConfigurationArgs>? EndpointConfiguration { get; set; }

    [Input("failOnWarnings")]
    public Input<bool>? FailOnWarnings { get; set; }

    [Input("mode")]
    public Input<string>? Mode { get; set; }

    [Input("name")]
    public Input<string>? Name { get; set; }

    [Input("tags")]
    private InputList<Pulumi.AwsNative.Inputs.TagArgs>? _tags;

    public InputList<Pulumi.AwsNative.Inputs.TagArgs> Tags
    {
        get => _tags ??= new();
        set => _tags = value;
    }

    public static new RestApiArgs Empty => new();
}
