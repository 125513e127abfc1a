using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using Mlops.Provisioning.CodePipelines;
using Mlops.Provisioning.Packaging;
using Mlops.Provisioning.RequestFiles;

namespace Mlops.Provisioning.Aws;

/// <summary>Packages as objects of a versioned bucket, with their SHA-256, the model's name and who asked as metadata.</summary>
public sealed class S3PackageStore(IAmazonS3 s3, string bucket) : IPackageStore
{
    private const string Sha256 = "mlops-sha256";
    private const string Model = "mlops-model-name";
    private const string RequestedBy = "mlops-requested-by";

    /// <inheritdoc />
    public async Task<StoredPackage?> FindAsync(string key, CancellationToken cancellationToken)
    {
        var head = await HeadAsync(key, null, cancellationToken);
        return head is null
            ? null
            : new StoredPackage(
                head.VersionId,
                head.Metadata[Sha256],
                head.Metadata[Model] is { } model ? Uri.UnescapeDataString(model) : null,
                new DateTimeOffset(head.LastModified ?? default, TimeSpan.Zero)
            );
    }

    /// <inheritdoc />
    public async Task<string?> RequestedByAsync(string key, string version, CancellationToken cancellationToken)
    {
        var head = await HeadAsync(key, version, cancellationToken);
        return head?.Metadata[RequestedBy] is { } caller ? Uri.UnescapeDataString(caller) : null;
    }

    /// <inheritdoc />
    public async Task<string> PutAsync(
        string key,
        TemplatePackage package,
        PackageOrigin origin,
        CancellationToken cancellationToken
    )
    {
        using var content = new MemoryStream(package.Bytes.ToArray(), writable: false);
        var request = new PutObjectRequest
        {
            BucketName = bucket,
            Key = key,
            InputStream = content,
            ContentType = "application/zip",
        };
        request.Metadata[Sha256] = package.Sha256;
        // Headers are ASCII; a model's name need not be.
        request.Metadata[Model] = Uri.EscapeDataString(origin.ModelName);
        if (origin.RequestedBy is { } caller)
        {
            request.Metadata[RequestedBy] = Uri.EscapeDataString(caller);
        }

        var put = await AwsCalls.CallAsync("s3:PutObject", () => s3.PutObjectAsync(request, cancellationToken));
        return put.VersionId;
    }

    /// <inheritdoc />
    public Task DeleteAsync(string key, CancellationToken cancellationToken) =>
        AwsCalls.CallAsync(
            "s3:DeleteObject",
            () => s3.DeleteObjectAsync(new DeleteObjectRequest { BucketName = bucket, Key = key }, cancellationToken)
        );

    /// <inheritdoc />
    public Task<ReadOnlyMemory<byte>?> ReadStartAsync(string key, int length, CancellationToken cancellationToken) =>
        AwsCalls.CallAsync<ReadOnlyMemory<byte>?>(
            "s3:GetObject",
            async () =>
            {
                try
                {
                    using var found = await s3.GetObjectAsync(
                        new GetObjectRequest
                        {
                            BucketName = bucket,
                            Key = key,
                            ByteRange = new ByteRange(0, length - 1),
                        },
                        cancellationToken
                    );
                    using var content = new MemoryStream();
                    await found.ResponseStream.CopyToAsync(content, cancellationToken);
                    return content.ToArray();
                }
                catch (AmazonS3Exception missing) when (missing.StatusCode == HttpStatusCode.NotFound)
                {
                    return null;
                }
                catch (AmazonS3Exception empty) when (empty.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
                {
                    return ReadOnlyMemory<byte>.Empty;
                }
            }
        );

    /// <inheritdoc />
    public async Task PutAsync(RequestFile file, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream(file.Content.ToArray(), writable: false);
        var request = new PutObjectRequest
        {
            BucketName = bucket,
            Key = file.Key,
            InputStream = content,
            ContentType = "application/json",
        };
        await AwsCalls.CallAsync("s3:PutObject", () => s3.PutObjectAsync(request, cancellationToken));
    }

    private Task<GetObjectMetadataResponse?> HeadAsync(
        string key,
        string? version,
        CancellationToken cancellationToken
    ) =>
        AwsCalls.CallAsync<GetObjectMetadataResponse?>(
            "s3:GetObjectMetadata",
            async () =>
            {
                try
                {
                    return await s3.GetObjectMetadataAsync(
                        new GetObjectMetadataRequest
                        {
                            BucketName = bucket,
                            Key = key,
                            VersionId = version,
                        },
                        cancellationToken
                    );
                }
                catch (AmazonS3Exception missing) when (missing.StatusCode == HttpStatusCode.NotFound)
                {
                    return null;
                }
            }
        );
}
