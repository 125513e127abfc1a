using System.Text.Json.Nodes;

namespace Mlops.Local.Stacks.Natives;

/// <summary>SQS queues and their policies.</summary>
internal static class QueueTypes
{
    public static IEnumerable<NativeType> All =>
        [
            new("AWS::SQS::Queue", QueueAsync) { NameProperty = "QueueName", Tagged = true },
            new("AWS::SQS::QueueInlinePolicy", PolicyAsync) { CreateAsync = SetPolicyAsync },
        ];

    private static async Task<JsonObject> QueueAsync(
        NativeResource queue,
        string id,
        CancellationToken cancellationToken
    )
    {
        var properties = await AttributesAsync(queue, id, cancellationToken);
        var tags = await CallAsync(queue, "ListQueueTags", new JsonObject { ["QueueUrl"] = id }, cancellationToken);
        properties["Arn"] = properties["QueueArn"]?.DeepClone();
        properties["QueueName"] = id.Split('/')[^1];
        properties["QueueUrl"] = id;
        properties["Tags"] = new JsonArray([
            .. (tags["Tags"] as JsonObject ?? []).Select(tag => new JsonObject
            {
                ["Key"] = tag.Key,
                ["Value"] = tag.Value?.DeepClone(),
            }),
        ]);
        return properties;
    }

    private static async Task<string> SetPolicyAsync(NativeResource policy, CancellationToken cancellationToken)
    {
        var queue = policy.Text("Queue");
        await CallAsync(
            policy,
            "SetQueueAttributes",
            new JsonObject
            {
                ["QueueUrl"] = queue,
                ["Attributes"] = new JsonObject { ["Policy"] = policy.Declared["PolicyDocument"]!.ToJsonString() },
            },
            cancellationToken
        );
        return queue;
    }

    private static async Task<JsonObject> PolicyAsync(
        NativeResource policy,
        string id,
        CancellationToken cancellationToken
    )
    {
        var attributes = await AttributesAsync(policy, id, cancellationToken);
        return new JsonObject { ["Queue"] = id, ["PolicyDocument"] = attributes["Policy"]?.DeepClone() };
    }

    private static async Task<JsonObject> AttributesAsync(
        NativeResource resource,
        string url,
        CancellationToken cancellationToken
    )
    {
        var answer = await CallAsync(
            resource,
            "GetQueueAttributes",
            new JsonObject { ["QueueUrl"] = url, ["AttributeNames"] = new JsonArray("All") },
            cancellationToken
        );
        return answer["Attributes"]?.DeepClone().AsObject() ?? [];
    }

    private static Task<JsonObject> CallAsync(
        NativeResource resource,
        string operation,
        JsonObject body,
        CancellationToken cancellationToken
    ) => resource.JsonAsync("sqs", $"AmazonSQS.{operation}", body, cancellationToken);
}
