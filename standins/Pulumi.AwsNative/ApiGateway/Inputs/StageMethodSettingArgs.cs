namespace Pulumi.AwsNative.ApiGateway.Inputs;

public sealed class StageMethodSettingArgs : global::Pulumi.ResourceArgs
{
    [Input("httpMethod")]
    public Input<string>? HttpMethod { get; set; }

    [Input("loggingLevel")]
    public Input<string>? LoggingLevel { get; set; }

    [Input("metricsEnabled")]
    public Input<bool>? MetricsEnabled { get; set; }

    [Input("resourcePath")]
    public Input<string>? ResourcePath { get; set; }

    [Input("throttlingBurstLimit")]
    public Input<int>? ThrottlingBurstLimit { get; set; }

    [Input("throttlingRateLimit")]
    public Input<double>? ThrottlingRateLimit { get; set; }

    public static new StageMethodSettingArgs Empty => new();
}
