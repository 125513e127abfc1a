using System.Collections.Immutable;

namespace Pulumi.AwsNative.Sns;

[AwsNativeResourceType("aws-native:sns:TopicPolicy")]
public partial class TopicPolicy : CustomResource
{
    [Output("policyDocument")]
    public Output<object> PolicyDocument { get; private set; } = null!;

    [Output("topics")]
    public Output<ImmutableArray<string>> Topics { get; private set; } = null!;

    public TopicPolicy(string name, TopicPolicyArgs args, CustomResourceOptions? options = null)
        : base("aws-native:sns:TopicPolicy", name, args ?? new TopicPolicyArgs(), Utilities.Options(options)) { }
}

public sealed class TopicPolicyArgs : ResourceArgs
{
    [Input("policyDocument", required: true)]
    public Input<object> PolicyDocument { get; set; } = null!;

    [Input("topics", required: true)]
    private InputList<string>? _topics;

    public InputList<string> Topics
    {
        get => _topics ??= new();
        set => _topics = value;
    }

    public static new TopicPolicyArgs Empty => new();
}
