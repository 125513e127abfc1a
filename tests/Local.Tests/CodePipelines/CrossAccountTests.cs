using System.Text.Json.Nodes;
using static Mlops.Local.Tests.CodePipelines.Definitions;

namespace Mlops.Local.Tests.CodePipelines;

/// <summary>An action whose role is of another account than the pipeline: the service's three conditions, and what it refuses.</summary>
public sealed class CrossAccountTests
{
    private const string Target = "210987654321";
    private const string Key = "arn:aws:kms:us-east-1:123456789012:key/0b0b0b0b-0000-4000-8000-000000000000";

    private Bench bench = null!;

    [SetUp]
    public async Task Start()
    {
        bench = await Bench.StartAsync();
        await bench.UploadAsync(("template.yaml", Template), ("pipeline.json", Configuration($"q-{bench.Id}")));
    }

    [TearDown]
    public async Task End() => await bench.DisposeAsync();

    [Test]
    public async Task It_deploys_there()
    {
        var run = await RunAsync(Bench.Account, Key);

        Assert.That(run["status"]!.ToString(), Is.EqualTo("Succeeded"), run.ToJsonString());
        Assert.That(
            run["externalExecutionId"]!.ToString(),
            Does.StartWith($"arn:aws:cloudformation:us-east-1:{Target}:stack/{bench.Stack}/")
        );
    }

    [TestCase("codepipeline.amazonaws.com", Key, "it does not trust account 123456789012")]
    [TestCase("333333333333", Key, "it does not trust account 123456789012")]
    [TestCase(
        Bench.Account,
        null,
        "names a customer managed key by its ARN or id (encryptionKey)",
        Description = "the key that S3 takes by itself"
    )]
    [TestCase(
        Bench.Account,
        "arn:aws:kms:us-east-1:123456789012:alias/artifacts",
        "names a customer managed key by its ARN or id (encryptionKey)"
    )]
    public async Task It_is_refused(string trusted, string? key, string because)
    {
        var run = await RunAsync(trusted, key);

        Assert.That(run["status"]!.ToString(), Is.EqualTo("Failed"));
        Assert.That(run["errorDetails"]!["code"]!.ToString(), Is.EqualTo("PermissionError"));
        Assert.That(run["errorDetails"]!["message"]!.ToString(), Does.EndWith(because));
    }

    [TestCase(
        "deliver",
        Target,
        "PermissionError",
        "CodePipeline is not authorized to perform AssumeRole on role ROLE: there is no such role (AccessDenied)"
    )]
    [TestCase("stack", Target, "JobFailed", "Role ROLE is invalid or cannot be assumed (ValidationError)")]
    [TestCase("stack", Bench.Account, "PermissionError", "Cross-account pass role is not allowed: ROLE")]
    public async Task A_role_that_is_missing_or_elsewhere_is_refused(
        string role,
        string account,
        string code,
        string because
    )
    {
        var run = await RunAsync(Bench.Account, Key, without: role, stackAccount: account);

        Assert.That(run["status"]!.ToString(), Is.EqualTo("Failed"));
        var error = run["errorDetails"]!;
        Assert.That(
            (error["code"]!.ToString(), error["message"]!.ToString()),
            Is.EqualTo((code, because.Replace("ROLE", $"arn:aws:iam::{account}:role/tests/{role}-{bench.Id}")))
        );
    }

    private async Task<JsonNode> RunAsync(
        string trusted,
        string? key,
        string? without = null,
        string stackAccount = Target
    )
    {
        var deliver = $"arn:aws:iam::{Target}:role/tests/deliver-{bench.Id}";
        var stack = $"arn:aws:iam::{stackAccount}:role/tests/stack-{bench.Id}";
        if (without != "deliver")
        {
            await bench.MakeRoleAsync(deliver, trusted);
        }

        if (without != "stack")
        {
            await bench.MakeRoleAsync(stack, "cloudformation.amazonaws.com");
        }

        var deploy = Deploy(bench, "CREATE_UPDATE", 1, new() { ["RoleArn"] = stack });
        deploy["roleArn"] = deliver;
        var definition = Of(bench, ("Deploy", [deploy]));
        if (key is not null)
        {
            definition["artifactStore"]!["encryptionKey"] = new JsonObject { ["id"] = key, ["type"] = "KMS" };
        }

        await bench.EndAsync(await bench.CreateAsync(definition));
        return (await bench.ActionAsync("Deploy", "Deploy"))["latestExecution"]!;
    }
}
