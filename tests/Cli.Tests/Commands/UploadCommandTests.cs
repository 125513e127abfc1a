using System.Net;
using System.Text.Json;
using Mlops.Cli.Tests.Support;

namespace Mlops.Cli.Tests.Commands;

internal sealed class UploadCommandTests : CliFixture
{
    // echo -n model | sha256sum
    private const string Sha256 = "9372c470eeadd5ecd9c3c74c2b3cb633f8e2f2fad799250a0f70d652b6b825e4";
    private const string Key = "models/9372c470eead/model.tar.gz";
    private const string NoSuchKey = "<Error><Code>NoSuchKey</Code><Message>It is not there.</Message></Error>";

    [SetUp]
    public void GivenAModel()
    {
        GivenLocalSystem();
        GivenFile("model.tar.gz", "model");
    }

    [Test]
    public async Task Puts_the_file_into_the_local_systems_bucket_and_says_what_a_request_names()
    {
        Api.Answers(HttpStatusCode.NotFound, "").Answers(HttpStatusCode.OK, "");

        var exit = await Run("--local", "upload", "model.tar.gz");

        Assert.That(exit, Is.EqualTo(ExitCode.Done), Error);
        Assert.That(
            Api.Asked.Select(asked => $"{asked.Method} {asked.Url}"),
            Is.EqualTo([$"HEAD {LocalAws}/mlops-dev-assets/{Key}", $"PUT {LocalAws}/mlops-dev-assets/{Key}"])
        );
        Assert.That(Api.Asked[1].Body, Does.Contain("model"));
        Assert.That(Api.Asked[1].Headers["x-amz-meta-sha256"], Is.EqualTo(Sha256));
        Assert.That(Api.Asked[1].Headers["x-amz-sdk-checksum-algorithm"], Is.EqualTo("SHA256"));
        Assert.That(
            Output,
            Is.EqualTo(
                $"uploaded: s3://mlops-dev-assets/{Key} (5 bytes, SHA-256 {Sha256})\n"
                    + $"in a request: \"model_artifact_location\": \"{Key}\"\n"
            )
        );
    }

    [Test]
    public async Task The_same_file_again_is_not_sent()
    {
        Api.Answers(HttpStatusCode.OK, "", headers: ("x-amz-meta-sha256", Sha256));

        var exit = await Run("--local", "upload", "model.tar.gz", "-o", "json");

        Assert.That(exit, Is.EqualTo(ExitCode.Done), Error);
        Assert.That(Api.Asked.Select(asked => asked.Method), Is.EqualTo(["HEAD"]));
        using var answer = JsonDocument.Parse(Output);
        Assert.That(answer.RootElement.GetProperty("key").GetString(), Is.EqualTo(Key));
        Assert.That(answer.RootElement.GetProperty("uploaded").GetBoolean(), Is.False);
    }

    [Test]
    public async Task Another_file_at_a_key_of_the_users_own_comes_with_a_warning()
    {
        Api.Answers(HttpStatusCode.OK, "", headers: ("x-amz-meta-sha256", "other")).Answers(HttpStatusCode.OK, "");

        var exit = await Run("--local", "upload", "model.tar.gz", "--key", "churn/");

        Assert.That(exit, Is.EqualTo(ExitCode.Done), Error);
        Assert.That(Api.Asked[1].Url, Is.EqualTo($"{LocalAws}/mlops-dev-assets/churn/model.tar.gz"));
        Assert.That(
            Error,
            Is.EqualTo(
                "mlops: another file was there before. A request that names this key has not changed, so it deploys nothing anew; without --key every file gets a key of its own.\n"
            )
        );
    }

    [TestCase(
        "nothing.tar.gz",
        null,
        "mlops: nothing.tar.gz cannot be read: ",
        TestName = "Refuses_a_file_that_is_not_there"
    )]
    [TestCase(
        ".",
        null,
        "mlops: . is a folder. Pack it as SageMaker wants a model: tar -czf model.tar.gz -C '.' .",
        TestName = "Refuses_a_folder"
    )]
    [TestCase(
        "model.tar.gz",
        "/x",
        "mlops: \"/x\" is not a key in the bucket mlops-dev-assets. Write a key without scheme and bucket",
        TestName = "Refuses_a_key_that_no_request_could_name"
    )]
    [TestCase(
        "model.tar.gz",
        "s3://b/x",
        "mlops: \"s3://b/x\" is not a key in the bucket mlops-dev-assets. Write a key without scheme and bucket",
        TestName = "Refuses_a_place_with_a_bucket"
    )]
    [TestCase(
        "model.tar.gz",
        "mlops_provisioned_pipelines/x/template.zip",
        "mlops: mlops_provisioned_pipelines/ is where the Orchestrator keeps its packages.",
        TestName = "Refuses_to_overwrite_a_package"
    )]
    public async Task Refuses(string file, string? key, string complaint)
    {
        var exit = await Run(["--local", "upload", file, .. key is null ? Array.Empty<string>() : ["--key", key]]);

        Assert.That(exit, Is.EqualTo(ExitCode.Failed));
        Assert.That(Error, Does.StartWith(complaint));
        Assert.That(Api.Asked, Is.Empty);
    }

    [Test]
    public async Task Without_a_bucket_the_remedy_says_how_to_name_one()
    {
        var exit = await Run("upload", "model.tar.gz");

        Assert.That(exit, Is.EqualTo(ExitCode.Failed));
        Assert.That(
            Error,
            Is.EqualTo(
                "mlops: No assets bucket is given. Pass --bucket NAME or set MLOPS_ASSETS_BUCKET; its name is printed by: pulumi stack output assetsBucket. For the system on this machine pass --local.\n"
            )
        );
    }

    [Test]
    public async Task A_bucket_that_is_not_there_is_told_so()
    {
        Api.Answers(HttpStatusCode.NotFound, "")
            .Answers(HttpStatusCode.NotFound, NoSuchKey.Replace("NoSuchKey", "NoSuchBucket"), "application/xml");

        var exit = await Run("--local", "upload", "model.tar.gz", "--bucket", "somewhere");

        Assert.That(exit, Is.EqualTo(ExitCode.Failed));
        Assert.That(
            Error,
            Is.EqualTo(
                "mlops: The bucket somewhere does not take the file: It is not there. Compare its name with: pulumi stack output assetsBucket\n"
            )
        );
    }
}
