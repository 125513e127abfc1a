namespace Pulumi.Aws.Lambda;

[AwsResourceType("aws:lambda/function:Function")]
public partial class Function : CustomResource
{
    [Output("arn")]
    public Output<string> Arn { get; private set; } = null!;

    [Output("name")]
    public Output<string> Name { get; private set; } = null!;

    public Function(string name, FunctionArgs args, CustomResourceOptions? options = null)
        : base("aws:lambda/function:Function", name, args ?? new FunctionArgs(), Utilities.Options(options)) { }
}

public sealed class FunctionArgs : ResourceArgs
{
    [Input("architectures")]
    private InputList<string>? _architectures;

    public InputList<string> Architectures
    {
        get => _architectures ??= new();
        set => _architectures = value;
    }

    [Input("code")]
    public Input<Archive>? Code { get; set; }

    [Input("description")]
    public Input<string>? Description { get; set; }

    [Input("environment")]
    public Input<Inputs.FunctionEnvironmentArgs>? Environment { get; set; }

    [Input("handler")]
    public Input<string>? Handler { get; set; }

    [Input("memorySize")]
    public Input<int>? MemorySize { get; set; }

    [Input("name")]
    public Input<string>? Name { get; set; }

    [Input("reservedConcurrentExecutions")]
    public Input<int>? ReservedConcurrentExecutions { get; set; }

    [Input("role", required: true)]
    public Input<string> Role { get; set; } = null!;

    [Input("runtime")]
    public InputUnion<string, Pulumi.Aws.Lambda.Runtime>? Runtime { get; set; }

    [Input("sourceCodeHash")]
    public Input<string>? SourceCodeHash { get; set; }

    [Input("timeout")]
    public Input<int>? Timeout { get; set; }

    [Input("tracingConfig")]
    public Input<Inputs.FunctionTracingConfigArgs>? TracingConfig { get; set; }

    public static new FunctionArgs Empty => new();
}
