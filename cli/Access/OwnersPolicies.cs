using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.S3;
using Amazon.S3.Model;
using Mlops.Cli.Api;
using Mlops.Cli.Assets;

namespace Mlops.Cli.Access;

/// <summary>Reads the policies of what the user owns, with the user's credentials.</summary>
/// <param name="bucket">The bucket, and how its account's services are reached.</param>
/// <param name="services">Sends and signs.</param>
internal sealed class OwnersPolicies(AssetsBucket bucket, CliServices services)
{
    private static readonly JsonObject None = [];

    /// <summary>The bucket's policy; empty where it has none.</summary>
    public async Task<JsonObject> OfBucketAsync(CancellationToken cancellation)
    {
        using var s3 = await bucket.ConnectAsync(services.StorageHttp, cancellation);
        try
        {
            var answer = await s3.GetBucketPolicyAsync(
                new GetBucketPolicyRequest { BucketName = bucket.Name },
                cancellation
            );
            return Parsed(answer.Policy);
        }
        catch (AmazonS3Exception refusal) when (refusal.ErrorCode == "NoSuchBucketPolicy")
        {
            return None;
        }
    }

    /// <summary>The policy of the key that the bucket encrypts with.</summary>
    public async Task<JsonObject> OfKeyAsync(CancellationToken cancellation)
    {
        using var s3 = await bucket.ConnectAsync(services.StorageHttp, cancellation);
        var encryption = await s3.GetBucketEncryptionAsync(
            new GetBucketEncryptionRequest { BucketName = bucket.Name },
            cancellation
        );
        var id = encryption
            .ServerSideEncryptionConfiguration.ServerSideEncryptionRules.Select(rule =>
                rule.ServerSideEncryptionByDefault?.ServerSideEncryptionKeyManagementServiceKeyId
            )
            .FirstOrDefault(key => !string.IsNullOrEmpty(key));
        if (id is null)
        {
            return None;
        }

        // GetKeyPolicy takes no alias (KMS API).
        var key = await CallAsync("kms", "kms", "TrentService.DescribeKey", new() { ["KeyId"] = id }, cancellation);
        var answer = await CallAsync(
            "kms",
            "kms",
            "TrentService.GetKeyPolicy",
            new() { ["KeyId"] = (string?)key["KeyMetadata"]?["Arn"], ["PolicyName"] = "default" },
            cancellation
        );
        return Parsed((string?)answer["Policy"]);
    }

    /// <summary>The repository's policy; empty where it has none.</summary>
    public async Task<JsonObject> OfRepositoryAsync(string name, CancellationToken cancellation)
    {
        var answer = await CallAsync(
            "ecr",
            "api.ecr",
            "AmazonEC2ContainerRegistry_V20150921.GetRepositoryPolicy",
            new() { ["repositoryName"] = name },
            cancellation
        );
        return Parsed((string?)answer["policyText"]);
    }

    /// <summary>A call of a service that speaks JSON.</summary>
    private async Task<JsonObject> CallAsync(
        string service,
        string host,
        string operation,
        JsonObject input,
        CancellationToken cancellation
    )
    {
        var body = Encoding.UTF8.GetBytes(input.ToJsonString());
        var address = bucket.Endpoint ?? new Uri($"https://{host}.{bucket.Region}.amazonaws.com/");
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/x-amz-json-1.1");
        request.Headers.Add("X-Amz-Target", operation);
        var signer = new SigV4Signer(
            async token => await (await bucket.Credentials(token)).GetCredentialsAsync(),
            bucket.Region,
            services.Clock,
            service
        );
        await signer.SignAsync(request, body, cancellation);
        using var answer = await services.Http.SendAsync(request, cancellation);
        var text = await answer.Content.ReadAsStringAsync(cancellation);
        if (answer.IsSuccessStatusCode)
        {
            return Parsed(text);
        }

        return text.Contains("RepositoryPolicyNotFoundException", StringComparison.Ordinal)
            ? None
            : throw new ExpectedFailureException(
                $"{operation.Split('.')[^1]} is refused: {Reason(text)}",
                "Your policy has to allow it; who you are is told by: aws sts get-caller-identity"
            );
    }

    private static string Reason(string text)
    {
        try
        {
            var answer = JsonNode.Parse(text);
            return $"{(string?)answer?["__type"]} {(string?)(answer?["message"] ?? answer?["Message"])}".Trim();
        }
        catch (JsonException)
        {
            return text;
        }
    }

    private static JsonObject Parsed(string? text) =>
        string.IsNullOrWhiteSpace(text) ? None : JsonNode.Parse(text)!.AsObject();
}
