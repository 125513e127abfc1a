namespace Pulumi.AwsNative.Lambda.Inputs;

public sealed class EventInvokeConfigOnFailureArgs : ResourceArgs
{
    [Input("destination", required: true)]
    public Input<string> Destination { get; set; } = null!;

    public static new EventInvokeConfigOnFailureArgs Empty => new();
}
