namespace Pulumi.AwsNative.Lambda.Inputs;

public sealed class EventInvokeConfigDestinationConfigArgs : ResourceArgs
{
    [Input("onFailure")]
    public Input<Inputs.EventInvokeConfigOnFailureArgs>? OnFailure { get; set; }

    public static new EventInvokeConfigDestinationConfigArgs Empty => new();
}
