using System.Text.Json.Nodes;

namespace Mlops.Local.Stacks.Natives;

/// <summary>EventBridge rules with their targets.</summary>
internal static class EventTypes
{
    public static IEnumerable<NativeType> All =>
        [new("AWS::Events::Rule", RuleAsync) { NameProperty = "Name", Identifier = ["Arn"] }];

    private static async Task<JsonObject> RuleAsync(NativeResource rule, string id, CancellationToken cancellationToken)
    {
        var name = id.Split('/')[^1];
        var found = await CallAsync(rule, "DescribeRule", new JsonObject { ["Name"] = name }, cancellationToken);
        var targets = await CallAsync(rule, "ListTargetsByRule", new JsonObject { ["Rule"] = name }, cancellationToken);
        var tags = await CallAsync(
            rule,
            "ListTagsForResource",
            new JsonObject { ["ResourceARN"] = found["Arn"]?.DeepClone() },
            cancellationToken
        );
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
            ["Tags"] = tags["Tags"]?.DeepClone(),
        };
    }

    private static Task<JsonObject> CallAsync(
        NativeResource rule,
        string operation,
        JsonObject body,
        CancellationToken cancellationToken
    ) => rule.JsonAsync("events", $"AWSEvents.{operation}", body, cancellationToken);
}
