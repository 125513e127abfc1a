using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Mlops.Local.Display;
using Mlops.Local.Processes;
using Mlops.Local.Stacks.Wire;
using Mlops.Provisioning.Blueprints;

namespace Mlops.Local.Examples;

/// <summary>Does what a data scientist does: uploads a model or baseline data, registers it where the request names a package, sends the request.</summary>
public sealed class ExampleRun(HttpClient http, SessionInfo info, AwsAccount account, IDisplay display)
{
    /// <summary>Where in the assets bucket an example's model is.</summary>
    internal const string ModelKey = "model_artifact_location";

    /// <summary>
    /// Puts in place what the example needs: the model's file, and an approved model package where it names one. The answer
    /// is the example as it is to be sent, in a file that a client can send again.
    /// </summary>
    /// <param name="example">The example.</param>
    /// <param name="registration">Registers the model.</param>
    /// <param name="file">Where a request goes that is not the example's file to the letter.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<Example> PrepareAsync(
        Example example,
        ModelRegistration registration,
        string file,
        CancellationToken cancellationToken
    )
    {
        await UploadAssetsAsync(example.Model ?? example, cancellationToken);
        if (example.Model is not { } model)
        {
            return example;
        }

        var request = example.Request.DeepClone().AsObject();
        request[RequestKeys.ModelPackageName] = await registration.RegisterAsync(
            model,
            (string)request[RequestKeys.ModelPackageName]!,
            cancellationToken
        );
        await File.WriteAllTextAsync(file, request.ToJsonString() + "\n", cancellationToken);
        return example with { Request = request, Path = file };
    }

    /// <summary>Provisions the prepared example and answers the pipeline's name.</summary>
    /// <exception cref="StartFailedException">The API did not take it; its answer has been shown.</exception>
    public async Task<string> ProvisionAsync(Example example, CancellationToken cancellationToken)
    {
        using var response = await http.PostAsJsonAsync(
            $"{info.Api}/provisionpipeline",
            example.Request,
            cancellationToken
        );
        var answer = await AnswerAsync(response, cancellationToken);
        display.Show(new ExampleAnswered(example.Type, (int)response.StatusCode, answer));
        if (response.StatusCode != HttpStatusCode.OK || (string?)answer["pipeline_id"] is not { } pipeline)
        {
            throw new StartFailedException(
                $"The example of {example.Type} was not taken: {(int)response.StatusCode} {(string?)answer["detailedMessage"] ?? (string?)answer["message"]} (the functions' logs are in .mlops/logs)."
            );
        }

        return pipeline.Split(':')[^1].Split('/')[^1];
    }

    private static async Task<JsonNode> AnswerAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        try
        {
            return JsonNode.Parse(text) ?? new JsonObject();
        }
        catch (System.Text.Json.JsonException)
        {
            return new JsonObject { ["message"] = text };
        }
    }

    /// <summary>The artifact that the request names, in the assets bucket; a small archive, since nothing local loads it.</summary>
    private async Task UploadAssetsAsync(Example example, CancellationToken cancellationToken)
    {
        if ((string?)example.Request[ModelKey] is { Length: > 0 } model)
        {
            using var archive = Archive();
            await UploadAsync(model, archive, cancellationToken);
        }

        // The columns that the monitors' examples name, the label first.
        if ((string?)example.Request[RequestKeys.BaselineData] is { Length: > 0 } baseline)
        {
            using var data = new MemoryStream("label,age,prediction,probability\n1,30,1,0.9\n0,50,0,0.2\n"u8.ToArray());
            await UploadAsync(baseline, data, cancellationToken);
            await MakeBucketAsync(
                $"{example.Request["baseline_job_output_location"]}".Split('/')[0],
                cancellationToken
            );
        }
    }

    /// <summary>The user's own bucket, for results.</summary>
    private async Task MakeBucketAsync(string bucket, CancellationToken cancellationToken)
    {
        using var s3 = Client();
        var buckets = await s3.ListBucketsAsync(cancellationToken);
        if (buckets.Buckets?.Any(one => one.BucketName == bucket) != true)
        {
            await s3.PutBucketAsync(bucket, cancellationToken);
        }
    }

    private async Task UploadAsync(string key, Stream content, CancellationToken cancellationToken)
    {
        using var s3 = Client();
        await s3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = info.AssetsBucket,
                Key = key,
                InputStream = content,
            },
            cancellationToken
        );
    }

    private AmazonS3Client Client() =>
        new(
            new BasicAWSCredentials(account.AccessKeyId, account.SecretAccessKey),
            new AmazonS3Config
            {
                ServiceURL = info.Aws,
                AuthenticationRegion = account.Region,
                ForcePathStyle = true,
            }
        );

    private static MemoryStream Archive()
    {
        var archive = new MemoryStream();
        using (var zipped = new GZipStream(archive, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(zipped))
        {
            tar.WriteEntry(
                new PaxTarEntry(TarEntryType.RegularFile, "README")
                {
                    DataStream = new MemoryStream(Encoding.UTF8.GetBytes("Put your own model in place of this one.\n")),
                }
            );
        }

        archive.Position = 0;
        return archive;
    }
}
