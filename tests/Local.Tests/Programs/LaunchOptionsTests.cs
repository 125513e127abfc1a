using System.Text.Json.Nodes;
using Mlops.Infra;
using Mlops.Infra.Publishing;
using Mlops.Local.Processes;
using Mlops.Local.Programs;
using Mlops.Local.Stacks.Wire;
using Mlops.Local.Tests.Stacks;
using Mlops.Provisioning;

namespace Mlops.Local.Tests.Programs;

/// <summary>The program with every launch option, in a local AWS that is asked by other calls than those that made it.</summary>
[TestFixture, NonParallelizable] // Pulumi's SDK documents its test mode as serial only.
public sealed class LaunchOptionsTests
{
    private static readonly AwsAccount Account = AwsAccount.Orchestrator("us-east-1");

    private static readonly StackSettings Everything = new()
    {
        AccountMode = AccountMode.Single,
        Region = "us-east-1",
        NotificationEmail = "team@example.com",
        RetainData = false,
        ConfigBucket = "my-config",
        ExistingAssetsBucket = "my-models",
        ExistingEcrRepository = "team/algorithms",
        UseModelRegistry = true,
        CreateModelRegistry = true,
        DetailedErrors = false,
        LogRetentionDays = 365,
        ReservedConcurrency = 5,
        ApiThrottle = new ApiThrottle(RatePerSecond: 2, Burst: 4),
        ManageApiGatewayAccount = false,
        WafWebAclArn =
            "arn:aws:wafv2:us-east-1:123456789012:regional/webacl/my-acl/11111111-2222-3333-4444-555555555555",
        Tags = new Dictionary<string, string> { ["team"] = "data science" },
    };

    private EngineFixture fixture = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => fixture = await EngineFixture.StartAsync();

    [OneTimeTearDown]
    public async Task EndAsync() => await fixture.DisposeAsync();

    [SetUp]
    public Task EmptyAsync() => fixture.ResetAsync();

    [Test]
    public async Task What_the_settings_say_is_what_the_local_AWS_has()
    {
        var own = new UsersOwn(fixture.Aws, Account);
        var settings = await own.MakeAsync(Everything, CancellationToken.None);

        var outputs = await RunAsync(settings);

        Assert.That(
            own.Sentence,
            Is.EqualTo(
                "Made first, for the settings say that you have them: bucket my-models, bucket my-config, repository team/algorithms, web ACL my-acl."
            )
        );
        Assert.That(outputs.AssetsBucket, Is.EqualTo("my-models"));
        Assert.That(await RepositoriesAsync(), Is.EqualTo(["team/algorithms"]));
        Assert.That(await ConcurrencyAsync("mlops-dev-orchestrator"), Is.EqualTo(5));
        Assert.That(await ConcurrencyAsync("mlops-dev-deployment-flow"), Is.Null);
        Assert.That(await RetentionAsync(), Is.Not.Empty.And.All.EqualTo(365));
        Assert.That(await WebAclOfStageAsync(), Is.EqualTo(settings.WafWebAclArn));
        var told = await EnvironmentAsync("mlops-dev-orchestrator");
        Assert.That(
            (
                (string?)told[DeploymentEnvironment.AssetsBucket],
                (string?)told[DeploymentEnvironment.EcrRepositoryArn],
                (string?)told[DeploymentEnvironment.UseModelRegistry],
                (string?)told[DeploymentEnvironment.DetailedErrors]
            ),
            Is.EqualTo(("my-models", "arn:aws:ecr:us-east-1:123456789012:repository/team/algorithms", "true", "false"))
        );
        Assert.That(await TagsOfAsync("mlops-dev-orchestrator"), Does.Contain("\"team\":\"data science\""));
    }

    [Test]
    public async Task What_is_the_users_stays_as_it_was()
    {
        var settings = await new UsersOwn(fixture.Aws, Account).MakeAsync(Everything, CancellationToken.None);
        var before = await BucketAsync("my-models");

        await RunAsync(settings);

        Assert.That(await BucketAsync("my-models"), Is.EqualTo(before));
    }

    [Test]
    public async Task The_key_of_the_users_bucket_is_found_by_its_alias_and_given_to_our_roles()
    {
        var settings = await new UsersOwn(fixture.Aws, Account).MakeAsync(Everything, CancellationToken.None);
        var key = (await JsonAsync("kms", "TrentService.CreateKey", []))["KeyMetadata"]!;
        await JsonAsync(
            "kms",
            "TrentService.CreateAlias",
            new JsonObject { ["AliasName"] = "alias/models", ["TargetKeyId"] = (string?)key["KeyId"] }
        );
        await EncryptAsync("my-models", "alias/models");

        await RunAsync(settings);

        foreach (
            var (role, policy) in new[] { ("mlops-dev-orchestrator", "Packages"), ("mlops-dev-pipeline", "Packages") }
        )
        {
            var answer = await fixture.Aws.QueryAsync(
                Account,
                "iam",
                "2010-05-08",
                "GetRolePolicy",
                [("RoleName", role), ("PolicyName", policy)],
                CancellationToken.None
            );
            Assert.That(Uri.UnescapeDataString(answer.Value), Does.Contain((string)key["Arn"]!), role);
        }
    }

