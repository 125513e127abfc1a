using System.Net;
using System.Text.Json;
using Mlops.Cli.Tests.Support;

namespace Mlops.Cli.Tests.Commands;

/// <summary><c>approve</c>, <c>reject</c> and <c>retry</c>.</summary>
internal sealed class AnswerCommandTests : CliFixture
{
    private const string Done = """
        {"message": "success: p is approved for [staging]", "pipeline": "mlops-pipeline-a", "target": "staging", "decision": "approve", "execution": "2", "by": "arn"}
        """;

    [SetUp]
    public void StartLocalSystem() => GivenLocalSystem();

    [TestCase("approve")]
    [TestCase("reject")]
    public async Task An_answer_is_sent_to_its_stage_with_the_comment(string decision)
    {
        Api.Answers(HttpStatusCode.OK, Done);

        var exit = await Run("--local", decision, "mlops-pipeline-a", "staging", "--comment", "load \"test\" ok");

        Assert.That(exit, Is.EqualTo(ExitCode.Done));
        Assert.That(
            (Api.Asked[0].Method, Api.Asked[0].Url),
            Is.EqualTo(("POST", $"{LocalApi}/pipelines/mlops-pipeline-a/stages/staging/approval"))
        );
        using var sent = JsonDocument.Parse(Api.Asked[0].Body);
        Assert.That(
            sent.RootElement.EnumerateObject().Select(member => $"{member.Name}={member.Value}"),
            Is.EqualTo((string[])[$"decision={decision}", "comment=load \"test\" ok"])
        );
        Assert.That(
            Output,
            Is.EqualTo("success: p is approved for [staging]\nnext: mlops --local status mlops-pipeline-a --watch\n")
        );
    }

    [TestCase("arn:aws:codepipeline:us-east-1:123456789012:mlops-pipeline-a", "mlops-pipeline-a")]
    [TestCase("a b/..", "a%20b%2F..", Description = "stays one part of the path")]
    public async Task A_pipeline_is_named_or_given_by_its_arn(string pipeline, string path)
    {
        Api.Answers(HttpStatusCode.OK, Done);

        await Run("--local", "approve", pipeline, "--comment", "ok");

        Assert.That(Api.Asked[0].Url, Is.EqualTo($"{LocalApi}/pipelines/{path}/approval"));
        Assert.That(Api.Asked[0].Body, Is.EqualTo("""{"decision":"approve","comment":"ok"}"""));
    }

    [Test]
    public async Task A_stage_is_started_again_without_a_body()
    {
        Api.Answers(
            HttpStatusCode.OK,
            """{"message": "success: DeployStaging of mlops-pipeline-a runs again, from its beginning", "pipeline": "mlops-pipeline-a", "stage": "DeployStaging", "execution": "2", "mode": "ALL_ACTIONS"}"""
        );

        var exit = await Run("--local", "retry", "mlops-pipeline-a", "staging");

        Assert.That(exit, Is.EqualTo(ExitCode.Done));
        Assert.That(
            (Api.Asked[0].Method, Api.Asked[0].Url, Api.Asked[0].Body),
            Is.EqualTo(("POST", $"{LocalApi}/pipelines/mlops-pipeline-a/stages/staging/retry", ""))
        );
        Assert.That(Output, Does.StartWith("success: DeployStaging of mlops-pipeline-a runs again"));
    }

    [Test]
    public async Task Json_is_the_answer_of_the_api()
    {
        Api.Answers(HttpStatusCode.OK, Done);

        await Run("--local", "-o", "json", "approve", "mlops-pipeline-a", "--comment", "ok");

        using var answer = JsonDocument.Parse(Output);
        Assert.That(answer.RootElement.GetProperty("by").GetString(), Is.EqualTo("arn"));
    }

    [TestCase("text")]
    [TestCase("json")]
    public async Task A_refusal_is_the_users_failure(string output)
    {
        Api.Answers(
            HttpStatusCode.Conflict,
            """{"message": "no", "detailedMessage": "no", "errors": [{"code": "MLP045", "pointer": "/target", "message": "staging of p waits for no approval yet.", "remedy": "Look."}]}""",
            "application/problem+json"
        );

        var exit = await Run("--local", "-o", output, "approve", "p", "staging", "--comment", "ok");

        Assert.That(exit, Is.EqualTo(ExitCode.Failed));
        Assert.That(output == "text" ? Error : Output, Does.Contain("staging of p waits for no approval yet."));
        Assert.That(output == "text" ? Output : Error, Is.Empty);
    }

    [Test]
    public async Task An_answer_of_somebody_else_is_said_to_be_none()
    {
        Api.Answers(HttpStatusCode.OK, "<html>", "text/html");

        var exit = await Run("--local", "retry", "p", "staging");

        Assert.That(
            (exit, Error),
            Is.EqualTo(
                (ExitCode.Failed, "mlops: The answer is not JSON: <html> Check the address of the API and its stage.\n")
            )
        );
    }
}
