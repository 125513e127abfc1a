using System.Net;
using Mlops.Cli.Tests.Support;

namespace Mlops.Cli.Tests.Commands;

/// <summary><c>plan</c>.</summary>
internal sealed class PlanCommandTests : CliFixture
{
    private const string File = """{"pipelines": [{"pipeline_type": "byom_realtime_builtin"}], "prune": true}""";

    [SetUp]
    public void StartLocalSystem() => GivenLocalSystem();

    [Test]
    public async Task A_plan_is_shown_as_a_diff_and_a_difference_is_an_exit_code()
    {
        GivenFile("mlops-config.json", File);
        Api.Answers(
            HttpStatusCode.OK,
            """
            {
              "source": "codecommit:models@main:mlops-config.json",
              "counts": {"create": 1, "update": 1, "unchanged": 1, "remove": 1},
              "pipelines": [
                {"pipeline": "p-new", "change": "create", "reasons": ["there is none of this name"]},
                {"pipeline": "p-changed", "change": "update", "reasons": ["the package differs", "the definition differs"]},
                {"pipeline": "p-same", "change": "unchanged", "reasons": []},
                {"pipeline": "p-old", "change": "remove", "reasons": ["the file names it no longer"]}
              ],
              "notes": ["[this] is to be known"]
            }
            """
        );

        var exit = await Run("--local", "plan", "mlops-config.json");

        Assert.That(exit, Is.EqualTo(ExitCode.Different));
        Assert.That((int)exit, Is.EqualTo(2));
        Assert.That((Api.Asked[0].Url, Api.Asked[0].Body), Is.EqualTo(($"{LocalApi}/plan", File)));
        Assert.That(
            Output,
            Is.EqualTo(
                """
                + p-new      there is none of this name
                ~ p-changed  the package differs, the definition differs
                - p-old      the file names it no longer
                note: [this] is to be known
                1 to make, 1 to update, 1 to take down, 1 unchanged.

                """
            )
        );
    }

    [Test]
    public async Task What_differs_is_shown_below_its_pipeline()
    {
        const string answer = """
            {
              "counts": {"create": 0, "update": 2, "unchanged": 0, "remove": 0},
              "pipelines": [
                {"pipeline": "p-one", "change": "update", "reasons": ["the package differs"], "differences": [
                  {"targets": ["dev", "prod"], "parameter": "InstanceCount", "from": "1", "to": "2"},
                  {"targets": ["dev"], "parts": ["baseline"], "parameter": "Environment", "from": "[bold]", "to": ""},
                  {"targets": ["prod"], "parameter": "New", "to": "x"},
                  {"targets": ["pipeline"], "parameter": "Secret"}
                ], "moreDifferences": 5},
                {"pipeline": "p-two", "change": "update", "reasons": ["the package differs"], "moreDifferences": 3}
              ],
              "notes": []
            }
            """;
        GivenFile("mlops-config.json", File);
        Api.Answers(HttpStatusCode.OK, answer);

        await Run("--local", "plan", "mlops-config.json");

        Assert.That(
            Output,
            Is.EqualTo(
                """
                ~ p-one  the package differs
                    InstanceCount: 1 → 2 (dev, prod)
                    baseline/Environment: [bold] → (empty) (dev)
                    New: (none) → x (prod)
                    Secret differs
                    … and 5 more
                ~ p-two  the package differs
                    parameters that differ: 3
                0 to make, 2 to update, 0 to take down, 0 unchanged.

                """
            )
        );
    }

    [Test]
    public async Task Without_a_difference_it_is_done()
    {
        const string answer =
            """{"counts":{"create":0,"update":0,"unchanged":2,"remove":0},"pipelines":[],"notes":[]}""";
        GivenFile("mlops-config.json", File);
        Api.Answers(HttpStatusCode.OK, answer);
        var exit = await Run("--local", "plan", "mlops-config.json", "--output", "json");

        Assert.That(exit, Is.EqualTo(ExitCode.Done));
        Assert.That(Output.Trim(), Is.EqualTo(answer));
    }

    [Test]
    public async Task Findings_have_the_place_in_the_file_that_the_API_found()
    {
        GivenFile("mlops-config.json", File);
        Api.Answers(
            HttpStatusCode.Conflict,
            """{"message": "no", "errors": [{"code": "MLP061", "pointer": "/prune", "rule": "r", "message": "Too many.", "remedy": "Say so.", "line": 1, "column": 67}]}"""
        );

        var exit = await Run("--local", "plan", "mlops-config.json");

        Assert.That(exit, Is.EqualTo(ExitCode.Failed));
        Assert.That(
            Error,
            Is.EqualTo(
                "mlops-config.json:1:67: MLP061 /prune: Too many. Say so.\n"
                    + "mlops: mlops-config.json would be refused. Put right what is listed.\n"
            )
        );
    }

    [TestCase("[]", "mlops-config.json:1:1: MLP003 request: ")]
    [TestCase("{\"pipelines\": [], \"prune\": 1}", "mlops-config.json:1:28: MLP015 /prune: ")]
    public async Task What_is_no_config_file_is_not_sent(string file, string finding)
    {
        GivenFile("mlops-config.json", file);

        var exit = await Run("--local", "plan", "mlops-config.json");

        Assert.That(exit, Is.EqualTo(ExitCode.Failed));
        Assert.That(Error, Does.StartWith(finding).And.Contains("is not a config file; nothing was sent."));
        Assert.That(Api.Asked, Is.Empty);
    }

    [TestCase("{}")]
    [TestCase("{\"counts\": 1}")]
    [TestCase(
        """{"counts": {}, "pipelines": [{"pipeline": "p", "change": "update", "reasons": [], "differences": [{}]}], "notes": []}"""
    )]
    [TestCase("<html>")]
    public async Task An_answer_of_somebody_else_is_no_plan(string answer)
    {
        GivenFile("mlops-config.json", File);
        Api.Answers(HttpStatusCode.OK, answer);
        Assert.That(await Run("--local", "plan", "mlops-config.json"), Is.EqualTo(ExitCode.Failed));
        Assert.That(Error, Does.StartWith("mlops: The answer is not a plan: "));
    }
}
