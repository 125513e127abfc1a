using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.S3;
using Amazon.S3.Model;
using Mlops.Provisioning.Configs;

namespace Mlops.Provisioning.Aws;

/// <summary>Claims as objects of the assets bucket, one for each source; S3 shows what was written last.</summary>
public sealed class S3ConfigClaims(IAmazonS3 s3, string bucket) : IConfigClaims
{
    /// <inheritdoc />
    public async Task<bool> ClaimAsync(string source, ConfigClaim claim, CancellationToken cancellationToken)
    {
        var before = await HolderAsync(source, cancellationToken);
        await PutAsync(Key(source), claim, cancellationToken);
        return before is not null
            && (await GetAsync(EndKey(source), cancellationToken))?.Run is var ended
            && ended != before.Run;
    }

    /// <inheritdoc />
    public Task EndAsync(string source, ConfigClaim claim, CancellationToken cancellationToken) =>
        PutAsync(EndKey(source), claim, cancellationToken);

    /// <inheritdoc />
    public Task<ConfigClaim?> HolderAsync(string source, CancellationToken cancellationToken) =>
        GetAsync(Key(source), cancellationToken);

    private Task<PutObjectResponse> PutAsync(string key, ConfigClaim claim, CancellationToken cancellationToken) =>
        AwsCalls.CallAsync(
            "s3:PutObject",
            () =>
                s3.PutObjectAsync(
                    new PutObjectRequest
                    {
                        BucketName = bucket,
                        Key = key,
                        ContentBody = JsonSerializer.Serialize(claim, ClaimJson.Default.ConfigClaim),
                        ContentType = "application/json",
                    },
                    cancellationToken
                )
        );

    private Task<ConfigClaim?> GetAsync(string key, CancellationToken cancellationToken) =>
        AwsCalls.CallAsync<ConfigClaim?>(
            "s3:GetObject",
            async () =>
            {
                try
                {
                    using var answer = await s3.GetObjectAsync(bucket, key, cancellationToken);
                    return await JsonSerializer.DeserializeAsync(
                        answer.ResponseStream,
                        ClaimJson.Default.ConfigClaim,
                        cancellationToken
                    );
                }
                catch (AmazonS3Exception missing) when (missing.StatusCode == HttpStatusCode.NotFound)
                {
                    return null;
                }
            }
        );

    /// <summary>With the packages, which no role of a blueprint may write.</summary>
    private static string Key(string source) =>
        $"{DeploymentNames.PackagePrefix}.config/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(source)))[..32]}.json";

    /// <summary>Beside the claim, not in it: whoever ends may have been replaced, and must not take the claim back.</summary>
    private static string EndKey(string source) => $"{Key(source)}.ended";
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ConfigClaim))]
internal sealed partial class ClaimJson : JsonSerializerContext;
