using System.Net;
using System.Text.Json.Nodes;
using Mlops.Local.Stacks.Wire;

namespace Mlops.Local.Stacks.Natives;

/// <summary>ECR repositories.</summary>
internal static class RepositoryTypes
{
    public static IEnumerable<NativeType> All =>
        [
            new("AWS::ECR::Repository", RepositoryAsync)
            {
                NameProperty = "RepositoryName",
                Tagged = true,
                Unreadable = ["EmptyOnDelete"],
            },
        ];

    private static async Task<JsonObject> RepositoryAsync(
        NativeResource repository,
        string id,
        CancellationToken cancellationToken
    )
    {
        var answer = await CallAsync(
            repository,
            "DescribeRepositories",
            new JsonObject { ["repositoryNames"] = new JsonArray(id) },
            cancellationToken
        );
        var found = answer["repositories"]![0]!.AsObject();
        var named = new JsonObject { ["repositoryName"] = id };
        var tags = await CallAsync(
            repository,
            "ListTagsForResource",
            new JsonObject { ["resourceArn"] = found["repositoryArn"]?.DeepClone() },
            cancellationToken
        );
        var lifecycle = await OptionalAsync(repository, "GetLifecyclePolicy", named, cancellationToken);
        var policy = await OptionalAsync(repository, "GetRepositoryPolicy", named, cancellationToken);
        var properties = NativeNames.ToCloudFormation("AWS::ECR::Repository", found);
        properties["Arn"] = found["repositoryArn"]?.DeepClone();
        properties["Tags"] = tags["tags"]?.DeepClone();
        properties["LifecyclePolicy"] = lifecycle is null
            ? null
            : new JsonObject { ["LifecyclePolicyText"] = lifecycle["lifecyclePolicyText"]?.DeepClone() };
        properties["RepositoryPolicyText"] = policy?["policyText"]?.DeepClone();
        return properties;
    }

    private static async Task<JsonObject?> OptionalAsync(
        NativeResource repository,
        string operation,
        JsonObject body,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await CallAsync(repository, operation, body, cancellationToken);
        }
        catch (AwsCallException refusal) when (refusal.Status is HttpStatusCode.BadRequest)
        {
            return null;
        }
    }

    private static Task<JsonObject> CallAsync(
        NativeResource repository,
        string operation,
        JsonObject body,
        CancellationToken cancellationToken
    ) => repository.JsonAsync("ecr", $"AmazonEC2ContainerRegistry_V20150921.{operation}", body, cancellationToken);
}
