using System.Net;
using System.Text.Json;
using Mlops.Cli.Tests.Support;

namespace Mlops.Cli.Tests.Commands;

internal sealed class StatusCommandTests : CliFixture
{
    private const string Succeeded = """
        {"pipelineName": "mlops-pipeline-a", "pipelineVersion": 1, "stageStates": [
          {"stageName": "Source", "latestExecution": {"pipelineExecutionId": "1", "status": "Succeeded"}, "actionStates": [
            {"actionName": "Source", "latestExecution": {"status": "Succeeded", "summary": "version 7"}}]},
          {"stageName": "DeployPipeline", "latestExecution": {"pipelineExecutionId": "1", "status": "Succeeded"}, "actionStates": [
            {"actionName": "Deploy", "latestExecution": {"status": "Succeeded"}}]}], "ResponseMetadata": {}}
        """;

    private const string Running = """
        {"pipelineName": "mlops-pipeline-a", "stageStates": [
          {"stageName": "Source", "latestExecution": {"pipelineExecutionId": "1", "status": "Succeeded"}, "actionStates": [
            {"actionName": "Source", "latestExecution": {"status": "Succeeded"}}]},
          {"stageName": "DeployPipeline", "latestExecution": {"pipelineExecutionId": "1", "status": "InProgress"}, "actionStates": [
            {"actionName": "Deploy", "latestExecution": {"status": "InProgress"}}, {"actionName": "Verify"}]}]}
        """;

    private const string Failed = """
        {"pipelineName": "mlops-pipeline-a", "stageStates": [
          {"stageName": "Source", "latestExecution": {"pipelineExecutionId": "1", "status": "Succeeded"}, "actionStates": []},
          {"stageName": "DeployPipeline", "latestExecution": {"pipelineExecutionId": "1", "status": "Failed"}, "actionStates": [
            {"actionName": "Deploy", "latestExecution": {"status": "Failed", "errorDetails": {"code": "JobFailed", "message": "Model [x] is too large"}}}]}]}
        """;

    private const string Waiting = """
        {"pipelineName": "mlops-pipeline-a", "stageStates": [
          {"stageName": "Source", "latestExecution": {"pipelineExecutionId": "2", "status": "Succeeded"}, "actionStates": []},
          {"stageName": "DeployProd", "latestExecution": {"pipelineExecutionId": "2", "status": "InProgress"}, "actionStates": [
            {"actionName": "Approve", "latestExecution": {"status": "InProgress", "token": "t", "summary": "replaces 1 endpoint"}}]}]}
        """;

    // A new execution has just begun; the last stage still shows the success of the one before.
    private const string NewExecution = """
        {"pipelineName": "mlops-pipeline-a", "stageStates": [
          {"stageName": "Source", "latestExecution": {"pipelineExecutionId": "2", "status": "Succeeded"}, "actionStates": []},
          {"stageName": "DeployPipeline", "latestExecution": {"pipelineExecutionId": "1", "status": "Succeeded"}, "actionStates": []}]}
        """;

    [SetUp]
    public void StartLocalSystem() => GivenLocalSystem();

    [Test]
    public async Task Asks_for_the_pipeline_by_its_name()
    {
        Api.Answers(HttpStatusCode.OK, Succeeded);

        await Run("--local", "status", "mlops-pipeline-a");

        Assert.That(Api.Asked[0].Method, Is.EqualTo("POST"));
        Assert.That(Api.Asked[0].Url, Is.EqualTo($"{LocalApi}/pipelinestatus"));
        Assert.That(Api.Asked[0].Body, Is.EqualTo("""{"pipeline_id":"mlops-pipeline-a"}"""));
    }

    [Test]
    public async Task Shows_stages_and_actions()
    {
        Api.Answers(HttpStatusCode.OK, Succeeded);

        var exit = await Run("--local", "status", "mlops-pipeline-a");

        Assert.That(exit, Is.EqualTo(ExitCode.Done));
        Assert.That(
            Output.ReplaceLineEndings("\n"),
            Is.EqualTo(
                """
                mlops-pipeline-a succeeded
                ├── Source Succeeded
                │   └── Source Succeeded version 7
                └── DeployPipeline Succeeded
                    └── Deploy Succeeded

                """.ReplaceLineEndings("\n")
            )
        );
    }

    [Test]
    public async Task Shows_the_last_error_with_its_reason()
    {
        Api.Answers(HttpStatusCode.OK, Failed);

        var exit = await Run("--local", "status", "mlops-pipeline-a");

        Assert.That(exit, Is.EqualTo(ExitCode.Done), "the question was answered");
        Assert.That(Output, Does.Contain("mlops-pipeline-a failed"));
        Assert.That(Output, Does.EndWith("last error: DeployPipeline/Deploy: Model [x] is too large\n"));
    }

