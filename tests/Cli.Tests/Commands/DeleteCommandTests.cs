using System.Net;
using Mlops.Cli.Tests.Support;

namespace Mlops.Cli.Tests.Commands;

/// <summary><c>delete</c>.</summary>
internal sealed class DeleteCommandTests : CliFixture
{
    private const string Begun =
        """{"message": "success: pipeline p-1 is being taken down", "pipeline": "p-1", "execution": "e", "stacks": [], "kept": ["s3://assets: models", "repository: its images"]}""";

    private const string Refused =
        """{"status": 409, "errors": [{"code": "MLP040", "pointer": "", "value": "e", "rule": "r", "message": "The execution e of p-1 runs.", "remedy": "Try again when it has ended."}]}""";

    private const string Removed =
        """{"message": "success: pipeline p-1 is taken down and removed", "pipeline": "p-1", "stacks": [], "kept": []}""";

    private static readonly string Done = State(
        Stage("Source", "e", "Succeeded"),
        Stage("DeleteProd", "e", "Succeeded")
    );

    private const string Gone = """{"status": 404, "errors": []}""";

    [SetUp]
    public void StartLocalSystem() => GivenLocalSystem();

    [Test]
    public async Task It_says_what_has_begun_what_stays_and_how_to_follow_it()
    {
        Api.Answers(HttpStatusCode.Accepted, Begun);

        var exit = await Run("--local", "delete", "arn:aws:codepipeline:us-east-1:123456789012:p-1", "--yes");

        Assert.That(exit, Is.EqualTo(ExitCode.Done));
        Assert.That(Api.Asked.Single().Url, Is.EqualTo($"{LocalApi}/pipelines/p-1"));
        Assert.That(
            Output,
            Is.EqualTo(
                """
                success: pipeline p-1 is being taken down
                  kept: s3://assets: models
                  kept: repository: its images
                next: mlops --local status p-1 --watch

                """
            )
        );
    }

    [TestCase("", Description = "standard input has ended, as in a job")]
    [TestCase("no\n")]
    [TestCase("\n")]
    public async Task Nothing_goes_unless_somebody_says_yes(string answer)
    {
        GivenInput(answer);

        var exit = await Run("--local", "delete", "p-1");

        Assert.That(exit, Is.EqualTo(ExitCode.Failed));
        Assert.That(Api.Asked, Is.Empty);
        Assert.That(Error, Does.Contain("p-1").And.Contain("nothing was changed").And.Contain("--yes"));
    }

    [TestCase("y\n")]
    [TestCase("yes\n")]
    public async Task A_yes_is_enough(string answer)
    {
        GivenInput(answer);
        Api.Answers(HttpStatusCode.Accepted, Begun);

        Assert.That(await Run("--local", "delete", "p-1"), Is.EqualTo(ExitCode.Done));
    }

    [Test]
    public async Task Force_is_asked_for_in_the_query()
    {
        Api.Answers(HttpStatusCode.Accepted, Begun);

        await Run("--local", "delete", "p-1", "--yes", "--force");

        Assert.That(Api.Asked.Single().Url, Is.EqualTo($"{LocalApi}/pipelines/p-1?force=true"));
    }

    [Test]
    public async Task Of_all_pipelines_one_that_is_refused_does_not_keep_the_others()
    {
        Api.Answers(HttpStatusCode.OK, """{"pipelines": [{"name": "p-0"}], "next": "2"}""");
        Api.Answers(HttpStatusCode.OK, """{"pipelines": [{"name": "p-1"}]}""");
        Api.Answers(HttpStatusCode.Conflict, Refused);
        Api.Answers(HttpStatusCode.Accepted, Begun);

        var exit = await Run("--local", "delete", "--all", "--yes");

        Assert.That(exit, Is.EqualTo(ExitCode.Failed));
        Assert.That(Output, Does.Contain("p-1 is being taken down"));
        Assert.That(Error, Does.Contain("p-0: MLP040 The execution e of p-1 runs."));
    }

