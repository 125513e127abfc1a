namespace Pulumi.AwsNative.Events.Inputs;

public sealed class RuleTargetArgs : ResourceArgs
{
    [Input("arn", required: true)]
    public Input<string> Arn { get; set; } = null!;

    [Input("deadLetterConfig")]
    public Input<Inputs.RuleDeadLetterConfigArgs>? DeadLetterConfig { get; set; }

    [Input("id", required: true)]
    public Input<string> Id { get; set; } = null!;

    [Input("inputTransformer")]
    public Input<Inputs.RuleInputTransformerArgs>? InputTransformer { get; set; }

    [Input("roleArn")]
    public Input<string>? RoleArn { get; set; }

    public static new RuleTargetArgs Empty => new();
}
