namespace Pulumi.AwsNative.Lambda;

[AwsNativeResourceType("aws-native:lambda:EventInvokeConfig")]
public partial class EventInvokeConfig : CustomResource
{
    [Output("functionName")]
    public Output<string> FunctionName { get; private set; } = null!;

    [Output("qualifier")]
    public Output<string> Qualifier { get; private set; } = null!;

    public EventInvokeConfig(string name, EventInvokeConfigArgs args, CustomResourceOptions? options = null)
        : base(
            "aws-native:lambda:EventInvokeConfig",
            name,
            args ?? new EventInvokeConfigArgs(),
            Utilities.Options(options, "functionName", "qualifier")
        ) { }
}

public sealed class EventInvokeConfigArgs : ResourceArgs
{
    [Input("destinationConfig")]
    public Input<Inputs.EventInvokeConfigDestinationConfigArgs>? DestinationConfig { get; set; }

    [Input("functionName", required: true)]
    public Input<string> FunctionName { get; set; } = null!;

    [Input("maximumEventAgeInSeconds")]
    public Input<int>? MaximumEventAgeInSeconds { get; set; }

    [Input("maximumRetryAttempts")]
    public Input<int>? MaximumRetryAttempts { get; set; }

    [Input("qualifier", required: true)]
    public Input<string> Qualifier { get; set; } = null!;

    public static new EventInvokeConfigArgs Empty => new();
}
