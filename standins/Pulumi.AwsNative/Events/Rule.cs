namespace Pulumi.AwsNative.Events;

[AwsNativeResourceType("aws-native:events:Rule")]
public partial class Rule : CustomResource
{
    [Output("arn")]
    public Output<string> Arn { get; private set; } = null!;

    [Output("name")]
    public Output<string?> Name { get; private set; } = null!;

    public Rule(string name, RuleArgs? args = null, CustomResourceOptions? options = null)
        : base("aws-native:events:Rule", name, args ?? new RuleArgs(), Utilities.Options(options, "name")) { }
}

public sealed class RuleArgs : ResourceArgs
{
    [Input("description")]
    public Input<string>? Description { get; set; }

    [Input("eventBusName")]
    public Input<string>? EventBusName { get; set; }

    [Input("eventPattern")]
    public Input<object>? EventPattern { get; set; }

    [Input("name")]
    public Input<string>? Name { get; set; }

    [Input("state")]
    public Input<Pulumi.AwsNative.Events.RuleState>? State { get; set; }

    [Input("targets")]
    private InputList<Inputs.RuleTargetArgs>? _targets;

    public InputList<Inputs.RuleTargetArgs> Targets
    {
        get => _targets ??= new();
        set => _targets = value;
    }

    public static new RuleArgs Empty => new();
}
