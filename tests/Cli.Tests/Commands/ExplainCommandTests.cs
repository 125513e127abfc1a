using System.Text.Json;
using Mlops.Cli.Tests.Support;

namespace Mlops.Cli.Tests.Commands;

internal sealed class ExplainCommandTests : CliFixture
{
    [Test]
    public async Task Blueprints_are_listed_with_their_pipeline_types()
    {
        var exit = await Run("blueprints");

        Assert.That(exit, Is.EqualTo(ExitCode.Done));
        Assert.That(Output, Does.Contain("realtime-inference: ").And.Contain("  byom_realtime_custom: "));
    }

    [Test]
    public async Task Blueprints_are_listed_as_the_API_lists_them()
    {
        await Run("blueprints", "--output", "json");

        using var list = JsonDocument.Parse(Output);
        Assert.That(
            list.RootElement.GetProperty("blueprints")
                .EnumerateArray()
                .Select(blueprint => blueprint.GetProperty("name").GetString()),
            Does.Contain("realtime-inference")
        );
    }

    [Test]
    public async Task A_type_is_explained_key_by_key()
    {
        var exit = await Run("explain", "byom_realtime_builtin");

        Assert.That(exit, Is.EqualTo(ExitCode.Done));
        Assert.That(
            Output,
            Does.StartWith("byom_realtime_builtin: ")
                .And.Contain(
                    "\nmodel_framework text; 63 characters at most\n"
                        + "  Framework or algorithm, which decides the image together with its version.\n"
                        + "  required where the model does not come from the SageMaker Model Registry, and there is no `custom_image_uri`\n"
                        + "  example: \"xgboost\"\n"
                )
        );
    }

    [Test]
    public async Task The_example_that_is_printed_is_a_request()
    {
        await Run("explain", "byom_realtime_builtin");
        GivenFile("request.json", Output[Output.IndexOf("\n{\n", StringComparison.Ordinal)..]);

        Assert.That(await Run("validate", "request.json"), Is.EqualTo(ExitCode.Done), Output);
    }

    [Test]
    public async Task An_unknown_type_is_refused_with_those_that_there_are()
    {
        var exit = await Run("explain", "byom_realtime_biultin");

        Assert.That(exit, Is.EqualTo(ExitCode.Failed));
        Assert.That(Error, Does.Contain("Did you mean byom_realtime_builtin?"));
    }
}
