using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Mlops.Local.Stacks.Natives;

/// <summary>Topics, their policies and subscriptions.</summary>
internal static class SnsTypes
{
    private const string Version = "2010-03-31";

    public static IEnumerable<NativeType> All =>
        [
            new("AWS::SNS::Topic", TopicAsync) { NameProperty = "TopicName", Tagged = true },
            new("AWS::SNS::TopicPolicy", PolicyAsync) { CreateAsync = SetPolicyAsync },
            new("AWS::SNS::TopicInlinePolicy", PolicyAsync) { CreateAsync = SetPolicyAsync },
            new("AWS::SNS::Subscription", SubscriptionAsync) { CreateAsync = SubscribeAsync },
        ];

    private static async Task<JsonObject> TopicAsync(
        NativeResource topic,
        string id,
        CancellationToken cancellationToken
    )
    {
        var properties = await AttributesAsync(topic, "GetTopicAttributes", "TopicArn", id, cancellationToken);
        var tags = await CallAsync(topic, "ListTagsForResource", [("ResourceArn", id)], cancellationToken);
        properties["TopicArn"] = id;
        properties["TopicName"] = id.Split(':')[^1];
        properties["Tags"] = new JsonArray([
            .. tags.Descendants("member")
                .Select(tag => new JsonObject
                {
                    ["Key"] = tag.Element("Key")?.Value,
                    ["Value"] = tag.Element("Value")?.Value,
                }),
        ]);
        return properties;
    }

    private static async Task<string> SetPolicyAsync(NativeResource policy, CancellationToken cancellationToken)
    {
        foreach (var topic in Topics(policy))
        {
            await CallAsync(
                policy,
                "SetTopicAttributes",
                [
                    ("TopicArn", topic),
                    ("AttributeName", "Policy"),
                    ("AttributeValue", policy.Declared["PolicyDocument"]!.ToJsonString()),
                ],
                cancellationToken
            );
        }

        return Topics(policy).First();
    }

    private static async Task<JsonObject> PolicyAsync(
        NativeResource policy,
        string id,
        CancellationToken cancellationToken
    )
    {
        var attributes = await AttributesAsync(policy, "GetTopicAttributes", "TopicArn", id, cancellationToken);
        return new JsonObject
        {
            ["Id"] = id,
            ["TopicArn"] = id,
            ["Topics"] = new JsonArray([.. Topics(policy).Select(topic => JsonValue.Create(topic))]),
            ["PolicyDocument"] = attributes["Policy"]?.DeepClone(),
        };
    }

    private static IEnumerable<string> Topics(NativeResource policy) =>
        policy.Declared["Topics"] is JsonArray topics
            ? topics.Select(topic => (string)topic!)
            : [policy.Text("TopicArn")];

    private static async Task<string> SubscribeAsync(NativeResource subscription, CancellationToken cancellationToken)
    {
        var parameters = new List<(string, string)>
        {
            ("TopicArn", subscription.Text("TopicArn")),
            ("Protocol", subscription.Text("Protocol")),
            ("Endpoint", subscription.Text("Endpoint")),
            ("ReturnSubscriptionArn", "true"),
        };
        var attributes = subscription
            .Declared.Where(property => property.Key is not ("TopicArn" or "Protocol" or "Endpoint" or "Region"))
            .ToList();
        for (var i = 0; i < attributes.Count; i++)
        {
            var value = attributes[i].Value!;
            parameters.Add(($"Attributes.entry.{i + 1}.key", attributes[i].Key));
            parameters.Add(
                (
                    $"Attributes.entry.{i + 1}.value",
                    value is JsonValue scalar ? scalar.ToString() : value.ToJsonString()
                )
            );
        }

        var answer = await CallAsync(subscription, "Subscribe", parameters, cancellationToken);
        return answer.Descendants("SubscriptionArn").First().Value;
    }

    private static async Task<JsonObject> SubscriptionAsync(
        NativeResource subscription,
        string id,
        CancellationToken cancellationToken
    )
    {
        var properties = await AttributesAsync(
            subscription,
            "GetSubscriptionAttributes",
            "SubscriptionArn",
            id,
            cancellationToken
        );
        properties["Arn"] = id;
        return properties;
    }

    private static async Task<JsonObject> AttributesAsync(
        NativeResource resource,
        string action,
        string key,
        string id,
        CancellationToken cancellationToken
    )
    {
        var answer = await CallAsync(resource, action, [(key, id)], cancellationToken);
        var attributes = new JsonObject();
        foreach (var entry in answer.Descendants("entry"))
        {
            attributes[entry.Element("key")!.Value] = entry.Element("value")?.Value;
        }

        return attributes;
    }

    private static Task<XElement> CallAsync(
        NativeResource resource,
        string action,
        IEnumerable<(string, string)> parameters,
        CancellationToken cancellationToken
    ) => resource.Aws.QueryAsync(resource.Account, "sns", Version, action, parameters, cancellationToken);
}
