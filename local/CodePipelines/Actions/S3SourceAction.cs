using System.Globalization;
using Amazon.S3;
using Amazon.S3.Model;
using Mlops.Local.CodePipelines.Aws;
using Mlops.Local.CodePipelines.Executions;

namespace Mlops.Local.CodePipelines.Actions;

/// <summary>Takes one version of an object of a versioned bucket as the output artifact.</summary>
internal sealed class S3SourceAction : IActionRunner
{
    public async Task RunAsync(ActionContext context, CancellationToken cancellationToken)
    {
        var (bucket, key, version) = Wanted(context);
        var session = await context.AsActionAsync(cancellationToken);
        using var s3 = session.S3();
        using var found = await ReadAsync(s3, bucket, key, version, cancellationToken);
        using var content = new MemoryStream();
        await found.ResponseStream.CopyToAsync(content, cancellationToken);
        content.Position = 0;

        var artifact = context.Run.Outputs[0] with { RevisionId = found.VersionId };
        var store = await context.AsPipelineAsync(cancellationToken);
        await ArtifactFiles.StoreAsync(context, store, artifact, content, cancellationToken);
        Keep(context, artifact, bucket, key, found);
    }

    /// <summary>The configured object, or what the start of this execution asked for instead.</summary>
    private static (string Bucket, string Key, string? Version) Wanted(ActionContext context)
    {
        var overrides = context
            .Execution.Overrides.Where(one => one.ActionName == context.Run.Declaration.Name)
            .ToList();
        return (
            context.Configuration["S3Bucket"],
            overrides.Find(one => one.Type == "S3_OBJECT_KEY")?.Value ?? context.Configuration["S3ObjectKey"],
            overrides.Find(one => one.Type == "S3_OBJECT_VERSION_ID")?.Value
        );
    }

    private static async Task<GetObjectResponse> ReadAsync(
        AmazonS3Client s3,
        string bucket,
        string key,
        string? version,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var versioning = await s3.GetBucketVersioningAsync(
                new GetBucketVersioningRequest { BucketName = bucket },
                cancellationToken
            );
            if (versioning.VersioningConfig?.Status != VersionStatus.Enabled)
            {
                throw new ActionFailedException(
                    "ConfigurationError",
                    $"Versioning must be enabled on the source bucket '{bucket}'"
                );
            }

            return await s3.GetObjectAsync(
                new GetObjectRequest
                {
                    BucketName = bucket,
                    Key = key,
                    VersionId = version,
                },
                cancellationToken
            );
        }
        catch (AmazonS3Exception e)
        {
            throw new ActionFailedException(
                "RevisionUnavailable",
                $"The object with key '{key}'{(version is null ? "" : $" and version '{version}'")} of bucket '{bucket}' cannot be read: {e.Message} ({e.ErrorCode})"
            );
        }
    }

    private static void Keep(
        ActionContext context,
        Artifact artifact,
        string bucket,
        string key,
        GetObjectResponse found
    )
    {
        var created = found.LastModified is { } modified
            ? new DateTimeOffset(modified.ToUniversalTime())
            : context.Clock.GetUtcNow();
        var revision = new SourceRevision(
            context.Run.Declaration.Name,
            artifact.Name,
            found.VersionId,
            found.ETag.Trim('"'),
            string.Create(CultureInfo.InvariantCulture, $"Amazon S3 version id: {found.VersionId}"),
            $"https://console.aws.amazon.com/s3/object/{bucket}?prefix={Uri.EscapeDataString(key)}&versionId={found.VersionId}",
            created
        );
        context.Report(run =>
        {
            run.Outputs = [artifact];
            run.Revision = revision;
            run.Summary = revision.Summary;
            run.ExternalId = found.VersionId;
            run.ExternalUrl = revision.Url;
            run.OutputVariables = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["BucketName"] = bucket,
                ["ETag"] = found.ETag.Trim('"'),
                ["ObjectKey"] = key,
                ["VersionId"] = found.VersionId,
            };
            run.Execution.Revisions.RemoveAll(one => one.ActionName == revision.ActionName);
            run.Execution.Revisions.Add(revision);
        });
    }
}
