namespace Pulumi.Aws.Lambda.Inputs;

public sealed class FunctionLoggingConfigArgs : ResourceArgs
{
    [Input("applicationLogLevel")]
    public Input<string>? ApplicationLogLevel { get; set; }

    [Input("logFormat", required: true)]
    public Input<string> LogFormat { get; set; } = null!;

    [Input("logGroup")]
    public Input<string>? LogGroup { get; set; }

    [Input("systemLogLevel")]
    public Input<string>? SystemLogLevel { get; set; }

    public static new FunctionLoggingConfigArgs Empty => new();
}
