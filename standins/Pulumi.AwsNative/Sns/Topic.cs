namespace Pulumi.AwsNative.Sns;

[AwsNativeResourceType("aws-native:sns:Topic")]
public partial class Topic : CustomResource
{
    [Output("topicArn")]
    public Output<string> TopicArn { get; private set; } = null!;

    [Output("topicName")]
    public Output<string?> TopicName { get; private set; } = null!;

    public Topic(string name, TopicArgs? args = null, CustomResourceOptions? options = null)
        : base(
            "aws-native:sns:Topic",
            name,
            args ?? new TopicArgs(),
            Utilities.Options(options, "fifoTopic", "topicName")
        ) { }
}

public sealed class TopicArgs : ResourceArgs
{
    [Input("displayName")]
    public Input<string>? DisplayName { get; set; }

    [Input("kmsMasterKeyId")]
    public Input<string>? KmsMasterKeyId { get; set; }

    [Input("topicName")]
    public Input<string>? TopicName { get; set; }

    public static new TopicArgs Empty => new();
}
