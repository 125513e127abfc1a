using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Mlops.DeploymentFlow.Jobs;

namespace Mlops.DeploymentFlow.Aws;

/// <summary>The artifact store, read with the credentials that CodePipeline gives for one job only.</summary>
internal static class JobArtifacts
{
    /// <summary>The job's first input artifact: a zip.</summary>
    /// <exception cref="InvalidDataException">The job has none.</exception>
    public static async Task<MemoryStream> ReadAsync(JobData job, CancellationToken cancellationToken)
    {
        if (
            job
            is not { InputArtifacts: [{ Location.S3Location: { } place }, ..], ArtifactCredentials: { } credentials }
        )
        {
            throw new InvalidDataException(
                "The action has no input artifact. Provision the pipeline again to have it mended."
            );
        }

        using var s3 = new AmazonS3Client(
            new SessionAWSCredentials(credentials.AccessKeyId, credentials.SecretAccessKey, credentials.SessionToken)
        );
        using var answer = await s3.GetObjectAsync(
            new GetObjectRequest { BucketName = place.BucketName, Key = place.ObjectKey },
            cancellationToken
        );
        var bytes = new MemoryStream();
        await answer.ResponseStream.CopyToAsync(bytes, cancellationToken);
        return bytes;
    }
}
