namespace Pulumi.AwsNative.Events;

[AwsNativeResourceType("aws-native:events:EventBus")]
public partial class EventBus : CustomResource
{
    [Output("arn")]
    public Output<string> Arn { get; private set; } = null!;

    [Output("name")]
    public Output<string> Name { get; private set; } = null!;

    public EventBus(string name, EventBusArgs? args = null, CustomResourceOptions? options = null)
        : base("aws-native:events:EventBus", name, args ?? new EventBusArgs(), Utilities.Options(options, "name")) { }
}

public sealed class EventBusArgs : ResourceArgs
{
    [Input("description")]
    public Input<string>? Description { get; set; }

    [Input("name")]
    public Input<string>? Name { get; set; }

    [Input("policy")]
    public Input<object>? Policy { get; set; }

    public static new EventBusArgs Empty => new();
}
