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

    private const string Report = """
        {"pipeline": "mlops-pipeline-a", "arn": "arn:aws:codepipeline:us-east-1:1:mlops-pipeline-a", "stages": [
          {"name": "Source", "status": "Succeeded", "execution": "2", "actions": []},
          {"name": "DeployProd", "target": "prod", "account": "333333333333", "status": "InProgress", "execution": "2", "actions": [],
           "waits": {"since": "2026-11-23T12:30:00+00:00", "execution": "2", "requestedBy": "arn:aws:iam::1:user/ada",
             "changes": {"pipeline": "mlops-pipeline-a", "execution": "2", "target": "prod", "account": "333333333333", "stacks": [
               {"stack": "mlops-pipeline-a", "isNew": false,
                "resources": [{"kind": "Replace", "logicalId": "Model", "type": "AWS::SageMaker::Model", "physicalId": "m", "properties": ["Image[0]"]}],
                "parameters": [{"name": "InstanceType", "before": "ml.m5.large", "after": "ml.m5.xlarge"}]}]},
             "text": "as above", "link": "https://example.com/changes"}}]}
        """;

    private const string Behind = """
        {"pipelineName": "mlops-pipeline-a", "stageStates": [
          {"stageName": "Source", "latestExecution": {"pipelineExecutionId": "3", "status": "Succeeded"}, "actionStates": []},
          {"stageName": "DeployProd", "inboundExecutions": [{"pipelineExecutionId": "3", "status": "InProgress"}],
           "latestExecution": {"pipelineExecutionId": "2", "status": "InProgress"}, "actionStates": [
            {"actionName": "Approve", "latestExecution": {"status": "InProgress", "token": "t"}}]}]}
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
    public async Task Says_where_the_pipeline_came_from_and_whether_it_is_being_taken_down()
    {
        const string report = """
            {"pipeline": "mlops-pipeline-a", "arn": "arn", "stages": [], "state": "being taken down",
             "provenance": {"origin": "connection:team/models@main:mlops-config.json", "revision": "1f2e3d4c5b6a798897", "package": "0123456789abcdef", "version": "0.1.0"}}
            """;
        Api.Answers(HttpStatusCode.OK, Succeeded).Answers(HttpStatusCode.OK, report);

        await Run("--local", "status", "mlops-pipeline-a");

        Assert.That(
            Output,
            Does.EndWith(
                """
                being taken down
                from connection:team/models@main:mlops-config.json at 1f2e3d4c5b6a
                package 0123456789ab, provisioned by version 0.1.0

                """
            )
        );
    }

    [TestCase(HttpStatusCode.Forbidden, Description = "the routes are permissions of their own")]
    [TestCase(HttpStatusCode.NotFound, Description = "taken down between the two looks")]
    public async Task Without_where_it_came_from_the_stages_are_told(HttpStatusCode status)
    {
        Api.Answers(HttpStatusCode.OK, Succeeded).Answers(status, """{"message": "no"}""");

        Assert.That(await Run("--local", "status", "mlops-pipeline-a"), Is.EqualTo(ExitCode.Done));
        Assert.That(Output, Does.Contain("mlops-pipeline-a succeeded"));
    }

    [Test]
    public async Task Shows_who_rejected_and_why()
    {
        var rejected = Failed
            .Replace("Model [x] is too large", "Rejected by arn:aws:iam::1:user/bob", StringComparison.Ordinal)
            .Replace(
                "\"errorDetails\"",
                "\"summary\": \"wait for Monday\", \"lastUpdatedBy\": \"arn:aws:iam::1:user/bob\", \"errorDetails\"",
                StringComparison.Ordinal
            );
        Api.Answers(HttpStatusCode.OK, rejected);

        await Run("--local", "status", "mlops-pipeline-a");

        Assert.That(Output, Does.EndWith("Rejected by arn:aws:iam::1:user/bob (wait for Monday)\n"));
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
    public async Task Shows_what_waits_for_an_approval_what_it_would_change_and_how_it_is_answered()
    {
        Api.Answers(HttpStatusCode.OK, Waiting).Answers(HttpStatusCode.OK, Report);

        await Run("--local", "status", "mlops-pipeline-a");

        Assert.That(
            (Api.Asked[1].Method, Api.Asked[1].Url, Api.Asked[1].Body),
            Is.EqualTo(("GET", $"{LocalApi}/pipelines/mlops-pipeline-a", ""))
        );
        Assert.That(
            Output.ReplaceLineEndings("\n"),
            Is.EqualTo(
                """
                mlops-pipeline-a waits for an approval
                ├── Source Succeeded
                └── DeployProd InProgress
                    └── Approve waits for an approval replaces 1 endpoint
                waits for an approval: prod (333333333333), since 2026-11-23 12:30 UTC, asked for by arn:aws:iam::1:user/ada
                  prod (333333333333): 1 replaced.
                  REPLACE Model (AWS::SageMaker::Model): Image[0]
                  InstanceType: ml.m5.large → ml.m5.xlarge
                  all of it: https://example.com/changes
                next: mlops --local approve mlops-pipeline-a prod --comment 'why' (or reject)

                """.ReplaceLineEndings("\n")
            )
        );
    }

    [Test]
    public async Task What_waits_is_in_the_json_as_the_api_tells_it()
    {
        Api.Answers(HttpStatusCode.OK, Waiting).Answers(HttpStatusCode.OK, Report);

        await Run("--local", "-o", "json", "status", "mlops-pipeline-a");

        using var answer = JsonDocument.Parse(Output);
        var wait = answer.RootElement.GetProperty("waits")[0];
        Assert.That(wait.GetProperty("target").GetString(), Is.EqualTo("prod"));
        Assert.That(
            wait.GetProperty("waits").GetProperty("changes").GetProperty("stacks")[0].GetProperty("isNew").GetBoolean(),
            Is.False
        );
    }

    [Test]
    public async Task What_was_not_kept_is_said_to_be_unknown()
    {
        Api.Answers(HttpStatusCode.OK, Waiting)
            .Answers(
                HttpStatusCode.OK,
                """{"pipeline": "mlops-pipeline-a", "arn": "a", "stages": [{"name": "DeployProd", "actions": [], "waits": {"execution": "2"}}]}"""
            );

        await Run("--local", "status", "mlops-pipeline-a");

        Assert.That(
            Output,
            Does.Contain("waits for an approval: DeployProd\n  What it would change is not kept any more.\n")
        );
    }

    [Test]
    public async Task Who_may_not_see_evidence_is_told_what_waits_all_the_same()
    {
        Api.Answers(HttpStatusCode.OK, Waiting).Answers(HttpStatusCode.Forbidden, """{"Message": "not authorized"}""");

        var exit = await Run("--local", "status", "mlops-pipeline-a", "--watch");

        Assert.That(exit, Is.EqualTo(ExitCode.WaitsForApproval));
        Assert.That(
            Output,
            Does.Contain(
                $"waits for an approval: DeployProd\n  What it would change is not told: {LocalApi} answers 403: not authorized\n"
            )
        );
    }

    [Test]
    public async Task A_newer_execution_behind_an_approval_is_shown_and_waits_too()
    {
        Api.Answers(HttpStatusCode.OK, Behind).Answers(HttpStatusCode.OK, Report);

        var exit = await Run("--local", "status", "mlops-pipeline-a", "--watch");

        Assert.That(exit, Is.EqualTo(ExitCode.WaitsForApproval));
        Assert.That(Output, Does.EndWith("waits behind it: execution 3 is to enter DeployProd\n"));
    }

    [TestCase(Succeeded, ExitCode.Done)]
    [TestCase(Failed, ExitCode.Failed)]
    [TestCase(Waiting, ExitCode.WaitsForApproval)]
    public async Task Watching_ends_with_what_became_of_it(string state, ExitCode expected)
    {
        Api.Answers(HttpStatusCode.OK, state).Answers(HttpStatusCode.OK, Report);

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

        Assert.That((exit, Api.Asked.Count), Is.EqualTo((ExitCode.Done, 4)), "three looks, and where it came from");
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
