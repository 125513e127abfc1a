using System.Text.Json.Nodes;
using Amazon.S3;
using Amazon.S3.Model;

namespace Mlops.Local.Stacks.Buckets;

/// <summary>
/// Bucket policies, without the denials that are not for everybody and always: moto looks neither at the condition of a
/// denial nor at its principal, and would refuse every call. What is left out is found when the policy is read back.
/// </summary>
internal static class BucketPolicies
{
    public static Task PutAsync(IAmazonS3 s3, string bucket, JsonObject declared, CancellationToken cancellationToken)
    {
        var policy = Document(declared["policy"]!);
        var kept = policy["Statement"]!.AsArray().Where(statement => !IsLimitedDenial(statement!)).ToList();
        policy["Statement"] = new JsonArray([.. kept.Select(statement => statement!.DeepClone())]);
        return kept.Count == 0
            ? Task.CompletedTask
            : s3.PutBucketPolicyAsync(
                new PutBucketPolicyRequest { BucketName = bucket, Policy = policy.ToJsonString() },
                cancellationToken
            );
    }

    public static async Task<JsonObject> ReadAsync(IAmazonS3 s3, string bucket, CancellationToken cancellationToken)
    {
        try
        {
            var request = new GetBucketPolicyRequest { BucketName = bucket };
            var answer = await s3.GetBucketPolicyAsync(request, cancellationToken);
            return new JsonObject { ["policy"] = answer.Policy };
        }
        catch (AmazonS3Exception none) when (none.ErrorCode == "NoSuchBucketPolicy")
        {
            return [];
        }
    }

    private static bool IsLimitedDenial(JsonNode statement) =>
        (string?)statement["Effect"] == "Deny"
        && (statement["Condition"] is not null || !IsEverybody(statement["Principal"]));

    private static bool IsEverybody(JsonNode? principal) =>
        principal switch
        {
            JsonValue one => one.ToString() == "*",
            JsonObject of => of["AWS"] is { } accounts
                && (accounts as JsonArray ?? new JsonArray(accounts.DeepClone())).Any(one => $"{one}" == "*"),
            _ => false,
        };

    private static JsonObject Document(JsonNode policy) =>
        (policy is JsonValue text ? JsonNode.Parse(text.ToString())! : policy.DeepClone()).AsObject();
}