    [Test]
    public async Task What_is_there_already_is_taken_as_it_is()
    {
        await new UsersOwn(fixture.Aws, Account).MakeAsync(Everything, CancellationToken.None);
        var again = new UsersOwn(fixture.Aws, Account);

        await again.MakeAsync(Everything, CancellationToken.None);

        Assert.That(again.Sentence, Is.Null);
    }

    [Test]
    public void A_bucket_that_is_not_there_stops_the_program_with_a_sentence()
    {
        var settings = Everything with { ExistingAssetsBucket = "no-such-bucket" };

        Assert.That(
            () => RunAsync(settings),
            Throws
                .TypeOf<StartFailedException>()
                .With.Message.Contains("mlops:existingAssetsBucket: the bucket no-such-bucket cannot be looked up: ")
                .And.Message.EndsWith("Run: pulumi config rm mlops:existingAssetsBucket")
        );
    }

    private Task<ProgramOutputs> RunAsync(StackSettings settings)
    {
        var package = new LambdaPackage(
            fixture.Package.ZipPath,
            fixture.Package.Sha256Base64,
            "provided.al2023",
            "bootstrap",
            "x86_64"
        );
        return ProgramRun.RunAsync("dev", settings, new LambdaPackages(package, package), fixture.Engine);
    }

    private async Task<IEnumerable<string?>> RepositoriesAsync()
    {
        var answer = await JsonAsync("ecr", "AmazonEC2ContainerRegistry_V20150921.DescribeRepositories", []);
        return answer["repositories"]!.AsArray().Select(repository => (string?)repository!["repositoryName"]);
    }

    private async Task<int?> ConcurrencyAsync(string function) =>
        (int?)(await LambdaAsync($"/2019-09-30/functions/{function}/concurrency"))["ReservedConcurrentExecutions"];

    private async Task<JsonNode> EnvironmentAsync(string function) =>
        (await LambdaAsync($"/2015-03-31/functions/{function}"))["Configuration"]!["Environment"]!["Variables"]!;

    private async Task<string> TagsOfAsync(string function) =>
        (await LambdaAsync($"/2015-03-31/functions/{function}"))["Tags"]!.ToJsonString();

    private async Task<IEnumerable<int?>> RetentionAsync()
    {
        var answer = await JsonAsync("logs", "Logs_20140328.DescribeLogGroups", []);
        return answer["logGroups"]!.AsArray().Select(group => (int?)group!["retentionInDays"]);
    }

    private async Task<string?> WebAclOfStageAsync()
    {
        var apis = await fixture.Aws.RestAsync(
            Account,
            "apigateway",
            HttpMethod.Get,
            "/restapis",
            null,
            CancellationToken.None
        );
        var api = (apis["item"] ?? apis["_embedded"]!["item"])!.AsArray().Single()!["id"];
        var answer = await JsonAsync(
            "wafv2",
            "AWSWAF_20190729.GetWebACLForResource",
            new JsonObject { ["ResourceArn"] = $"arn:aws:apigateway:us-east-1::/restapis/{api}/stages/prod" }
        );
        return (string?)answer["WebACL"]?["ARN"];
    }

    /// <summary>Everything that can be set on a bucket, as S3 tells it.</summary>
    private async Task<string> BucketAsync(string bucket)
    {
        using var http = new HttpClient();
        var told = new List<string>();
        foreach (
            var part in new[]
            {
                "versioning",
                "policy",
                "encryption",
                "lifecycle",
                "logging",
                "tagging",
                "publicAccessBlock",
                "ownershipControls",
                "notification",
            }
        )
        {
            using var answer = await http.GetAsync(new Uri(fixture.Aws.Endpoint, $"/{bucket}?{part}"));
            told.Add($"{part} {(int)answer.StatusCode}");
            if (answer.IsSuccessStatusCode)
            {
                told.Add(await answer.Content.ReadAsStringAsync());
            }
        }

        return string.Join('\n', told);
    }

    private async Task EncryptAsync(string bucket, string key)
    {
        using var http = new HttpClient();
        using var content = new StringContent(
            $"""<ServerSideEncryptionConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>aws:kms</SSEAlgorithm><KMSMasterKeyID>{key}</KMSMasterKeyID></ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>"""
        );
        using var answer = await http.PutAsync(new Uri(fixture.Aws.Endpoint, $"/{bucket}?encryption"), content);
        answer.EnsureSuccessStatusCode();
    }

    private Task<JsonObject> JsonAsync(string service, string target, JsonObject body) =>
        fixture.Aws.JsonAsync(Account, service, target, body, CancellationToken.None);

    private Task<JsonObject> LambdaAsync(string path) =>
        fixture.Aws.RestAsync(Account, "lambda", HttpMethod.Get, path, null, CancellationToken.None);
}
