namespace Pulumi.AwsNative.Sqs;

[AwsNativeResourceType("aws-native:sqs:Queue")]
public partial class Queue : CustomResource
{
    [Output("arn")]
    public Output<string> Arn { get; private set; } = null!;

    [Output("queueName")]
    public Output<string?> QueueName { get; private set; } = null!;

    [Output("queueUrl")]
    public Output<string> QueueUrl { get; private set; } = null!;

    public Queue(string name, QueueArgs? args = null, CustomResourceOptions? options = null)
        : base(
            "aws-native:sqs:Queue",
            name,
            args ?? new QueueArgs(),
            Utilities.Options(options, "fifoQueue", "queueName")
        ) { }
}

public sealed class QueueArgs : ResourceArgs
{
    [Input("kmsMasterKeyId")]
    public Input<string>? KmsMasterKeyId { get; set; }

    [Input("messageRetentionPeriod")]
    public Input<int>? MessageRetentionPeriod { get; set; }

    [Input("queueName")]
    public Input<string>? QueueName { get; set; }

    public static new QueueArgs Empty => new();
}
