namespace Pulumi.AwsNative.ApiGateway;

[AwsNativeResourceType("aws-native:apigateway:Stage")]
public partial class Stage : CustomResource
{
    [Output("restApiId")]
    public Output<string> RestApiId { get; private set; } = null!;

    [Output("stageName")]
    public Output<string?> StageName { get; private set; } = null!;

    public Stage(string name, StageArgs args, CustomResourceOptions? options = null)
        : base(
            "aws-native:apigateway:Stage",
            name,
            args ?? new StageArgs(),
            Utilities.Options(options, "restApiId", "stageName")
        ) { }
}

public sealed class StageArgs : global::Pulumi.ResourceArgs
{
    [Input("accessLogSetting")]
    public Input<Inputs.StageAccessLogSettingArgs>? AccessLogSetting { get; set; }

    [Input("deploymentId")]
    public Input<string>? DeploymentId { get; set; }

    [Input("methodSettings")]
    private InputList<Inputs.StageMethodSettingArgs>? _methodSettings;

    public InputList<Inputs.StageMethodSettingArgs> MethodSettings
    {
        get => _methodSettings ??= new();
        set => _methodSettings = value;
    }

    [Input("restApiId", required: true)]
    public Input<string> RestApiId { get; set; } = null!;

    [Input("stageName")]
    public Input<string>? StageName { get; set; }

    [Input("tracingEnabled")]
    public Input<bool>? TracingEnabled { get; set; }

    public static new StageArgs Empty => new();
}
