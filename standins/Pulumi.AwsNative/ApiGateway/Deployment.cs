namespace Pulumi.AwsNative.ApiGateway;

[AwsNativeResourceType("aws-native:apigateway:Deployment")]
public partial class Deployment : CustomResource
{
    [Output("deploymentId")]
    public Output<string> DeploymentId { get; private set; } = null!;

    [Output("restApiId")]
    public Output<string> RestApiId { get; private set; } = null!;

    public Deployment(string name, DeploymentArgs args, CustomResourceOptions? options = null)
        : base(
            "aws-native:apigateway:Deployment",
            name,
            args ?? new DeploymentArgs(),
            Utilities.Options(options, "deploymentCanarySettings", "restApiId")
        ) { }
}

public sealed class DeploymentArgs : global::Pulumi.ResourceArgs
{
    [Input("description")]
    public Input<string>? Description { get; set; }

    [Input("restApiId", required: true)]
    public Input<string> RestApiId { get; set; } = null!;

    public static new DeploymentArgs Empty => new();
}
