namespace Pulumi.AwsNative.Sqs;

[AwsNativeResourceType("aws-native:sqs:QueueInlinePolicy")]
public partial class QueueInlinePolicy : CustomResource
{
    [Output("policyDocument")]
    public Output<object> PolicyDocument { get; private set; } = null!;

    [Output("queue")]
    public Output<string> Queue { get; private set; } = null!;

    public QueueInlinePolicy(string name, QueueInlinePolicyArgs args, CustomResourceOptions? options = null)
        : base(
            "aws-native:sqs:QueueInlinePolicy",
            name,
            args ?? new QueueInlinePolicyArgs(),
            Utilities.Options(options, "queue")
        ) { }
}

public sealed class QueueInlinePolicyArgs : ResourceArgs
{
    [Input("policyDocument", required: true)]
    public Input<object> PolicyDocument { get; set; } = null!;

    [Input("queue", required: true)]
    public Input<string> Queue { get; set; } = null!;

    public static new QueueInlinePolicyArgs Empty => new();
}