    [Test]
    public async Task What_stays_of_several_is_said_once_and_that_a_file_still_names_one_is_said_of_it()
    {
        Api.Answers(HttpStatusCode.OK, """{"pipelines": [{"name": "p-1"}, {"name": "p-2"}]}""");
        foreach (var name in (string[])["p-1", "p-2"])
        {
            Api.Answers(
                HttpStatusCode.Accepted,
                $$"""{"message": "success: pipeline {{name}} goes", "pipeline": "{{name}}", "execution": "e", "stacks": [], "kept": ["s3://assets: models", "s3://assets/mlops_changes/{{name}}/: evidence"], "note": "{{name}} is named in a file."}"""
            );
        }

        await Run("--local", "delete", "--all", "--yes");

        Assert.That(
            Output,
            Is.EqualTo(
                """
                success: pipeline p-1 goes
                  p-1 is named in a file.
                success: pipeline p-2 goes
                  p-2 is named in a file.
                  kept: s3://assets: models
                  kept: s3://assets/mlops_changes/NAME/: evidence
                next: mlops --local status p-1 --watch

                """
            )
        );
    }

    [Test]
    public async Task A_watch_ends_when_the_pipeline_is_no_longer_there()
    {
        Clock = new ImpatientClock();
        Api.Answers(HttpStatusCode.Accepted, Begun);
        Api.Answers(
            HttpStatusCode.OK,
            """{"pipelineName": "p-1", "stageStates": [{"stageName": "DeleteProd", "actionStates": [{"actionName": "Delete", "latestExecution": {"status": "InProgress"}}], "latestExecution": {"pipelineExecutionId": "e", "status": "InProgress"}}]}"""
        );
        Api.Answers(HttpStatusCode.NotFound, Gone);

        var exit = await Run("--local", "delete", "p-1", "--yes", "--watch");

        Assert.That(exit, Is.EqualTo(ExitCode.Done));
        Assert.That(Output, Does.StartWith("p-1 is taken down and removed"));
        Assert.That(Error, Does.Contain("DeleteProd"));
    }

    [Test]
    public async Task A_watch_tells_why_a_stack_could_not_be_deleted()
    {
        Api.Answers(HttpStatusCode.Accepted, Begun);
        Api.Answers(
            HttpStatusCode.OK,
            """{"pipelineName": "p-1", "stageStates": [{"stageName": "DeleteProd", "actionStates": [{"actionName": "Delete", "latestExecution": {"status": "Failed", "errorDetails": {"message": "The endpoint is being updated."}}}], "latestExecution": {"pipelineExecutionId": "e", "status": "Failed"}}]}"""
        );

        var exit = await Run("--local", "delete", "p-1", "--yes", "--watch");

        Assert.That(exit, Is.EqualTo(ExitCode.Failed));
        Assert.That(Error, Does.Contain("p-1: DeleteProd/Delete: The endpoint is being updated."));
    }

    [Test]
    public async Task A_watch_does_not_hold_the_failure_of_the_execution_before_against_this_one()
    {
        Clock = new ImpatientClock();
        Api.Answers(HttpStatusCode.Accepted, Begun);
        Api.Answers(HttpStatusCode.OK, State(Stage("Source", "e", "InProgress"), Stage("DeleteProd", "e0", "Failed")));
        Api.Answers(
            HttpStatusCode.OK,
            State(Stage("Source", "e", "Succeeded"), Stage("DeleteProd", "e", "InProgress"))
        );
        Api.Answers(HttpStatusCode.NotFound, Gone);

        var exit = await Run("--local", "delete", "p-1", "--yes", "--watch");

        Assert.That(exit, Is.EqualTo(ExitCode.Done));
        Assert.That(
            Error,
            Is.EqualTo(
                """
                Source/Do: InProgress
                Source/Do: Succeeded
                DeleteProd/Do: InProgress

                """
            )
        );
    }

