using System.Text.Json;
using Mlops.Cli.Tests.Support;

namespace Mlops.Cli.Tests.Commands;

/// <summary><c>--blueprints FOLDER</c>: the commands that tell of pipeline types and judge requests know a user's own.</summary>
internal sealed class OwnBlueprintsTests : CliFixture
{
    [SetUp]
    public Task Begin() => Run("blueprint", "new", "fraud-score", "--output", "json");

    [Test]
    public async Task Requests_for_it_are_validated()
    {
        string[] valid = ["validate", "--blueprints", "fraud-score", "fraud-score/examples/fraud_score.json"];

        Assert.That(await Run(valid), Is.EqualTo(ExitCode.Done), Output);
        Assert.That(Output, Does.EndWith("fraud-score/examples/fraud_score.json: valid\n"));

        GivenFile(
            "wrong.json",
            """{"pipeline_type": "fraud_score", "model_name": "m", "data_location": "b/p", "rows": 0}"""
        );
        Assert.That(await Run("validate", "wrong.json", "--blueprints", "fraud-score"), Is.EqualTo(ExitCode.Failed));
        Assert.That(Output, Does.Contain("MLP031").And.Contain("/rows"));
    }

    [Test]
    public async Task It_is_listed_explained_and_has_a_schema()
    {
        await Run("blueprints", "--blueprints", "fraud-score");
        Assert.That(
            Output,
            Does.Contain("fraud_score: Runs the job of fraud-score").And.Contain("byom_realtime_builtin")
        );

        await Run("explain", "fraud_score", "--blueprints", "fraud-score");
        Assert.That(Output, Does.Contain("Runs the stack's state machine"));

        await Run("schema", "fraud_score", "--blueprints", "fraud-score", "--output", "json");
        using var schema = JsonDocument.Parse(Output.Trim().Split('\n')[^1]);
        Assert.That(schema.RootElement.GetProperty("title").GetString(), Is.EqualTo("fraud_score"));
    }

    [Test]
    public async Task Without_the_option_it_is_not_known_and_the_option_is_named()
    {
        Assert.That(await Run("explain", "fraud_score"), Is.EqualTo(ExitCode.Failed));
        Assert.That(
            Error,
            Does.StartWith("mlops: There is no pipeline type \"fraud_score\".")
                .And.Contain("of your own blueprint with --blueprints FOLDER.")
        );
    }

    [Test]
    public async Task Several_may_be_named_but_none_with_a_type_that_another_has()
    {
        await Run("blueprint", "new", "churn", "--output", "json");
        Assert.That(
            await Run("explain", "churn", "--blueprints", "fraud-score", "--blueprints", "churn"),
            Is.EqualTo(ExitCode.Done)
        );

        await Run("blueprint", "new", "byom-batch-custom", "--output", "json");
        Assert.That(await Run("blueprints", "--blueprints", "byom-batch-custom"), Is.EqualTo(ExitCode.Failed));
        Assert.That(
            Error,
            Does.EndWith("both declare the pipeline type byom_batch_custom. Call yours another name.\n")
        );
    }

    [Test]
    public async Task A_folder_that_is_no_blueprint_is_told_with_the_command_that_says_more()
    {
        Assert.That(await Run("blueprints", "--blueprints", "nothing"), Is.EqualTo(ExitCode.Failed));
        Assert.That(
            Error,
            Does.StartWith("mlops: nothing is not a blueprint:")
                .And.EndsWith("All that is wrong with it: mlops blueprint check nothing\n")
        );
    }
}
