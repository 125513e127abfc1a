using System.Text.Json.Nodes;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Mlops.Local.Stacks.Wire;
using Mlops.Local.StateMachines.Language;

namespace Mlops.Local.StateMachines.Tasks;

/// <summary>S3's objects by the SDK integration: the body of one that is read is a text, of one that is written any JSON.</summary>
internal sealed class ObjectTasks(Uri endpoint, AwsAccount role)
{
    /// <summary>Bytes of a state's input or output (AWS Step Functions quotas).</summary>
    private const int StateLimit = 262_144;

    private static readonly string[] Reading = ["Bucket", "Key"];
    private static readonly string[] Writing = ["Bucket", "Key", "Body", "ContentType"];

    /// <summary>Whether the action is carried out.</summary>
    public static bool Has(string action) => action is "getObject" or "putObject";

    /// <summary>Carries out an action.</summary>
    /// <exception cref="StateFailedException">S3 refused, or it is asked for something that is not carried out locally.</exception>
    public async Task<JsonNode?> RunAsync(string action, JsonObject request, CancellationToken cancellationToken)
    {
        var unknown = request.Select(member => member.Key).Except(action == "getObject" ? Reading : Writing).ToList();
        if (unknown.Count > 0)
        {
            throw StateFailedException.Runtime($"Not carried out locally: {string.Join(", ", unknown)} of s3:{action}");
        }

        using var s3 = Client();
        try
        {
            return action == "getObject"
                ? await ReadAsync(s3, request, cancellationToken)
                : await WriteAsync(s3, request, cancellationToken);
        }
        catch (AmazonS3Exception refusal)
        {
            throw new StateFailedException($"S3.{refusal.ErrorCode}Exception", refusal.Message);
        }
    }

    private static async Task<JsonNode> ReadAsync(
        AmazonS3Client s3,
        JsonObject request,
        CancellationToken cancellationToken
    )
    {
        using var found = await s3.GetObjectAsync($"{request["Bucket"]}", $"{request["Key"]}", cancellationToken);
        using var reader = new StreamReader(found.ResponseStream);
        var result = new JsonObject
        {
            ["Body"] = await reader.ReadToEndAsync(cancellationToken),
            ["ContentLength"] = found.ContentLength,
            ["ETag"] = found.ETag,
        };
        return result.ToJsonString().Length <= StateLimit
            ? result
            : throw new StateFailedException(
                "States.DataLimitExceeded",
                $"The result of s3:getObject is larger than {StateLimit} bytes"
            );
    }

    private static async Task<JsonNode> WriteAsync(
        AmazonS3Client s3,
        JsonObject request,
        CancellationToken cancellationToken
    )
    {
        var put = await s3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = $"{request["Bucket"]}",
                Key = $"{request["Key"]}",
                ContentBody = request["Body"]?.ToJsonString() ?? "null",
                ContentType = $"{request["ContentType"]}",
            },
            cancellationToken
        );
        return new JsonObject { ["ETag"] = put.ETag };
    }

    private AmazonS3Client Client()
    {
        AWSCredentials credentials = role.SessionToken is null
            ? new BasicAWSCredentials(role.AccessKeyId, role.SecretAccessKey)
            : new SessionAWSCredentials(role.AccessKeyId, role.SecretAccessKey, role.SessionToken);
        return new AmazonS3Client(
            credentials,
            new AmazonS3Config
            {
                ServiceURL = endpoint.ToString(),
                AuthenticationRegion = role.Region,
                ForcePathStyle = true,
            }
        );
    }
}
