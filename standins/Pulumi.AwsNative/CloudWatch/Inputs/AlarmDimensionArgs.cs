namespace Pulumi.AwsNative.CloudWatch.Inputs;

public sealed class AlarmDimensionArgs : ResourceArgs
{
    [Input("name", required: true)]
    public Input<string> Name { get; set; } = null!;

    [Input("value", required: true)]
    public Input<string> Value { get; set; } = null!;

    public static new AlarmDimensionArgs Empty => new();
}
