using System.Globalization;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Mlops.DeploymentFlow.Jobs;

namespace Mlops.DeploymentFlow.Aws;

/// <summary>The artifact store, read with the credentials that CodePipeline gives for one job only.</summary>
internal static class JobArtifacts
{
    private const long Megabyte = 1024 * 1024;

    /// <summary>A function has 512 MB unless it asks for more (Lambda quotas, /tmp directory storage).</summary>
    private const long DiskLimit = 500 * Megabyte;

    /// <summary>The job's first input artifact, a zip, in memory: of a package, which is small.</summary>
    /// <exception cref="InvalidDataException">The job has none.</exception>
    public static Task<MemoryStream> ReadAsync(JobData job, CancellationToken cancellationToken) =>
        ReadAsync(
            job,
            async (answer, cancellation) =>
            {
                var bytes = new MemoryStream();
                await answer.ResponseStream.CopyToAsync(bytes, cancellation);
                return bytes;
            },
            cancellationToken
        );

    /// <summary>The same in a file that is gone when it is closed: of a whole repository, which may be larger than memory.</summary>
    /// <exception cref="InvalidDataException">The job has none, or it is larger than the function's disk.</exception>
    public static Task<FileStream> ReadToDiskAsync(JobData job, CancellationToken cancellationToken) =>
        ReadAsync(
            job,
            async (answer, cancellation) =>
            {
                if (answer.ContentLength > DiskLimit)
                {
                    throw new InvalidDataException(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"The repository is {answer.ContentLength / Megabyte} MB as a zip, and at most {DiskLimit / Megabyte} MB can be read. Keep the config file in a repository of its own."
                        )
                    );
                }

                var file = new FileStream(
                    Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()),
                    new FileStreamOptions
                    {
                        Mode = FileMode.CreateNew,
                        Access = FileAccess.ReadWrite,
                        Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
                    }
                );
                try
                {
                    await answer.ResponseStream.CopyToAsync(file, cancellation);
                    file.Position = 0;
                    return file;
                }
                catch
                {
                    await file.DisposeAsync();
                    throw;
                }
            },
            cancellationToken
        );

    private static async Task<T> ReadAsync<T>(
        JobData job,
        Func<GetObjectResponse, CancellationToken, Task<T>> read,
        CancellationToken cancellationToken
    )
    {
        if (
            job
            is not { InputArtifacts: [{ Location.S3Location: { } place }, ..], ArtifactCredentials: { } credentials }
        )
        {
            throw new InvalidDataException(
                "The action has no input artifact. Provision the pipeline again to have it mended; the config pipeline, by pulumi up."
            );
        }

        using var s3 = new AmazonS3Client(
            new SessionAWSCredentials(credentials.AccessKeyId, credentials.SecretAccessKey, credentials.SessionToken)
        );
        using var answer = await s3.GetObjectAsync(
            new GetObjectRequest { BucketName = place.BucketName, Key = place.ObjectKey },
            cancellationToken
        );
        return await read(answer, cancellationToken);
    }
}
