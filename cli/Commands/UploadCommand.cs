using System.Globalization;
using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.S3.Transfer;
using Mlops.Cli.Assets;
using Mlops.Cli.Display;
using Spectre.Console;

namespace Mlops.Cli.Commands;

/// <summary><c>mlops upload FILE</c>: puts a file into the assets bucket, in parts where it is large, each with its checksum.</summary>
public sealed class UploadCommand(CliConsole console, CliServices services)
{
    private const string HashName = "sha256";

    /// <summary>Runs the command.</summary>
    /// <exception cref="ExpectedFailureException">The file cannot be read, or the bucket does not take it.</exception>
    public async Task<ExitCode> RunAsync(UploadCommandSettings settings, CancellationToken cancellation)
    {
        var bucket = AssetsBucket.Of(settings.Global, settings.Bucket, services);
        var file = await AssetFile.ReadAsync(settings.File, services.WorkingFolder, cancellation);
        var key = file.KeyIn(bucket.Name, settings.Key);
        try
        {
            using var s3 = await bucket.ConnectAsync(services.StorageHttp, cancellation);
            var there = await HashAtAsync(s3, bucket.Name, key, cancellation);
            var isNew = there != file.Sha256;
            if (isNew)
            {
                await SendAsync(s3, bucket.Name, key, file, cancellation);
            }

            Tell(settings.Global, new UploadAnswer(bucket.Name, key, file.Size, file.Sha256, isNew), there is not null);
            return ExitCode.Done;
        }
        catch (AmazonServiceException refusal)
        {
            throw new ExpectedFailureException(
                $"The bucket {bucket.Name} does not take the file: {refusal.Message}",
                RemedyOf(refusal, bucket),
                refusal
            );
        }
        catch (Exception problem) when (problem is AmazonClientException or HttpRequestException)
        {
            throw new ExpectedFailureException(
                $"The bucket {bucket.Name} does not answer: {problem.Message}",
                "Sending the same again does no harm.",
                problem
            );
        }
    }

    /// <summary>The hash that an earlier upload left with the object; empty without one, null without an object.</summary>
    private static async Task<string?> HashAtAsync(
        AmazonS3Client s3,
        string bucket,
        string key,
        CancellationToken cancellation
    )
    {
        try
        {
            var found = await s3.GetObjectMetadataAsync(
                new GetObjectMetadataRequest { BucketName = bucket, Key = key },
                cancellation
            );
            return found.Metadata[HashName] ?? "";
        }
        catch (AmazonS3Exception refusal)
            when (refusal.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Forbidden
                && refusal.ErrorCode != "NoSuchBucket"
            )
        {
            // Who may write need not be allowed to read: then it is written again.
            return null;
        }
    }

    private async Task SendAsync(
        AmazonS3Client s3,
        string bucket,
        string key,
        AssetFile file,
        CancellationToken cancellation
    )
    {
        using var transfer = new TransferUtility(s3);
        var request = new TransferUtilityUploadRequest
        {
            BucketName = bucket,
            Key = key,
            FilePath = file.Path,
            ChecksumAlgorithm = ChecksumAlgorithm.SHA256,
        };
        request.Metadata.Add(HashName, file.Sha256);
        if (!console.Error.Profile.Capabilities.Interactive)
        {
            await transfer.UploadAsync(request, cancellation);
            return;
        }

        await console
            .Error.Progress()
            .AutoClear(true)
            .Columns(
                new TaskDescriptionColumn(),
                new ProgressBarColumn(),
                new PercentageColumn(),
                new TransferSpeedColumn()
            )
            .StartAsync(async progress =>
            {
                var bar = progress.AddTask(
                    Path.GetFileName(file.Path).EscapeMarkup(),
                    maxValue: Math.Max(file.Size, 1)
                );
                request.UploadProgressEvent += (_, sent) => bar.Value = sent.TransferredBytes;
                await transfer.UploadAsync(request, cancellation);
                bar.Value = bar.MaxValue;
            });
    }

    private void Tell(GlobalSettings global, UploadAnswer answer, bool wasThere)
    {
        if (global.Output == OutputFormat.Json)
        {
            console.WriteJson(answer, AnswerJson.Default.UploadAnswer);
            return;
        }

        var size = answer.Size.ToString("N0", CultureInfo.InvariantCulture);
        console.Output.MarkupLineInterpolated(
            $"[green]{(answer.Uploaded ? "uploaded" : "already there")}:[/] s3://{answer.Bucket}/{answer.Key} ({size} bytes, SHA-256 {answer.Sha256})"
        );
        if (answer.Uploaded && wasThere)
        {
            console.Error.MarkupLine(
                "[yellow]mlops: another file was there before.[/] A request that names this key has not changed, so it deploys nothing anew; without --key every file gets a key of its own."
            );
        }

        console.Output.MarkupLineInterpolated($"in a request: [bold]\"model_artifact_location\": \"{answer.Key}\"[/]");
    }

    private static string RemedyOf(AmazonServiceException refusal, AssetsBucket bucket) =>
        refusal.ErrorCode switch
        {
            "NoSuchBucket" => "Compare its name with: pulumi stack output assetsBucket",
            "AccessDenied" or "Forbidden" =>
                "Your policy has to allow s3:PutObject on the bucket's objects, and kms:GenerateDataKey and kms:Decrypt on its key; who you are is told by: aws sts get-caller-identity",
            "PermanentRedirect" or "AuthorizationHeaderMalformed" =>
                $"It is not in {bucket.Region}. Pass --region with that of the deployment.",
            "ExpiredToken" or "InvalidAccessKeyId" or "SignatureDoesNotMatch" =>
                "Check your credentials: aws sts get-caller-identity",
            _ => "Sending the same again does no harm.",
        };
}
