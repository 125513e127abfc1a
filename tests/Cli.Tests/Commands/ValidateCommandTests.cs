using System.Text.Json;
using Mlops.Cli.Tests.Support;

namespace Mlops.Cli.Tests.Commands;

internal sealed class ValidateCommandTests : CliFixture
{
    private const string Valid = """
        {
          "pipeline_type": "byom_realtime_builtin",
          "model_name": "my-model",
          "model_framework": "xgboost",
          "model_framework_version": "1.7-1",
          "model_artifact_location": "models/model.tar.gz",
          "inference_instance": "ml.m5.large",
          "data_capture_location": "my-bucket/captured"
        }
        """;

    [Test]
    public async Task A_right_request_is_valid()
    {
        GivenFile("request.json", Valid);

        var exit = await Run("validate", "request.json");

        Assert.That((exit, Output), Is.EqualTo((ExitCode.Done, "request.json: valid\n")));
    }

    [Test]
    public async Task Operations_on_model_cards_are_checked_too()
    {
        GivenFile("right.json", """{"pipeline_type": "create_model_card", "name": "my-card"}""");
        GivenFile("wrong.json", """{"pipeline_type": "create_model_card", "name": "my-card", "model_overview": []}""");

        Assert.That(await Run("validate", "right.json"), Is.EqualTo(ExitCode.Done));
        Assert.That(await Run("validate", "wrong.json"), Is.EqualTo(ExitCode.Failed));
        Assert.That(Output, Does.Contain("MLP015"));
    }

    [Test]
    public async Task A_config_file_of_several_requests_is_judged_as_a_commit_of_it_would_be()
    {
        GivenFile("right.json", $$"""{"pipelines": [{{Valid}}], "prune": true, "pruneLimit": 3}""");
        GivenFile(
            "wrong.json",
            $$"""
            {
              "pipelines": [
            {{Valid}},
            {{Valid.Replace("my-model", "My-Model")}},
            {{Valid.Replace("\"ml.m5.large\"", "\"m5.large\"").Replace("my-model", "another")}},
            {"pipeline_type": "list_model_cards"}
              ]
            }
            """
        );

        var right = await Run("validate", "right.json");
        var wrong = await Run("validate", "wrong.json");

        Assert.That((right, wrong), Is.EqualTo((ExitCode.Done, ExitCode.Failed)));
        Assert.That(
            Output
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line[..line.IndexOf(": ", StringComparison.Ordinal)]),
            Is.EqualTo((string[])["right.json", "wrong.json:14:17", "wrong.json:27:25", "wrong.json:30:19"])
        );
        Assert.That(Output, Does.Contain("MLP008 /pipelines/1/model_name: The request in line 3 makes the pipeline "));
        Assert.That(Output, Does.Contain("MLP014 /pipelines/2/inference_instance: "));
        Assert.That(Output, Does.Contain("MLP017 /pipelines/3/pipeline_type: "));
    }

    [TestCase("""{"pipelines": {}}""", "file.json:1:15: MLP015 /pipelines: ")]
    [TestCase("""{"pipelines": [], "pruneLimit": 1}""", "file.json:1:33: MLP034 /pruneLimit: ")]
    [TestCase("""{"pipelines": [], "prun": true}""", "file.json:1:27: MLP035 /prun: ")]
    public async Task What_is_wrong_with_the_file_itself_is_found(string file, string finding)
    {
        GivenFile("file.json", file);

        await Run("validate", "file.json");

        Assert.That(Output, Does.StartWith(finding));
    }

    [Test]
    public async Task Nothing_is_asked_of_anybody()
    {
        GivenFile("request.json", Valid);

        await Run("--local", "validate", "request.json");

        Assert.That(Api.Asked, Is.Empty);
    }

    [Test]
    public async Task Every_finding_has_file_line_and_column()
    {
        GivenFile(
            "request.json",
            Valid.Replace("\"ml.m5.large\"", "\"m5.large\"").Replace("  \"model_name\": \"my-model\",\n", "")
        );

        var exit = await Run("validate", "request.json");

        Assert.That(exit, Is.EqualTo(ExitCode.Failed));
        Assert.That(Output, Does.Contain("request.json:6:25: MLP014 /inference_instance: "));
        Assert.That(Output, Does.Match(@"request\.json:\d+:\d+: MLP011 .*model_name"));
    }

    [Test]
    public async Task A_syntax_error_has_its_place()
    {
        GivenFile("request.json", "{\n  \"pipeline_type\": nonsense\n}");

        var exit = await Run("validate", "request.json");

        Assert.That(exit, Is.EqualTo(ExitCode.Failed));
        Assert.That(Output, Does.StartWith("request.json:2:"));
    }

    [Test]
    public async Task A_deployment_with_a_registry_asks_for_a_model_package()
    {
        GivenFile("request.json", Valid);

        var exit = await Run("validate", "request.json", "--registry", "on");

        Assert.That(exit, Is.EqualTo(ExitCode.Failed));
        Assert.That(Output, Does.Contain("/model_package_name"));
    }

    [Test]
    public async Task Several_files_are_judged_each()
    {
        GivenFile("good.json", Valid);
        GivenFile("bad.json", "[]");

        var exit = await Run("validate", "good.json", "bad.json");

        Assert.That(exit, Is.EqualTo(ExitCode.Failed));
        Assert.That(Output, Does.StartWith("good.json: valid\nbad.json:1:1: MLP003 request: "));
    }

    [Test]
    public async Task Standard_input_is_a_file_like_any_other()
    {
        GivenInput(Valid);

        await Run("validate", "-");

        Assert.That(Output, Is.EqualTo("standard input: valid\n"));
    }

    [Test]
    public async Task Json_has_every_finding_with_its_place()
    {
        GivenFile("request.json", Valid.Replace("\"ml.m5.large\"", "\"m5.large\""));

        var exit = await Run("validate", "request.json", "-o", "json");

        using var answer = JsonDocument.Parse(Output);
        var finding = answer.RootElement.GetProperty("files")[0].GetProperty("findings")[0];
        Assert.That(exit, Is.EqualTo(ExitCode.Failed));
        Assert.That(answer.RootElement.GetProperty("valid").GetBoolean(), Is.False);
        Assert.That(finding.GetProperty("code").GetString(), Is.EqualTo("MLP014"));
        Assert.That(
            (finding.GetProperty("line").GetInt32(), finding.GetProperty("column").GetInt32()),
            Is.EqualTo((7, 25))
        );
    }

    [Test]
    public async Task Every_example_of_a_blueprint_is_valid()
    {
        var examples = Directory.GetFiles(
            Path.Combine(AppContext.BaseDirectory, "blueprints"),
            "*.json",
            SearchOption.AllDirectories
        );

        // The command checks for one target; an example with values for several is not for it.
        var single = examples.Where(file =>
            Path.GetFileName(Path.GetDirectoryName(file)) == "examples"
            && !file.EndsWith(".multi.json", StringComparison.Ordinal)
        );
        foreach (var example in single)
        {
            var registry = example.Contains(".registry.", StringComparison.Ordinal) ? "on" : "off";

            Assert.That(
                await Run("validate", example, "--registry", registry),
                Is.EqualTo(ExitCode.Done),
                () => Output
            );
        }

        Assert.That(examples, Is.Not.Empty);
    }
}
