using System.Runtime.Versioning;
using System.Text.Json;
using Mlops.Cli.Tests.Support;

namespace Mlops.Cli.Tests.Commands;

/// <summary>What others' tools and the local AWS say of a blueprint, with scripts in the place of Node.js and <c>./mlops local</c>.</summary>
[Platform(Exclude = "Win"), UnsupportedOSPlatform("windows")]
internal sealed class BlueprintCheckToolsTests : CliFixture
{
    private const string Ready = """{"event":"packagesChosen","source":"standins"}""";
    private const string Answered =
        """{"event":"exampleAnswered","type":"mine","status":200,"answer":{"pipeline_name":"mlops-pipeline-my-model-mine"}}""";
    private const string LeftOut =
        """{"event":"leftOut","where":"mlops-pipeline-my-model-mine","things":[{"type":"AWS::IAM::Role","property":"Policies","name":"JobRole"}]}""";
    private const string Succeeded =
        """{"event":"pipelineEnded","name":"mlops-pipeline-my-model-mine","status":"Succeeded","reason":null}""";

    [SetUp]
    public async Task Begin()
    {
        SetEnvironment("MLOPS_ROOT", Folder);
        await Run("blueprint", "new", "mine", "--output", "json");
    }

    [Test]
    public async Task A_missing_tool_is_told_with_what_installs_it()
    {
        GivenScript("bin/node", "exit 0");
        GivenLocal(Ready, Answered, Succeeded);

        Assert.That(await Run("blueprint", "check", "mine"), Is.EqualTo(ExitCode.Done));
        Assert.That(
            Output,
            Does.Contain(
                $"skipped cdk-nag: it is not installed (npm ci --ignore-scripts --prefix {Folder}/checks)\n"
                    + $"skipped asl-validator: it is not installed (npm ci --ignore-scripts --prefix {Folder}/checks)\n"
                    + "mine: conforms\n"
            )
        );
    }

    [Test]
    public async Task What_cdk_nag_finds_is_a_problem()
    {
        GivenPackages();
        GivenScript(
            "bin/node",
            "case $1 in */nag.mjs) echo 'template.yaml: JobLogs: AwsSolutions-X1 It is not good.' >&2; exit 1;; esac"
        );

        Assert.That(await Run("blueprint", "check", "mine"), Is.EqualTo(ExitCode.Failed));
        Assert.That(
            Output,
            Does.Contain("template.yaml: cdk-nag JobLogs: AwsSolutions-X1 It is not good.\n")
                .And.Contain("skipped local AWS: it comes when there is no other problem\n")
                .And.EndsWith("mine: 1 problem\n")
        );
    }

    [Test]
    public async Task A_tool_that_breaks_down_is_no_success()
    {
        GivenPackages();
        GivenScript("bin/node", "echo 'Error: Cannot find module' >&2; exit 1");

        Assert.That(await Run("blueprint", "check", "mine", "--no-local"), Is.EqualTo(ExitCode.Failed));
        Assert.That(
            Output,
            Does.Contain("cdk-nag It could not look: Error: Cannot find module (exit code 1)")
                .And.Contain("skipped local AWS: --no-local leaves it out")
        );
    }

    [Test]
    public async Task Examples_are_provisioned_on_the_local_AWS()
    {
        GivenLocal(Ready, Answered, LeftOut, Succeeded);

        Assert.That(await Run("blueprint", "check", "mine"), Is.EqualTo(ExitCode.Done));
        Assert.That(
            Output,
            Does.Contain(
                    "examples/mine.json: provisioned on the local AWS as mlops-pipeline-my-model-mine\n"
                        + "not carried out locally: AWS::IAM::Role.Policies (JobRole)\n"
                )
                .And.EndsWith("mine: conforms\n")
        );
        Assert.That(
            File.ReadAllText(Path.Combine(Folder, "arguments")),
            Does.StartWith("local --once --approve-all --output json --port 0 --api-port 0 --info ")
                .And.Contain("--config mlops:lambdaPackage=managed")
                .And.Contain($"--config mlops:blueprintPaths=[\"{Folder}/mine\"] --example mine\n")
        );
    }

    [Test]
    public async Task Examples_for_the_registry_are_provisioned_with_it_and_those_for_several_accounts_are_not()
    {
        var example = File.ReadAllText(Path.Combine(Folder, "mine/examples/mine.json"));
        GivenFile("mine/examples/mine.registry.json", example);
        GivenFile("mine/examples/mine.multi.json", example);
        GivenLocal(Ready, Answered, Succeeded, Answered.Replace("mine\"", "mine.registry\""), Succeeded);

        await Run("blueprint", "check", "mine", "--output", "json");

        using var answer = JsonDocument.Parse(Output.Trim().Split('\n')[^1]);
        Assert.That(
            answer.RootElement.GetProperty("skipped").EnumerateArray().Last().GetString(),
            Is.EqualTo("local AWS: mine.multi.json: the local AWS has one account")
        );
        Assert.That(
            File.ReadAllText(Path.Combine(Folder, "arguments")),
            Does.Contain("--config mlops:useModelRegistry=true --example mine.registry\n")
        );
    }

    [TestCase(
        """{"event":"exampleAnswered","type":"mine","status":400,"answer":{"detailedMessage":"MLP031 /rows: no."}}""",
        "the API answered 400: MLP031 /rows: no."
    )]
    [TestCase(
        """{"event":"pipelineEnded","name":"mlops-pipeline-my-model-mine","status":"Failed","reason":"Run: the job failed"}""",
        "Run: the job failed."
    )]
    [TestCase(
        """{"event":"failed","text":"The local AWS has ended by itself."}""",
        "The local AWS has ended by itself."
    )]
    [TestCase("", "the run has ended before (exit code 1).")]
    public async Task An_example_that_fails_there_is_a_problem(string told, string why)
    {
        string[] before = told.Contains("pipelineEnded", StringComparison.Ordinal) ? [Ready, Answered] : [Ready];
        GivenScript("mlops", $"cat <<'END'\n{string.Join('\n', [.. before, told])}\nEND\nexit 1");

        Assert.That(await Run("blueprint", "check", "mine"), Is.EqualTo(ExitCode.Failed));
        Assert.That(
            Output,
            Does.Contain($"examples/mine.json: local It was not provisioned on the local AWS: {why}\n")
        );
    }

    [Test]
    public async Task A_local_AWS_that_cannot_be_started_here_is_told_and_is_no_problem_of_the_blueprint()
    {
        GivenScript("mlops", "echo 'mlops: Python 3 is missing.' >&2; exit 1");

        Assert.That(await Run("blueprint", "check", "mine"), Is.EqualTo(ExitCode.Done));
        Assert.That(
            Output,
            Does.Contain("skipped local AWS: it does not start here: mlops: Python 3 is missing.\nmine: conforms\n")
        );
    }

    private void GivenLocal(params string[] events) =>
        GivenScript("mlops", $"echo \"$*\" >>arguments\ncat <<'END'\n{string.Join('\n', events)}\nEND");

    private void GivenPackages()
    {
        GivenFile("checks/node_modules/cdk-nag/package.json", "{}");
        GivenFile("checks/node_modules/asl-validator/package.json", "{}");
    }

    private void GivenScript(string name, string script)
    {
        GivenFile(name, $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(
            Path.Combine(Folder, name),
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        );
        SetEnvironment("PATH", Path.Combine(Folder, "bin"));
    }
}
