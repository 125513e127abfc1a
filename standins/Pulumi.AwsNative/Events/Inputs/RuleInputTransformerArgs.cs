namespace Pulumi.AwsNative.Events.Inputs;

public sealed class RuleInputTransformerArgs : ResourceArgs
{
    [Input("inputPathsMap")]
    private InputMap<string>? _inputPathsMap;

    public InputMap<string> InputPathsMap
    {
        get => _inputPathsMap ??= new();
        set => _inputPathsMap = value;
    }

    [Input("inputTemplate", required: true)]
    public Input<string> InputTemplate { get; set; } = null!;

    public static new RuleInputTransformerArgs Empty => new();
}