    [Test]
    public async Task A_watch_waits_for_the_execution_that_has_begun_to_be_seen()
    {
        Clock = new ImpatientClock();
        Api.Answers(HttpStatusCode.Accepted, Begun);
        Api.Answers(HttpStatusCode.OK, State(Stage("Source", "e0", "Succeeded"), Stage("DeleteProd", "e0", "Failed")));
        Api.Answers(HttpStatusCode.NotFound, Gone);

        Assert.That(await Run("--local", "delete", "p-1", "--yes", "--watch"), Is.EqualTo(ExitCode.Done));
    }

    [TestCase("e", 1, Description = "what this call has begun")]
    [TestCase("e2", 2, Description = "somebody has begun another since")]
    public async Task A_watch_ends_with_the_failure_of_the_newest_execution(string execution, int looks)
    {
        Clock = new ImpatientClock();
        Api.Answers(HttpStatusCode.Accepted, Begun);
        Api.Answers(
            HttpStatusCode.OK,
            State(
                Stage("Source", execution, "Succeeded"),
                Stage("DeleteProd", execution, "Failed", "The endpoint is being updated."),
                Stage("DeleteDev", "e0", "Failed", "Long mended.")
            )
        );

        var exit = await Run("--local", "delete", "p-1", "--yes", "--watch");

        Assert.That(exit, Is.EqualTo(ExitCode.Failed));
        Assert.That(Error, Does.Contain("p-1: DeleteProd/Do: The endpoint is being updated."));
        Assert.That(Api.Asked, Has.Count.EqualTo(1 + looks));
    }

    [Test]
    public async Task A_watch_ends_with_an_execution_that_somebody_has_stopped()
    {
        Api.Answers(HttpStatusCode.Accepted, Begun);
        Api.Answers(
            HttpStatusCode.OK,
            """{"pipelineName": "p-1", "stageStates": [{"stageName": "Source", "latestExecution": {"pipelineExecutionId": "e", "status": "Stopped"}, "actionStates": []}]}"""
        );

        var exit = await Run("--local", "delete", "p-1", "--yes", "--watch");

        Assert.That(exit, Is.EqualTo(ExitCode.Failed));
        Assert.That(Error, Does.StartWith("p-1: Source: Stopped"));
    }

    [Test]
    public async Task A_pipeline_that_stays_although_all_is_deleted_is_asked_for_once_more()
    {
        Clock = new ImpatientClock();
        Api.Answers(HttpStatusCode.Accepted, Begun);
        Api.Answers(HttpStatusCode.OK, Done);
        Api.Answers(HttpStatusCode.OK, Done);
        Api.Answers(HttpStatusCode.Accepted, Removed);

        var exit = await Run("--local", "delete", "p-1", "--yes", "--force", "--watch");

        Assert.That(exit, Is.EqualTo(ExitCode.Done));
        Assert.That(Output, Does.StartWith("p-1 is taken down and removed"));
        Assert.That(Api.Asked, Has.Count.EqualTo(4));
        Assert.That(Api.Asked[^1].Method, Is.EqualTo("DELETE"));
        Assert.That(
            Api.Asked[^1].Url,
            Is.EqualTo($"{LocalApi}/pipelines/p-1"),
            "never by force: by now it may be another that runs"
        );
    }

    [Test]
    public async Task A_pipeline_that_is_removed_between_two_looks_is_asked_for_once()
    {
        Clock = new ImpatientClock();
        Api.Answers(HttpStatusCode.Accepted, Begun);
        Api.Answers(HttpStatusCode.OK, Done);
        Api.Answers(HttpStatusCode.NotFound, Gone);

        Assert.That(await Run("--local", "delete", "p-1", "--yes", "--watch"), Is.EqualTo(ExitCode.Done));
        Assert.That(Api.Asked.Count(asked => asked.Method == "DELETE"), Is.EqualTo(1));
    }

    [Test]
    public async Task What_is_removed_while_it_is_asked_for_once_more_is_gone()
    {
        Clock = new ImpatientClock();
        Api.Answers(HttpStatusCode.Accepted, Begun);
        Api.Answers(HttpStatusCode.OK, Done);
        Api.Answers(HttpStatusCode.OK, Done);
        Api.Answers(HttpStatusCode.BadGateway, """{"message": "codepipeline:ListTagsForResource failed"}""");
        Api.Answers(HttpStatusCode.NotFound, Gone);

        Assert.That(await Run("--local", "delete", "p-1", "--yes", "--watch"), Is.EqualTo(ExitCode.Done));
    }

