using System.Text.Json.Nodes;

namespace Mlops.EndToEnd.Tests;

/// <summary>
/// A file in a bucket is enough: pipelines by <c>aws s3 cp</c>, on one system with the shipped binaries, whose bucket is as
/// a user makes it, without versions.
/// </summary>
[TestFixture]
public sealed class BucketTests
{
    private const string Bucket = "my-configs";
    private const string Key = "team a/mlops+config.json";
    private const string Origin = $"s3:{Bucket}/{Key}";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("mlops-bucket-").FullName;
    private LocalSystem _system = null!;
    private Mailbox _mailbox = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _system = await LocalSystem.StartAsync(
            "--no-example",
            "--config",
            "mlops:configSource=bucket",
            "--config",
            $"mlops:configBucket={Bucket}",
            "--config",
            $"mlops:configPath={Key}"
        );
        _mailbox = await Mailbox.SubscribeAsync(_system);
    }

    [OneTimeTearDown]
    public async Task EndAsync()
    {
        Directory.Delete(_folder, recursive: true);
        if (_system is not null)
        {
            await _system.DisposeAsync();
        }
    }

    [Test]
    public async Task The_run_says_where_the_file_goes_and_the_bucket_tells_EventBridge()
    {
        var notification = await _system.AwsAsync(
            "s3api",
            "get-bucket-notification-configuration",
            "--bucket",
            (string)_system.Info["configBucket"]!
        );

        Assert.That((string)_system.Info["configKey"]!, Is.EqualTo(Key));
        Assert.That(notification["EventBridgeConfiguration"], Is.Not.Null);
    }

    [Test]
    public async Task A_file_that_is_put_there_makes_and_deploys_its_pipelines()
    {
        await CopyAsync(ConfigClone.Config(Request("by-bucket"), Request("by-bucket-too")));

        foreach (var pipeline in new[] { Pipeline("by-bucket"), Pipeline("by-bucket-too") })
        {
            var told = await MadeAsync(pipeline);
            Assert.That((string)told["origin"]!, Is.EqualTo(Origin));
            Assert.That((string)told["revision"]!, Is.EqualTo(await ETagAsync()), "this bucket keeps no versions");
            Assert.That(await _system.EndedAsync(pipeline), Is.EqualTo("Succeeded"));
        }
    }

    [Test]
    public async Task The_same_file_again_changes_and_starts_nothing()
    {
        await CopyAsync(ConfigClone.Config(Request("again")));
        await MadeAsync(Pipeline("again"));
        await _system.EndedAsync(Pipeline("again"));

        await CopyAsync(ConfigClone.Config(Request("again")) + "\n");
        await CopyAsync(ConfigClone.Config(Request("again"), Request("after-it")));
        await MadeAsync(Pipeline("after-it"));

        Assert.That(await _system.ExecutionsAsync(Pipeline("again")), Has.Count.EqualTo(1));
        Assert.That(await _system.PackageVersionsAsync(Pipeline("again")), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_wrong_file_is_told_by_mail_with_line_and_column_and_nothing_is_changed()
    {
        var wrong = Request("wrong");
        wrong["inference_instance"] = "m5.in-a-bucket";

        await CopyAsync(ConfigClone.Config(Request("not-made"), wrong));
        var mails = await _mailbox.AboutAsync("m5.in-a-bucket");

        Assert.That(mails, Has.Count.EqualTo(1));
        Assert.That(
            mails[0],
            Does.Contain("Nothing was changed.").And.Contain($"{Key}:18:29: MLP014 /pipelines/1/inference_instance: ")
        );
        Assert.That((await PipelinesAsync()).Keys, Has.None.Contains("not-made"));
    }

    [Test]
    public async Task Another_object_in_the_bucket_is_none_of_our_business()
    {
        await _system.AwsAsync(
            "s3",
            "cp",
            "--only-show-errors",
            Write(ConfigClone.Config(Request("elsewhere"))),
            $"s3://{Bucket}/other.json"
        );
        await CopyAsync(ConfigClone.Config(Request("here")));
        await MadeAsync(Pipeline("here"));

        Assert.That((await PipelinesAsync()).Keys, Has.None.Contains("elsewhere"));
    }

    [Test]
    public async Task A_copy_within_S3_and_an_upload_in_parts_are_seen_as_well()
    {
        await _system.AwsAsync(
            "s3",
            "cp",
            "--only-show-errors",
            Write(ConfigClone.Config(Request("copied"))),
            $"s3://{Bucket}/draft.json"
        );
        await _system.AwsAsync("s3", "cp", "--only-show-errors", $"s3://{Bucket}/draft.json", $"s3://{Bucket}/{Key}");
        await MadeAsync(Pipeline("copied"));

        await InPartsAsync(ConfigClone.Config(Request("in-parts")));

        Assert.That((string)(await MadeAsync(Pipeline("in-parts")))["origin"]!, Is.EqualTo(Origin));
    }

    [Test]
    public async Task With_versions_the_revision_is_the_version()
    {
        await VersionsAsync("Enabled");
        try
        {
            await CopyAsync(ConfigClone.Config(Request("versioned")));
            var told = await MadeAsync(Pipeline("versioned"));

            var versions = await _system.AwsAsync("s3api", "list-object-versions", "--bucket", Bucket, "--prefix", Key);
            var newest = versions["Versions"]!.AsArray().Single(one => (bool)one!["IsLatest"]!)!;
            Assert.That((string)told["revision"]!, Is.EqualTo((string)newest["VersionId"]!));
        }
        finally
        {
            await VersionsAsync("Suspended");
        }
    }

    private Task<JsonNode> VersionsAsync(string status) =>
        _system.AwsAsync(
            "s3api",
            "put-bucket-versioning",
            "--bucket",
            Bucket,
            "--versioning-configuration",
            $"Status={status}"
        );

    private Task<JsonNode> CopyAsync(string content) =>
        _system.AwsAsync("s3", "cp", "--only-show-errors", Write(content), $"s3://{Bucket}/{Key}");

    private async Task InPartsAsync(string content)
    {
        string[] place = ["--bucket", Bucket, "--key", Key];
        var begun = await _system.AwsAsync(["s3api", "create-multipart-upload", .. place]);
        place = [.. place, "--upload-id", (string)begun["UploadId"]!];
        var part = await _system.AwsAsync([
            "s3api",
            "upload-part",
            .. place,
            "--part-number",
            "1",
            "--body",
            Write(content),
        ]);
        var parts = new JsonObject
        {
            ["Parts"] = new JsonArray(new JsonObject { ["ETag"] = (string)part["ETag"]!, ["PartNumber"] = 1 }),
        };
        await _system.AwsAsync([
            "s3api",
            "complete-multipart-upload",
            .. place,
            "--multipart-upload",
            parts.ToJsonString(),
        ]);
    }

    private string Write(string content)
    {
        var file = Path.Combine(_folder, "config.json");
        File.WriteAllText(file, content);
        return file;
    }

    private async Task<string> ETagAsync()
    {
        var head = await _system.AwsAsync("s3api", "head-object", "--bucket", Bucket, "--key", Key);
        return ((string)head["ETag"]!).Trim('"');
    }

    /// <summary>Waits until our API lists a pipeline.</summary>
    private async Task<JsonNode> MadeAsync(string pipeline)
    {
        using var time = new CancellationTokenSource(Patience);
        while (true)
        {
            var there = await PipelinesAsync();
            if (there.TryGetValue(pipeline, out var found))
            {
                return found;
            }

            if (time.IsCancellationRequested)
            {
                Assert.Fail($"{pipeline} is not made, only {string.Join(", ", there.Keys)}\n{_system.Process.Output}");
            }

            await Task.Delay(100);
        }
    }

    private async Task<IReadOnlyDictionary<string, JsonNode>> PipelinesAsync()
    {
        using var answer = await _system.GetAsync("/pipelines");
        return (await LocalSystem.JsonAsync(answer))["pipelines"]!
            .AsArray()
            .ToDictionary(one => (string)one!["name"]!, one => one!);
    }

    private static string Pipeline(string model) => $"mlops-pipeline-{model}-byompipelinerealtimebuiltin";

    private static JsonObject Request(string model)
    {
        var request = JsonNode.Parse(File.ReadAllText(Repository.Example("byom_realtime_builtin.json")))!.AsObject();
        request["model_name"] = model;
        return request;
    }
}
