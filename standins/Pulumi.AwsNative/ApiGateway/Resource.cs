namespace Pulumi.AwsNative.ApiGateway;

// Not declared by our program. It is here because a file that imports this namespace and Pulumi has two Resources then.

[AwsNativeResourceType("aws-native:apigateway:Resource")]
public partial class Resource : CustomResource
{
    [Output("resourceId")]
    public Output<string> ResourceId { get; private set; } = null!;

    public Resource(string name, ResourceArgs args, CustomResourceOptions? options = null)
        : base(
            "aws-native:apigateway:Resource",
            name,
            args ?? new ResourceArgs(),
            Utilities.Options(options, "parentId", "pathPart", "restApiId")
        ) { }
}

public sealed class ResourceArgs : global::Pulumi.ResourceArgs
{
    [Input("parentId", required: true)]
    public Input<string> ParentId { get; set; } = null!;

    [Input("pathPart", required: true)]
    public Input<string> PathPart { get; set; } = null!;

    [Input("restApiId", required: true)]
    public Input<string> RestApiId { get; set; } = null!;

    public static new ResourceArgs Empty => new();
}
