namespace Pulumi.AwsNative.Events.Inputs;

public sealed class RuleTargetArgs : ResourceArgs
{
    [Input("arn", required: true)]
    public Input<string> Arn { get; set; } = null!;

    [Input("id", required: true)]
    public Input<string> Id { get; set; } = null!;

    [Input("input")]
    public Input<string>? Input { get; set; }

    [Input("inputPath")]
    public Input<string>? InputPath { get; set; }

    [Input("inputTransformer")]
    public Input<Inputs.RuleInputTransformerArgs>? InputTransformer { get; set; }

    public static new RuleTargetArgs Empty => new();
}
