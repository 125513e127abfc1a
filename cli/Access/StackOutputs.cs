using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Mlops.Cli.Requests;

namespace Mlops.Cli.Access;

/// <summary>What <c>pulumi stack output --json</c> says of things that the user owns and targets in other accounts use.</summary>
/// <param name="Region">The region of the deployment.</param>
/// <param name="Bucket">Name of the assets bucket.</param>
/// <param name="Repository">Name of the image repository.</param>
/// <param name="OfBucket">Statements that the bucket's policy has to have; empty where it is not the user's.</param>
/// <param name="OfKey">The same of the policy of its key.</param>
/// <param name="OfRepository">The same of the repository's policy.</param>
internal sealed partial record StackOutputs(
    string Region,
    string Bucket,
    string Repository,
    IReadOnlyList<JsonObject> OfBucket,
    IReadOnlyList<JsonObject> OfKey,
    IReadOnlyList<JsonObject> OfRepository
)
{
    private const string Remedy = "Give it what this prints: pulumi stack output --json";

    /// <summary>Whether there is anything to look at.</summary>
    public bool IsEmpty => OfBucket.Count + OfKey.Count + OfRepository.Count == 0;

    /// <exception cref="ExpectedFailureException">These are no outputs of ours.</exception>
    public static StackOutputs Of(RequestFile file)
    {
        try
        {
            var outputs = JsonNode.Parse(file.Content) as JsonObject;
            var uri = RepositoryUri().Match((string?)outputs?["ecrRepository"] ?? "");
            return outputs?["assetsBucket"] is { } bucket && uri.Success
                ? new StackOutputs(
                    uri.Groups["region"].Value,
                    (string)bucket!,
                    uri.Groups["name"].Value,
                    Statements(outputs["assetsBucketStatements"]),
                    Statements(outputs["assetsKeyStatement"]),
                    Statements(outputs["ecrRepositoryStatement"])
                )
                : throw new ExpectedFailureException($"{file.Name} has no outputs of a deployment.", Remedy);
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or FormatException)
        {
            throw new ExpectedFailureException($"{file.Name} has no outputs: {problem.Message}", Remedy, problem);
        }
    }

    /// <summary>An output is text; Pulumi prints text that is JSON as it is, or as JSON.</summary>
    private static List<JsonObject> Statements(JsonNode? output) =>
        (output is JsonValue text ? JsonNode.Parse((string)text!) : output) switch
        {
            JsonArray many => [.. many.Select(one => one!.AsObject())],
            JsonObject one => [one],
            _ => [],
        };

    [GeneratedRegex(
        @"^[0-9]{12}\.dkr\.ecr\.(?<region>[a-z0-9-]+)\.[a-z.]+/(?<name>.+)$",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex RepositoryUri();
}
