namespace Pulumi.AwsNative.Sns;

[AwsNativeResourceType("aws-native:sns:Subscription")]
public partial class Subscription : CustomResource
{
    [Output("arn")]
    public Output<string> Arn { get; private set; } = null!;

    [Output("endpoint")]
    public Output<string?> Endpoint { get; private set; } = null!;

    [Output("protocol")]
    public Output<string> Protocol { get; private set; } = null!;

    [Output("topicArn")]
    public Output<string> TopicArn { get; private set; } = null!;

    public Subscription(string name, SubscriptionArgs args, CustomResourceOptions? options = null)
        : base(
            "aws-native:sns:Subscription",
            name,
            args ?? new SubscriptionArgs(),
            Utilities.Options(options, "endpoint", "protocol", "topicArn")
        ) { }
}

public sealed class SubscriptionArgs : ResourceArgs
{
    [Input("endpoint")]
    public Input<string>? Endpoint { get; set; }

    [Input("protocol", required: true)]
    public Input<string> Protocol { get; set; } = null!;

    [Input("topicArn", required: true)]
    public Input<string> TopicArn { get; set; } = null!;

    public static new SubscriptionArgs Empty => new();
}
