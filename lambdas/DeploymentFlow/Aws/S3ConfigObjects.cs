using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using Mlops.DeploymentFlow.Events;
using Mlops.Provisioning.Aws;
using Mlops.Provisioning.Configs;

namespace Mlops.DeploymentFlow.Aws;

/// <summary>Config files by S3's API.</summary>
public sealed class S3ConfigObjects(IAmazonS3 s3) : IConfigObjects
{
    /// <inheritdoc />
    public Task<ConfigObject?> ReadAsync(ConfigPlace place, CancellationToken cancellationToken) =>
        AwsCalls.CallAsync<ConfigObject?>(
            "s3:GetObject",
            async () =>
            {
                try
                {
                    using var answer = await s3.GetObjectAsync(
                        new GetObjectRequest { BucketName = place.Bucket, Key = place.Key },
                        cancellationToken
                    );
                    var content = new byte[Math.Min(answer.ContentLength, ConfigFile.SizeLimit + 1)];
                    await answer.ResponseStream.ReadExactlyAsync(content, cancellationToken);
                    // "null" is the version of an object in a bucket that keeps none.
                    return new ConfigObject(
                        content,
                        answer.VersionId is { Length: > 0 } version and not "null" ? version : answer.ETag.Trim('"')
                    );
                }
                catch (AmazonS3Exception missing) when (missing.StatusCode == HttpStatusCode.NotFound)
                {
                    return null;
                }
            }
        );
}
