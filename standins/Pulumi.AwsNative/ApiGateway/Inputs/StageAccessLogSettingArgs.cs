namespace Pulumi.AwsNative.ApiGateway.Inputs;

public sealed class StageAccessLogSettingArgs : global::Pulumi.ResourceArgs
{
    [Input("destinationArn")]
    public Input<string>? DestinationArn { get; set; }

    [Input("format")]
    public Input<string>? Format { get; set; }

    public static new StageAccessLogSettingArgs Empty => new();
}
