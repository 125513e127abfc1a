using System.Text.Json.Nodes;

namespace Mlops.Local.Stacks.Natives;

/// <summary>Log groups.</summary>
internal static class LogTypes
{
    public static IEnumerable<NativeType> All =>
        [new("AWS::Logs::LogGroup", LogGroupAsync) { NameProperty = "LogGroupName", Tagged = true }];

    private static async Task<JsonObject> LogGroupAsync(
        NativeResource group,
        string id,
        CancellationToken cancellationToken
    )
    {
        var answer = await group.JsonAsync(
            "logs",
            "Logs_20140328.DescribeLogGroups",
            new JsonObject { ["logGroupNamePrefix"] = id },
            cancellationToken
        );
        var found = answer["logGroups"]!.AsArray().First(item => (string?)item!["logGroupName"] == id)!;
        var tags = await group.JsonAsync(
            "logs",
            "Logs_20140328.ListTagsLogGroup",
            new JsonObject { ["logGroupName"] = id },
            cancellationToken
        );
        return new JsonObject
        {
            ["LogGroupName"] = id,
            ["Arn"] = found["arn"]?.DeepClone(),
            ["RetentionInDays"] = found["retentionInDays"]?.DeepClone(),
            ["KmsKeyId"] = found["kmsKeyId"]?.DeepClone(),
            ["LogGroupClass"] = found["logGroupClass"]?.DeepClone(),
            ["Tags"] = TagList.FromMap(tags["tags"]),
        };
    }
}
