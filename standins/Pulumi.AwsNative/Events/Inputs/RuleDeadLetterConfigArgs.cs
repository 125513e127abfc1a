namespace Pulumi.AwsNative.Events.Inputs;

public sealed class RuleDeadLetterConfigArgs : ResourceArgs
{
    [Input("arn")]
    public Input<string>? Arn { get; set; }

    public static new RuleDeadLetterConfigArgs Empty => new();
}
