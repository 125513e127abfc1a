using System.Text.Json;
using Mlops.Cli.Tests.Support;

namespace Mlops.Cli.Tests.Commands;

internal sealed class BlueprintCommandTests : CliFixture
{
    [Test]
    public async Task A_new_blueprint_passes_the_check_as_it_is()
    {
        var made = await Run("blueprint", "new", "drift-report");
        var checkedWell = await Run("blueprint", "check", "drift-report");

        Assert.That((made, checkedWell), Is.EqualTo((ExitCode.Done, ExitCode.Done)), Output);
        Assert.That(
            Output,
            Is.EqualTo(
                """
                drift-report/blueprint.json
                drift-report/examples/drift_report.json
                drift-report/template.yaml
                Check it: mlops blueprint check drift-report
                examples/drift_report.json: can be provisioned
                skipped cfn-lint: it is not installed (pip install cfn-lint)
                skipped cdk-nag: it runs from a checkout of the repository (./mlops blueprint check)
                skipped asl-validator: it runs from a checkout of the repository (./mlops blueprint check)
                skipped local AWS: it runs from a checkout of the repository (./mlops blueprint check)
                drift-report: conforms

                """.ReplaceLineEndings("\n")
            )
        );
    }

    [Test]
    public async Task In_a_checkout_the_manifest_names_its_schema_for_editors()
    {
        SetEnvironment("MLOPS_ROOT", Path.Combine(Folder, "checkout"));

        await Run("blueprint", "new", "mine");

        using var manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "mine/blueprint.json")));
        Assert.That(
            manifest.RootElement.GetProperty("$schema").GetString(),
            Is.EqualTo("../checkout/blueprints/blueprint.schema.json")
        );
        Assert.That(await Run("blueprint", "check", "mine", "--no-local"), Is.EqualTo(ExitCode.Done), Output);
    }

    [Test]
    public async Task Problems_are_a_failure_and_JSON_for_programs()
    {
        await Run("blueprint", "new", "mine", "--output", "json");
        File.Delete(Path.Combine(Folder, "mine/examples/mine.json"));

        var exit = await Run("blueprint", "check", "mine", "--output", "json");

        Assert.That(exit, Is.EqualTo(ExitCode.Failed));
        using var answer = JsonDocument.Parse(Output.Trim().Split('\n')[^1]);
        Assert.That(answer.RootElement.GetProperty("valid").GetBoolean(), Is.False);
        Assert.That(
            answer.RootElement.GetProperty("problems")[0].GetProperty("file").GetString(),
            Is.EqualTo("examples/mine.json")
        );
    }

    [Test]
    public async Task A_name_or_type_of_ours_is_taken()
    {
        await Run("blueprint", "new", "byom-realtime-custom");

        var exit = await Run("blueprint", "check", "byom-realtime-custom");

        Assert.That(exit, Is.EqualTo(ExitCode.Failed));
        Assert.That(
            Output,
            Does.Contain(
                "The pipeline type byom_realtime_custom is that of our blueprint realtime-inference; call yours another name."
            )
        );
    }

    [Test]
    public async Task A_name_and_a_type_of_the_model_cards_is_taken()
    {
        await Run("blueprint", "new", "model-cards");
        var manifest = Path.Combine(Folder, "model-cards", "blueprint.json");
        var text = await File.ReadAllTextAsync(manifest);
        await File.WriteAllTextAsync(
            manifest,
            text.Replace("\"model_cards\"", "\"create_model_card\"", StringComparison.Ordinal)
        );

        var exit = await Run("blueprint", "check", "model-cards");

        Assert.That(exit, Is.EqualTo(ExitCode.Failed));
        Assert.That(Output, Does.Contain("A blueprint of ours is called model-cards; call yours another name."));
        Assert.That(
            Output,
            Does.Contain(
                "The pipeline type create_model_card is that of our blueprint model-cards; call yours another name."
            )
        );
    }

    [TestCase("Mine")]
    [TestCase("1st")]
    [TestCase("a_b")]
    [TestCase("a-name-that-is-much-too-long-to-be-one")]
    public async Task Refuses_the_name(string name)
    {
        Assert.That(await Run("blueprint", "new", name), Is.EqualTo(ExitCode.Failed));
        Assert.That(Error, Does.StartWith($"mlops: \"{name}\" cannot be the name of a blueprint."));
    }

    [Test]
    public async Task What_is_there_is_never_overwritten()
    {
        await Run("blueprint", "new", "mine");

        Assert.That(await Run("blueprint", "new", "mine"), Is.EqualTo(ExitCode.Failed));
        Assert.That(Error, Does.StartWith("mlops: mine is there already."));
    }

    [Test]
    public async Task Wrong_usage_is_told_with_the_help_of_that_very_command()
    {
        Assert.That(await Run("blueprint", "check", "mine", "--bananas"), Is.EqualTo(ExitCode.WrongUsage));
        Assert.That(Error, Does.EndWith("How it is used: mlops blueprint check --help\n"));
    }

    [Test]
    public async Task A_folder_that_is_not_there_is_told()
    {
        Assert.That(await Run("blueprint", "check", "none"), Is.EqualTo(ExitCode.Failed));
        Assert.That(Error, Is.EqualTo("mlops: There is no folder none. Make one: mlops blueprint new NAME\n"));
    }
}
