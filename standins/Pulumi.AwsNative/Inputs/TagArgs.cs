namespace Pulumi.AwsNative.Inputs;

public sealed class TagArgs : ResourceArgs
{
    [Input("key", required: true)]
    public Input<string> Key { get; set; } = null!;

    [Input("value", required: true)]
    public Input<string> Value { get; set; } = null!;

    public static new TagArgs Empty => new();
}