    [Test]
    public async Task Shows_what_waits_for_an_approval()
    {
        Api.Answers(HttpStatusCode.OK, Waiting);

        await Run("--local", "status", "mlops-pipeline-a");

        Assert.That(Output, Does.Contain("mlops-pipeline-a waits for an approval"));
        Assert.That(Output, Does.EndWith("waits for an approval: DeployProd/Approve replaces 1 endpoint\n"));
    }

    [TestCase(Succeeded, ExitCode.Done)]
    [TestCase(Failed, ExitCode.Failed)]
    [TestCase(Waiting, ExitCode.WaitsForApproval)]
    public async Task Watching_ends_with_what_became_of_it(string state, ExitCode expected)
    {
        Api.Answers(HttpStatusCode.OK, state);

        Assert.That(await Run("--local", "status", "mlops-pipeline-a", "--watch"), Is.EqualTo(expected));
    }

    [Test]
    public async Task Watching_stays_until_the_newest_execution_has_ended()
    {
        Clock = new ImpatientClock();
        Api.Answers(HttpStatusCode.OK, NewExecution)
            .Answers(HttpStatusCode.OK, Running)
            .Answers(HttpStatusCode.OK, Succeeded);

        var exit = await Run("--local", "status", "mlops-pipeline-a", "--watch");

        Assert.That((exit, Api.Asked.Count), Is.EqualTo((ExitCode.Done, 3)));
        Assert.That(
            Output,
            Does.StartWith(
                "Source/Source: Succeeded\nDeployPipeline/Deploy: InProgress\nDeployPipeline/Deploy: Succeeded\n"
            )
        );
    }

    [Test]
    public async Task Json_is_one_object_also_while_watching()
    {
        Clock = new ImpatientClock();
        Api.Answers(HttpStatusCode.OK, Running).Answers(HttpStatusCode.OK, Failed);

        await Run("--local", "-o", "json", "status", "mlops-pipeline-a", "--watch");

        using var answer = JsonDocument.Parse(Output);
        Assert.That(answer.RootElement.GetProperty("phase").GetString(), Is.EqualTo("Failed"));
        Assert.That(
            answer.RootElement.GetProperty("lastError").GetString(),
            Is.EqualTo("DeployPipeline/Deploy: Model [x] is too large")
        );
        Assert.That(answer.RootElement.GetProperty("state").GetProperty("stageStates").GetArrayLength(), Is.EqualTo(2));
    }

    [Test]
    public async Task A_pipeline_that_is_not_there_is_the_users_failure()
    {
        Api.Answers(
            HttpStatusCode.NotFound,
            """{"message": "BadRequest", "detailedMessage": "There is no pipeline \"x\".", "errors": []}""",
            "application/problem+json"
        );

        var exit = await Run("--local", "status", "x");

        Assert.That(
            (exit, Error),
            Is.EqualTo(
                (ExitCode.Failed, $"mlops: {LocalApi} answers 404: There is no pipeline \"x\". Check the name.\n")
            )
        );
    }

    [Test]
    public async Task A_finding_without_a_file_has_no_place()
    {
        Api.Answers(
            HttpStatusCode.NotFound,
            """{"message": "BadRequest", "detailedMessage": "no", "errors": [{"code": "MLP042", "pointer": "/pipeline_id", "message": "There is no pipeline x.", "remedy": "List them."}]}"""
        );

        var exit = await Run("--local", "status", "x");

        Assert.That(exit, Is.EqualTo(ExitCode.Failed));
        Assert.That(
            Error,
            Is.EqualTo(
                $"MLP042 /pipeline_id: There is no pipeline x. List them.\nmlops: {LocalApi} answers 404. Put right what is listed and send it again.\n"
            )
        );
    }

    [Test]
    public async Task An_answer_of_somebody_else_is_said_to_be_none()
    {
        Api.Answers(HttpStatusCode.OK, "<html>", "text/html");

        var exit = await Run("--local", "status", "x");

        Assert.That(exit, Is.EqualTo(ExitCode.Failed));
        Assert.That(Error, Does.StartWith("mlops: The answer is not the state of a pipeline: "));
    }

    [Test]
    public async Task A_refused_signature_points_to_credentials_and_policy()
    {
        Api.Answers(HttpStatusCode.Forbidden, """{"Message": "User: arn:aws:iam::1:user/x is not authorized"}""");

        var exit = await Run("--local", "status", "x");

        Assert.That(exit, Is.EqualTo(ExitCode.Failed));
        Assert.That(
            Error,
            Does.Contain("answers 403: User: arn:aws:iam::1:user/x is not authorized")
                .And.Contain("aws sts get-caller-identity")
        );
    }
}
