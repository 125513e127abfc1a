namespace Pulumi.AwsNative.Logs;

[AwsNativeResourceType("aws-native:logs:LogGroup")]
public partial class LogGroup : CustomResource
{
    [Output("arn")]
    public Output<string> Arn { get; private set; } = null!;

    [Output("logGroupName")]
    public Output<string?> LogGroupName { get; private set; } = null!;

    public LogGroup(string name, LogGroupArgs? args = null, CustomResourceOptions? options = null)
        : base("aws-native:logs:LogGroup", name, args ?? new LogGroupArgs(), Utilities.Options(options, "logGroupName"))
    { }
}

public sealed class LogGroupArgs : ResourceArgs
{
    [Input("kmsKeyId")]
    public Input<string>? KmsKeyId { get; set; }

    [Input("logGroupName")]
    public Input<string>? LogGroupName { get; set; }

    [Input("retentionInDays")]
    public Input<int>? RetentionInDays { get; set; }

    public static new LogGroupArgs Empty => new();
}
