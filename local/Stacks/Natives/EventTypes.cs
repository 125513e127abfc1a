using System.Text.Json.Nodes;

namespace Mlops.Local.Stacks.Natives;

/// <summary>EventBridge: buses, and rules with their targets.</summary>
internal static class EventTypes
{
    public static IEnumerable<NativeType> All =>
        [
            new("AWS::Events::EventBus", BusAsync)
            {
                NameProperty = "Name",
                Tagged = true,
                CreateAsync = CreateBusAsync,
            },
            new("AWS::Events::Rule", RuleAsync) { NameProperty = "Name", Identifier = ["Arn"] },
        ];

    /// <summary>moto's CloudFormation makes a bus of nothing but its name.</summary>
    private static async Task<string> CreateBusAsync(NativeResource bus, CancellationToken cancellationToken)
    {
        var name = bus.Text("Name");
        var call = new JsonObject { ["Name"] = name };
        foreach (var property in (string[])["Description", "Tags"])
        {
            if (bus.Declared[property] is { } value)
            {
                call[property] = value.DeepClone();
            }
        }

        await CallAsync(bus, "CreateEventBus", call, cancellationToken);
        if (bus.Declared["Policy"] is { } policy)
        {
            await CallAsync(
                bus,
                "PutPermission",
                new JsonObject { ["EventBusName"] = name, ["Policy"] = policy.ToJsonString() },
                cancellationToken
            );
        }

        return name;
    }

    private static async Task<JsonObject> BusAsync(NativeResource bus, string id, CancellationToken cancellationToken)
    {
        var found = await CallAsync(bus, "DescribeEventBus", new JsonObject { ["Name"] = id }, cancellationToken);
        var tags = await TagsAsync(bus, found, cancellationToken);
        return new JsonObject
        {
            ["Name"] = found["Name"]?.DeepClone(),
            ["Arn"] = found["Arn"]?.DeepClone(),
            ["Description"] = found["Description"]?.DeepClone(),
            ["Policy"] = found["Policy"] is { } policy ? JsonNode.Parse((string)policy!) : null,
            ["Tags"] = tags,
        };
    }

    private static async Task<JsonObject> RuleAsync(NativeResource rule, string id, CancellationToken cancellationToken)
    {
        var name = id.Split('/')[^1];
        var found = await CallAsync(rule, "DescribeRule", OfBus(rule, "Name", name), cancellationToken);
        var targets = await CallAsync(rule, "ListTargetsByRule", OfBus(rule, "Rule", name), cancellationToken);
        var tags = await TagsAsync(rule, found, cancellationToken);
        return new JsonObject
        {
            ["Name"] = name,
            ["Arn"] = found["Arn"]?.DeepClone(),
            ["Description"] = found["Description"]?.DeepClone(),
            ["State"] = found["State"]?.DeepClone(),
            ["EventBusName"] = found["EventBusName"]?.DeepClone(),
            ["RoleArn"] = found["RoleArn"]?.DeepClone(),
            ["ScheduleExpression"] = found["ScheduleExpression"]?.DeepClone(),
            ["EventPattern"] = found["EventPattern"] is { } pattern ? JsonNode.Parse((string)pattern!) : null,
            ["Targets"] = targets["Targets"]?.DeepClone(),
            ["Tags"] = tags,
        };
    }

    private static JsonObject OfBus(NativeResource rule, string member, string name)
    {
        var call = new JsonObject { [member] = name };
        if (rule.Declared["EventBusName"] is { } bus)
        {
            call["EventBusName"] = bus.DeepClone();
        }

        return call;
    }

    private static async Task<JsonNode?> TagsAsync(
        NativeResource resource,
        JsonObject found,
        CancellationToken cancellationToken
    )
    {
        var tags = await CallAsync(
            resource,
            "ListTagsForResource",
            new JsonObject { ["ResourceARN"] = found["Arn"]?.DeepClone() },
            cancellationToken
        );
        return tags["Tags"]?.DeepClone();
    }

    private static Task<JsonObject> CallAsync(
        NativeResource rule,
        string operation,
        JsonObject body,
        CancellationToken cancellationToken
    ) => rule.JsonAsync("events", $"AWSEvents.{operation}", body, cancellationToken);
}
