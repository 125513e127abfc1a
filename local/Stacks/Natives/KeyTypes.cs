using System.Text.Json.Nodes;

namespace Mlops.Local.Stacks.Natives;

/// <summary>KMS keys and aliases.</summary>
internal static class KeyTypes
{
    public static IEnumerable<NativeType> All =>
        [
            new("AWS::KMS::Key", KeyAsync)
            {
                Tagged = true,
                CreateAsync = CreateKeyAsync,
                Unreadable = ["PendingWindowInDays", "BypassPolicyLockoutSafetyCheck"],
            },
            new("AWS::KMS::Alias", AliasAsync),
        ];

    /// <summary>By KMS's own call: moto's CloudFormation answers 500 to a key with tags.</summary>
    private static async Task<string> CreateKeyAsync(NativeResource key, CancellationToken cancellationToken)
    {
        var request = new JsonObject { ["Policy"] = key.Declared["KeyPolicy"]?.ToJsonString() };
        foreach (var property in new[] { "Description", "KeySpec", "KeyUsage", "MultiRegion" })
        {
            if (key.Declared[property] is { } value)
            {
                request[property] = value.DeepClone();
            }
        }

        request["Tags"] = new JsonArray([
            .. (key.Declared["Tags"] as JsonArray ?? []).Select(tag => new JsonObject
            {
                ["TagKey"] = tag!["Key"]?.DeepClone(),
                ["TagValue"] = tag["Value"]?.DeepClone(),
            }),
        ]);
        var answer = await CallAsync(key, "CreateKey", request, cancellationToken);
        var id = (string)answer["KeyMetadata"]!["KeyId"]!;
        if ((bool?)key.Declared["EnableKeyRotation"] == true)
        {
            var rotation = new JsonObject { ["KeyId"] = id };
            if (key.Declared["RotationPeriodInDays"] is { } period)
            {
                rotation["RotationPeriodInDays"] = period.DeepClone();
            }

            await CallAsync(key, "EnableKeyRotation", rotation, cancellationToken);
        }

        return id;
    }

    private static async Task<JsonObject> KeyAsync(NativeResource key, string id, CancellationToken cancellationToken)
    {
        var request = new JsonObject { ["KeyId"] = id };
        var found = await CallAsync(key, "DescribeKey", request, cancellationToken);
        var policy = await CallAsync(
            key,
            "GetKeyPolicy",
            new JsonObject { ["KeyId"] = id, ["PolicyName"] = "default" },
            cancellationToken
        );
        var rotation = await CallAsync(key, "GetKeyRotationStatus", request, cancellationToken);
        var tags = await CallAsync(key, "ListResourceTags", request, cancellationToken);
        var metadata = found["KeyMetadata"]!.AsObject();
        return new JsonObject
        {
            ["KeyId"] = id,
            ["Arn"] = metadata["Arn"]?.DeepClone(),
            ["Description"] = metadata["Description"]?.DeepClone(),
            ["Enabled"] = metadata["Enabled"]?.DeepClone(),
            ["KeySpec"] = metadata["KeySpec"]?.DeepClone(),
            ["KeyUsage"] = metadata["KeyUsage"]?.DeepClone(),
            ["MultiRegion"] = metadata["MultiRegion"]?.DeepClone(),
            ["EnableKeyRotation"] = rotation["KeyRotationEnabled"]?.DeepClone(),
            ["RotationPeriodInDays"] = rotation["RotationPeriodInDays"]?.DeepClone(),
            ["KeyPolicy"] = JsonNode.Parse((string)policy["Policy"]!),
            ["Tags"] = new JsonArray([
                .. tags["Tags"]!
                    .AsArray()
                    .Select(tag => new JsonObject
                    {
                        ["Key"] = tag!["TagKey"]?.DeepClone(),
                        ["Value"] = tag["TagValue"]?.DeepClone(),
                    }),
            ]),
        };
    }

    private static async Task<JsonObject> AliasAsync(
        NativeResource alias,
        string id,
        CancellationToken cancellationToken
    )
    {
        var found = await CallAsync(alias, "ListAliases", [], cancellationToken);
        var entry = found["Aliases"]!.AsArray().First(item => (string?)item!["AliasName"] == id)!;
        var declaredAsArn = alias.Text("TargetKeyId").StartsWith("arn:", StringComparison.Ordinal);
        var target = (string?)entry["TargetKeyId"] ?? "";
        var arn = (string?)entry["AliasArn"] ?? "";
        return new JsonObject
        {
            ["AliasName"] = id,
            ["TargetKeyId"] =
                declaredAsArn && !target.StartsWith("arn:", StringComparison.Ordinal)
                    ? $"{arn[..arn.IndexOf(":alias/", StringComparison.Ordinal)]}:key/{target}"
                    : target,
        };
    }

    private static Task<JsonObject> CallAsync(
        NativeResource resource,
        string operation,
        JsonObject body,
        CancellationToken cancellationToken
    ) => resource.JsonAsync("kms", $"TrentService.{operation}", body, cancellationToken);
}
