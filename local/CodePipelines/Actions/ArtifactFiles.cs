using System.IO.Compression;
using Amazon.S3;
using Amazon.S3.Model;
using Mlops.Local.CodePipelines.Aws;
using Mlops.Local.CodePipelines.Executions;

namespace Mlops.Local.CodePipelines.Actions;

/// <summary>The zips in the artifact store, read and written with the session of a role.</summary>
internal static class ArtifactFiles
{
    /// <summary>The text of one file, named as <c>Artifact::File</c>.</summary>
    /// <exception cref="ActionFailedException">The artifact is no zip, or has no such file.</exception>
    public static async Task<string> ReadAsync(
        ActionContext context,
        RoleSession session,
        string path,
        CancellationToken cancellationToken
    )
    {
        var (artifactName, fileName) = Split(path);
        var artifact =
            context.Run.Inputs.FirstOrDefault(input => input.Name == artifactName)
            ?? throw new ActionFailedException("ConfigurationError", $"'{path}' does not name an input artifact");
        using var s3 = session.S3();
        using var response = await s3.GetObjectAsync(artifact.Bucket, artifact.Key, cancellationToken);
        using var bytes = new MemoryStream();
        await response.ResponseStream.CopyToAsync(bytes, cancellationToken);

        try
        {
            await using var zip = await ZipArchive.CreateAsync(
                bytes,
                ZipArchiveMode.Read,
                leaveOpen: true,
                entryNameEncoding: null,
                cancellationToken
            );
            var entry =
                zip.GetEntry(fileName)
                ?? throw new ActionFailedException(
                    "ConfigurationError",
                    $"File [{fileName}] does not exist in artifact [{artifactName}]"
                );
            using var reader = new StreamReader(await entry.OpenAsync(cancellationToken));
            return await reader.ReadToEndAsync(cancellationToken);
        }
        catch (InvalidDataException e)
        {
            throw new ActionFailedException(
                "ConfigurationError",
                $"Artifact [{artifactName}] is not a zip file: {e.Message}"
            );
        }
    }

    /// <summary>Writes a zip with one file as an output artifact.</summary>
    public static async Task WriteAsync(
        ActionContext context,
        RoleSession session,
        Artifact artifact,
        string fileName,
        string text,
        CancellationToken cancellationToken
    )
    {
        using var bytes = new MemoryStream();
        await using (
            var zip = await ZipArchive.CreateAsync(
                bytes,
                ZipArchiveMode.Create,
                leaveOpen: true,
                entryNameEncoding: null,
                cancellationToken
            )
        )
        {
            await using var writer = new StreamWriter(await zip.CreateEntry(fileName).OpenAsync(cancellationToken));
            await writer.WriteAsync(text.AsMemory(), cancellationToken);
        }

        bytes.Position = 0;
        await StoreAsync(context, session, artifact, bytes, cancellationToken);
    }

    /// <summary>Puts an artifact into the store, encrypted with the store's key.</summary>
    public static async Task StoreAsync(
        ActionContext context,
        RoleSession session,
        Artifact artifact,
        Stream content,
        CancellationToken cancellationToken
    )
    {
        var key = context.Execution.Declaration.Store.KeyId;
        using var s3 = session.S3();
        await s3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = artifact.Bucket,
                Key = artifact.Key,
                InputStream = content,
                AutoCloseStream = false,
                ContentType = "application/zip",
                ServerSideEncryptionMethod = ServerSideEncryptionMethod.AWSKMS,
                ServerSideEncryptionKeyManagementServiceKeyId = key,
            },
            cancellationToken
        );
    }

    private static (string Artifact, string File) Split(string path)
    {
        var separator = path.IndexOf("::", StringComparison.Ordinal);
        return separator < 0 ? ("", path) : (path[..separator], path[(separator + 2)..]);
    }
}