    [TestCase(HttpStatusCode.Accepted, Begun, "All of its stages have succeeded, and it is still there.")]
    [TestCase(HttpStatusCode.Conflict, Refused, "MLP040 The execution e of p-1 runs.")]
    public async Task A_watch_ends_also_when_that_does_not_remove_it(HttpStatusCode status, string answer, string why)
    {
        Clock = new ImpatientClock();
        Api.Answers(HttpStatusCode.Accepted, Begun);
        Api.Answers(HttpStatusCode.OK, Done);
        Api.Answers(HttpStatusCode.OK, Done);
        Api.Answers(status, answer);
        Api.Answers(HttpStatusCode.OK, Done);

        var exit = await Run("--local", "delete", "p-1", "--yes", "--watch");

        Assert.That(exit, Is.EqualTo(ExitCode.Failed));
        Assert.That(Error, Does.Contain($"p-1: {why}"));
        Assert.That(Api.Asked.Count(asked => asked.Method == "DELETE"), Is.EqualTo(2));
    }

    /// <summary>It was removed and made anew between two looks, or a request took it back.</summary>
    [TestCase("Succeeded")]
    [TestCase("InProgress")]
    public async Task A_pipeline_that_delivers_again_is_left_alone(string status)
    {
        Clock = new ImpatientClock();
        Api.Answers(HttpStatusCode.Accepted, Begun);
        Api.Answers(HttpStatusCode.OK, State(Stage("Source", "e2", "Succeeded"), Stage("DeployProd", "e2", status)));

        var exit = await Run("--local", "delete", "p-1", "--yes", "--watch");

        Assert.That(exit, Is.EqualTo(ExitCode.Failed));
        Assert.That(
            Error,
            Does.EndWith(
                """
                p-1: A request or a commit has made it deliver again.
                  Leave it out of the file that names it, then: mlops delete p-1

                """
            )
        );
        Assert.That(Api.Asked.Count(asked => asked.Method == "DELETE"), Is.EqualTo(1));
    }

    [Test]
    public async Task Where_nothing_is_left_to_delete_there_is_nothing_to_watch()
    {
        Api.Answers(HttpStatusCode.Accepted, Removed);

        Assert.That(await Run("--local", "delete", "p-1", "--yes", "--watch"), Is.EqualTo(ExitCode.Done));
        Assert.That(Api.Asked, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Json_is_one_object_with_what_was_answered_and_what_failed()
    {
        Api.Answers(HttpStatusCode.OK, """{"pipelines": [{"name": "p-0"}]}""");
        Api.Answers(HttpStatusCode.Conflict, Refused);

        await Run("--local", "delete", "--all", "--yes", "--output", "json");

        Assert.That(
            Output.Trim(),
            Is.EqualTo(
                """{"deleted":[],"failed":[{"pipeline":"p-0","message":"MLP040 The execution e of p-1 runs.","remedy":"Try again when it has ended."}]}"""
            )
        );
    }

    [TestCase]
    [TestCase("p-1", "--all")]
    public async Task Either_a_name_or_all_has_to_be_said(params string[] words)
    {
        Assert.That(await Run(["--local", "delete", .. words]), Is.EqualTo(ExitCode.WrongUsage));
        Assert.That(Error, Does.Contain("Say which pipeline to delete: its NAME, or --all."));
    }

    private static string State(params string[] stages) =>
        $$"""{"pipelineName": "p-1", "stageStates": [{{string.Join(", ", stages)}}]}""";

    private static string Stage(string name, string execution, string status, string? message = null) =>
        $$$"""{"stageName": "{{{name}}}", "latestExecution": {"pipelineExecutionId": "{{{execution}}}", "status": "{{{status}}}"}, "actionStates": [{"actionName": "Do", "latestExecution": {"status": "{{{status}}}", "errorDetails": {"message": "{{{message}}}"} }}]}""";
}
