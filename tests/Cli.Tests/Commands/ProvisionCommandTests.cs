using System.Net;
using System.Text.Json;
using Mlops.Cli.Tests.Support;

namespace Mlops.Cli.Tests.Commands;

internal sealed class ProvisionCommandTests : CliFixture
{
    private const string Request = """
        {
          "pipeline_type": "byom_realtime_builtin",
          "endpoint_name": {
            "dev": "not good"
          }
        }
        """;

    private const string Answer = """
        {
          "message": "success: stack creation started",
          "pipeline_id": "arn:aws:codepipeline:us-east-1:123456789012:mlops-pipeline-a"
        }
        """;

    [SetUp]
    public void StartLocalSystem() => GivenLocalSystem();

    [Test]
    public async Task Sends_the_file_as_it_is_and_tells_what_came_of_it()
    {
        GivenFile("request.json", Request);
        Api.Answers(HttpStatusCode.OK, Answer);

        var exit = await Run("--local", "provision", "request.json");

        Assert.That(exit, Is.EqualTo(ExitCode.Done));
        Assert.That((Api.Asked[0].Url, Api.Asked[0].Body), Is.EqualTo(($"{LocalApi}/provisionpipeline", Request)));
        Assert.That(
            Output,
            Is.EqualTo(
                "success: stack creation started\n"
                    + "pipeline: arn:aws:codepipeline:us-east-1:123456789012:mlops-pipeline-a\n"
                    + "next: mlops --local status mlops-pipeline-a --watch\n"
            )
        );
    }

    [Test]
    public async Task Shows_the_card_that_an_operation_on_model_cards_answers_with()
    {
        GivenFile("request.json", """{"pipeline_type": "describe_model_card", "name": "my-card"}""");
        Api.Answers(HttpStatusCode.OK, """{"message": {"ModelCardName": "my-card"}}""");

        var exit = await Run("--local", "provision", "request.json");

        Assert.That(exit, Is.EqualTo(ExitCode.Done));
        using var shown = JsonDocument.Parse(Output);
        Assert.That(
            shown.RootElement.GetProperty("message").GetProperty("ModelCardName").GetString(),
            Is.EqualTo("my-card")
        );
    }

    [Test]
    public async Task The_next_command_talks_to_the_same_system_from_the_same_checkout()
    {
        SetEnvironment(CliEnvironment.Root, Folder);
        GivenFile("request.json", Request);
        GivenFile("second.json", $$"""{"api": "{{LocalApi}}", "region": "us-east-1"}""");
        Api.Answers(HttpStatusCode.OK, Answer);

        await Run("--local", "--info", "second.json", "provision", "request.json");

        Assert.That(
            Output,
            Does.EndWith("next: ./mlops --local --info 'second.json' status mlops-pipeline-a --watch\n")
        );
    }

    [Test]
    public async Task What_waits_is_replaced_where_it_is_asked_for()
    {
        GivenFile("request.json", "{}");
        Api.Answers(HttpStatusCode.OK, """{"message": "success"}""");

        await Run("--local", "provision", "request.json", "--force", "--replace-waiting");

        Assert.That(Api.Asked.Single().Url, Is.EqualTo($"{LocalApi}/provisionpipeline?force=true&replaceWaiting=true"));
    }

    [Test]
    public async Task Force_is_asked_of_the_api_and_only_when_it_is_given()
    {
        GivenFile("request.json", Request);
        Api.Answers(HttpStatusCode.OK, Answer);

        await Run("--local", "provision", "request.json", "--force");
        await Run("--local", "provision", "request.json");

        Assert.That(
            Api.Asked.Select(asked => asked.Url),
            Is.EqualTo([$"{LocalApi}/provisionpipeline?force=true", $"{LocalApi}/provisionpipeline"])
        );
    }

    [Test]
    public async Task Sends_what_comes_from_standard_input()
    {
        GivenInput(Request);
        Api.Answers(HttpStatusCode.OK, Answer);

        await Run("--local", "provision", "-");

        Assert.That(Api.Asked[0].Body, Is.EqualTo(Request));
    }

    [Test]
    public async Task Json_is_the_answer_of_the_api_on_one_line()
    {
        GivenFile("request.json", Request);
        Api.Answers(HttpStatusCode.OK, Answer);

        await Run("--local", "provision", "request.json", "--output", "json");

        Assert.That(Output.Trim().Split('\n'), Has.Length.EqualTo(1));
        using var answer = JsonDocument.Parse(Output);
        Assert.That(answer.RootElement.GetProperty("pipeline_id").GetString(), Does.EndWith(":mlops-pipeline-a"));
    }

    [Test]
    public async Task Findings_of_the_api_get_line_and_column_of_the_file()
    {
        GivenFile("request.json", Request);
        Api.Answers(
            HttpStatusCode.BadRequest,
            """
            {"message": "BadRequest", "detailedMessage": "2 findings", "errors": [
              {"code": "MLP019", "pointer": "/endpoint_name/dev", "value": "not good", "rule": "a name", "message": "AWS cannot use it.", "remedy": "Use letters."},
              {"code": "MLP011", "pointer": "/model_name", "rule": "required", "message": "It is missing.", "remedy": "Add it."}]}
            """
        );

        var exit = await Run("--local", "provision", "request.json");

        Assert.That(exit, Is.EqualTo(ExitCode.Failed));
        Assert.That(Output, Is.Empty);
        Assert.That(
            Error,
            Is.EqualTo(
                "request.json:4:12: MLP019 /endpoint_name/dev: AWS cannot use it. Use letters.\n"
                    + "request.json:1:1: MLP011 /model_name: It is missing. Add it.\n"
                    + "mlops: request.json is refused; nothing was changed. Put right what is listed and send it again.\n"
            )
        );
    }

    [Test]
    public async Task Findings_are_in_the_json_output()
    {
        GivenFile("request.json", Request);
        Api.Answers(
            HttpStatusCode.BadRequest,
            """{"message": "BadRequest", "errors": [{"code": "MLP011", "pointer": "/model_name", "message": "It is missing.", "remedy": "Add it."}]}"""
        );

        await Run("--local", "-o", "json", "provision", "request.json");

        using var answer = JsonDocument.Parse(Output);
        Assert.That(answer.RootElement.GetProperty("status").GetInt32(), Is.EqualTo(400));
        Assert.That(
            answer.RootElement.GetProperty("findings")[0].GetProperty("code").GetString(),
            Is.EqualTo("MLP011")
        );
    }

    [Test]
    public async Task What_is_not_json_is_never_sent()
    {
        GivenFile("request.json", "{\n  \"pipeline_type\": nonsense\n}");

        var exit = await Run("--local", "provision", "request.json");

        Assert.That(exit, Is.EqualTo(ExitCode.Failed));
        Assert.That(Api.Asked, Is.Empty);
        Assert.That(
            Error,
            Does.StartWith("request.json:2:")
                .And.EndsWith("nothing was sent. Put right what is listed and send it again.\n")
        );
    }

    [Test]
    public async Task A_file_that_is_not_there_is_the_users_failure()
    {
        var exit = await Run("--local", "provision", "nowhere.json");

        Assert.That(exit, Is.EqualTo(ExitCode.Failed));
        Assert.That(
            Error,
            Does.StartWith("mlops: nowhere.json cannot be read: ")
                .And.EndsWith("Check the path; - reads standard input.\n")
        );
    }
}
