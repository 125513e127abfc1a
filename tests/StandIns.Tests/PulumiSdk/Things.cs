using System.Collections.Immutable;
using Pulumi;

namespace Mlops.StandIns.Tests.PulumiSdk;

/// <summary>A resource shaped as the provider packages shape theirs.</summary>
internal sealed class Thing(string name, ThingArgs? args = null, CustomResourceOptions? options = null)
    : CustomResource("aws:things/thing:Thing", name, args ?? new ThingArgs(), options)
{
    [Output("arn")]
    public Output<string> Arn { get; private set; } = null!;

    [Output("size")]
    public Output<int?> Size { get; private set; } = null!;

    [Output("kind")]
    public Output<Kind?> Kind { get; private set; } = null!;

    [Output("tags")]
    public Output<ImmutableDictionary<string, string>?> Tags { get; private set; } = null!;

    [Output("rules")]
    public Output<ImmutableArray<Rule>> Rules { get; private set; } = null!;

    [Output("document")]
    public Output<object?> Document { get; private set; } = null!;

    [Output("principal")]
    public Output<Union<string, Rule>> Principal { get; private set; } = null!;
}

internal sealed class ThingArgs : ResourceArgs
{
    private InputMap<string>? _tags;
    private InputList<RuleArgs>? _rules;

    [Input("arn")]
    public Input<string>? Arn { get; set; }

    [Input("size")]
    public Input<int>? Size { get; set; }

    [Input("kind")]
    public Input<Kind>? Kind { get; set; }

    [Input("code")]
    public Input<Archive>? Code { get; set; }

    [Input("document")]
    public InputUnion<string, ImmutableDictionary<string, object>>? Document { get; set; }

    [Input("other")]
    public Input<Thing>? Other { get; set; }

    [Input("tags")]
    public InputMap<string> Tags
    {
        get => _tags ??= new InputMap<string>();
        set => _tags = value;
    }

    [Input("rules")]
    public InputList<RuleArgs> Rules
    {
        get => _rules ??= new InputList<RuleArgs>();
        set => _rules = value;
    }
}

internal sealed class RuleArgs : ResourceArgs
{
    [Input("action", required: true)]
    public Input<string> Action { get; set; } = null!;

    [Input("limit")]
    public Input<double>? Limit { get; set; }
}

[OutputType]
internal sealed class Rule
{
    public readonly string Action;
    public readonly double? Limit;

    [OutputConstructor]
    private Rule(string action, double? limit) => (Action, Limit) = (action, limit);
}

[EnumType]
internal readonly struct Kind
{
    private readonly string _value;

    private Kind(string value) => _value = value;

    public static Kind Cold { get; } = new("COLD");

    public static explicit operator string(Kind value) => value._value;

    public override string ToString() => _value;
}

internal sealed class Cloud(string name, CloudArgs? args = null, CustomResourceOptions? options = null)
    : ProviderResource("aws", name, args ?? new CloudArgs(), options);

internal sealed class CloudArgs : ResourceArgs
{
    private InputList<AssumedRoleArgs>? _assumeRoles;

    [Input("region")]
    public Input<string>? Region { get; set; }

    [Input("maxRetries", json: true)]
    public Input<int>? MaxRetries { get; set; }

    [Input("assumeRoles", json: true)]
    public InputList<AssumedRoleArgs> AssumeRoles
    {
        get => _assumeRoles ??= new InputList<AssumedRoleArgs>();
        set => _assumeRoles = value;
    }
}

internal sealed class AssumedRoleArgs : ResourceArgs
{
    [Input("roleArn")]
    public Input<string>? RoleArn { get; set; }

    [Input("sessionName")]
    public Input<string>? SessionName { get; set; }
}

internal sealed class Group : ComponentResource
{
    public Group(string name, ComponentResourceOptions? options = null, Action<Group>? declare = null)
        : base("mlops:things:Group", name, options)
    {
        declare?.Invoke(this);
        RegisterOutputs();
    }

    [Output("arn")]
    public Output<string> Arn { get; private set; } = Output.Create("set by the component");
}
