using System.Text.Json;
using Mlops.Cli.Tests.Support;
using Mlops.Provisioning.ModelCards;

namespace Mlops.Cli.Tests.Commands;

/// <summary>Operations on model cards are no blueprint, and are known wherever pipeline types are.</summary>
internal sealed class ModelCardTypesTests : CliFixture
{
    private static IEnumerable<string> Types() => CardRequests.PipelineTypes;

    [Test]
    public async Task They_are_listed()
    {
        await Run("blueprints");

        Assert.That(
            Output,
            Does.Contain("model-cards: Operations on SageMaker model cards").And.Contain("export_model_cards: ")
        );
    }

    [Test]
    public async Task Each_has_an_example_that_is_valid([ValueSource(nameof(Types))] string type)
    {
        var example = Checkout.Folder($"lambdas/Provisioning/ModelCards/examples/{type}.json");

        Assert.That(await Run("validate", example), Is.EqualTo(ExitCode.Done), Output);
    }

    [Test]
    public async Task Each_is_explained_and_its_shortest_request_is_valid([ValueSource(nameof(Types))] string type)
    {
        Assert.That(await Run("explain", type, "--output", "json"), Is.EqualTo(ExitCode.Done));

        using var told = JsonDocument.Parse(Output);
        GivenFile("shortest.json", told.RootElement.GetProperty("example").GetRawText());
        Assert.That(await Run("validate", "shortest.json"), Is.EqualTo(ExitCode.Done), Output);
    }

    [Test]
    public async Task The_fields_of_a_section_are_explained()
    {
        await Run("explain", "create_model_card");

        Assert.That(
            Output,
            Does.Contain("intended_uses object\n  What the model is for.\n")
                .And.Contain("  risk_rating text; `High`, `Medium`, `Low` or `Unknown` How much harm it could do.\n")
                .And.Contain("training_arn text; 1024 characters at most Its ARN.\n")
        );
    }

    [Test]
    public async Task A_mistyped_one_is_guessed()
    {
        Assert.That(await Run("explain", "creat_model_card"), Is.EqualTo(ExitCode.Failed));
        Assert.That(Error, Does.Contain("Did you mean create_model_card?"));
    }

    [Test]
    public async Task A_section_has_its_schema()
    {
        await Run("schema", "create_model_card", "--output", "json");

        using var schema = JsonDocument.Parse(Output);
        var rating = schema
            .RootElement.GetProperty("$defs")
            .GetProperty("model-cards.intended_uses")
            .GetProperty("properties")
            .GetProperty("risk_rating");
        Assert.That(rating.GetRawText(), Does.Contain("\"enum\":[\"High\",\"Medium\",\"Low\",\"Unknown\"]"));
    }
}
