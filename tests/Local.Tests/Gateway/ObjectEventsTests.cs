using System.Net;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Mlops.Local.Gateway;
using Mlops.Local.Moto;
using Mlops.Local.Tests.CodePipelines;

namespace Mlops.Local.Tests.Gateway;

/// <summary>S3 before moto: buckets that tell EventBridge of their objects.</summary>
public sealed class ObjectEventsTests
{
    private TemporaryFolder folder = null!;
    private MotoServer moto = null!;
    private AwsGateway gateway = null!;
    private S3Questions questions = null!;
    private AmazonS3Client s3 = null!;
    private RecordedEvents events = null!;
    private string bucket = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        folder = new TemporaryFolder();
        moto = await LocalMoto.StartAsync(folder);
        gateway = await AwsGateway.StartAsync(moto.Endpoint, port: 0, CancellationToken.None);
        questions = new S3Questions(moto.Endpoint);
        s3 = new AmazonS3Client(
            new BasicAWSCredentials("AKIATEST", "any"),
            new AmazonS3Config
            {
                ServiceURL = gateway.Endpoint.AbsoluteUri,
                AuthenticationRegion = "us-east-1",
                ForcePathStyle = true,
            }
        );
    }

    [SetUp]
    public async Task MakeBucket()
    {
        events = new RecordedEvents();
        var objects = new ObjectEvents(
            questions,
            new BucketNotifications(questions),
            gateway.ForwardAsync,
            "123456789012",
            "eu-west-1",
            TimeProvider.System
        );
        objects.TellTo(events);
        gateway.Handle("s3", objects.HandleAsync);
        bucket = $"bucket-{Guid.NewGuid():n}";
        await s3.PutBucketAsync(bucket);
    }

    [OneTimeTearDown]
    public async Task End()
    {
        s3.Dispose();
        questions.Dispose();
        await gateway.DisposeAsync();
        await moto.DisposeAsync();
        folder.Dispose();
    }

    [Test]
    public async Task An_object_that_is_put_is_told_with_its_key_as_it_is_its_size_and_its_etag()
    {
        await TellAsync(new EventBridgeConfiguration());

        var put = await PutAsync("a folder/ü+%2F.json", "four");

        var told = (await ToldAsync(1)).Single();
        Assert.That($"{told["source"]} {told["detail-type"]}", Is.EqualTo("aws.s3 Object Created"));
        Assert.That($"{told["account"]} {told["region"]}", Is.EqualTo("123456789012 eu-west-1"));
        var detail = told["detail"]!;
        Assert.That((string)detail["bucket"]!["name"]!, Is.EqualTo(bucket));
        Assert.That((string)detail["object"]!["key"]!, Is.EqualTo("a folder/ü+%2F.json"));
        Assert.That((long)detail["object"]!["size"]!, Is.EqualTo(4), "not that of the chunks that it was sent in");
        Assert.That((string)detail["object"]!["etag"]!, Is.EqualTo(put.ETag.Trim('"')));
        Assert.That(detail["object"]!.AsObject().ContainsKey("version-id"), Is.False);
        Assert.That((string)detail["reason"]!, Is.EqualTo("PutObject"));
    }

    [Test]
    public async Task With_versions_the_version_is_told()
    {
        await TellAsync(new EventBridgeConfiguration());
        await s3.PutBucketVersioningAsync(
            new PutBucketVersioningRequest
            {
                BucketName = bucket,
                VersioningConfig = new S3BucketVersioningConfig { Status = VersionStatus.Enabled },
            }
        );

        var put = await PutAsync("a.json", "1");

        Assert.That(
            (string)(await ToldAsync(1)).Single()["detail"]!["object"]!["version-id"]!,
            Is.EqualTo(put.VersionId)
        );
    }

    [Test]
    public async Task A_copy_and_an_upload_in_parts_are_told_once_when_they_are_done()
    {
        await PutAsync("a.json", "1");
        await TellAsync(new EventBridgeConfiguration());

        await s3.CopyObjectAsync(bucket, "a.json", bucket, "b.json");
        var upload = new InitiateMultipartUploadRequest { BucketName = bucket, Key = "c.json" };
        var id = (await s3.InitiateMultipartUploadAsync(upload)).UploadId;
        using var content = new MemoryStream([1, 2, 3]);
        var part = await s3.UploadPartAsync(
            new UploadPartRequest
            {
                BucketName = bucket,
                Key = "c.json",
                UploadId = id,
                PartNumber = 1,
                InputStream = content,
            }
        );
        await s3.CompleteMultipartUploadAsync(
            new CompleteMultipartUploadRequest
            {
                BucketName = bucket,
                Key = "c.json",
                UploadId = id,
                PartETags = [new PartETag(1, part.ETag)],
            }
        );

        Assert.That(
            (await ToldAsync(2)).Select(told =>
                $"{told["detail"]!["reason"]} {told["detail"]!["object"]!["key"]} {told["detail"]!["object"]!["size"]}"
            ),
            Is.EqualTo(["CopyObject b.json 1", "CompleteMultipartUpload c.json 3"])
        );
    }

    [Test]
    public async Task What_makes_no_object_is_not_told()
    {
        await PutAsync("a.json", "1");
        await TellAsync(new EventBridgeConfiguration());

        await s3.PutObjectTaggingAsync(
            new PutObjectTaggingRequest
            {
                BucketName = bucket,
                Key = "a.json",
                Tagging = new Tagging { TagSet = [new Tag { Key = "a", Value = "b" }] },
            }
        );
        await s3.GetObjectMetadataAsync(bucket, "a.json");
        await s3.DeleteObjectAsync(bucket, "a.json");
        Assert.That(
            async () => await s3.PutObjectAsync(new PutObjectRequest { BucketName = "nobody-s", Key = "a.json" }),
            Throws.TypeOf<AmazonS3Exception>()
        );

        Assert.That(events.All, Is.Empty);
    }

    [Test]
    public async Task A_bucket_tells_as_long_as_it_is_switched_on()
    {
        await PutAsync("before.json", "1");
        await TellAsync(new EventBridgeConfiguration());
        await PutAsync("meanwhile.json", "1");
        await TellAsync(null);
        await PutAsync("after.json", "1");

        Assert.That(
            (await ToldAsync(1)).Select(told => (string)told["detail"]!["object"]!["key"]!),
            Is.EqualTo(["meanwhile.json"])
        );
    }

    [Test]
    public async Task What_was_set_is_given_back_though_moto_forgets_it()
    {
        var before = await s3.GetBucketNotificationAsync(bucket);
        await TellAsync(new EventBridgeConfiguration());
        var after = await s3.GetBucketNotificationAsync(bucket);
        await s3.DeleteBucketAsync(bucket);
        await s3.PutBucketAsync(bucket);
        var anew = await s3.GetBucketNotificationAsync(bucket);

        Assert.That(before.EventBridgeConfiguration, Is.Null);
        Assert.That(after.EventBridgeConfiguration, Is.Not.Null);
        Assert.That(anew.EventBridgeConfiguration, Is.Null, "another bucket of the same name");
        Assert.That(
            async () => await s3.GetBucketNotificationAsync("nobody-s"),
            Throws.TypeOf<AmazonS3Exception>().With.Property("StatusCode").EqualTo(HttpStatusCode.NotFound)
        );
    }

    /// <summary>Events come after the answer; so many are waited for.</summary>
    private async Task<IReadOnlyList<JsonObject>> ToldAsync(int count)
    {
        await Bench.UntilAsync(() => Task.FromResult(events.All.Count >= count));
        return events.All;
    }

    private Task<PutObjectResponse> PutAsync(string key, string content) =>
        s3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = bucket,
                Key = key,
                ContentBody = content,
            }
        );

    private Task<PutBucketNotificationResponse> TellAsync(EventBridgeConfiguration? eventBridge) =>
        s3.PutBucketNotificationAsync(
            new PutBucketNotificationRequest { BucketName = bucket, EventBridgeConfiguration = eventBridge }
        );
}
