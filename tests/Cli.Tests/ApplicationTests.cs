using System.Net;
using System.Text.Json;
using Mlops.Cli.Tests.Support;

namespace Mlops.Cli.Tests;

internal sealed class ApplicationTests : CliFixture
{
    [Test]
    public async Task Tells_its_version()
    {
        var exit = await Run("version");

        Assert.That(exit, Is.EqualTo(ExitCode.Done));
        Assert.That(Output, Does.StartWith($"mlops {Application.Version}\n").And.Contains("\nbuilt with "));
        Assert.That(Output, Does.Match("\n  AWSSDK.CodePipeline [0-9]+[.][0-9]+[.][0-9]+"));
    }

    [Test]
    public async Task Tells_as_json_which_packages_it_was_built_with()
    {
        await Run("version", "--output", "json");

        using var answer = JsonDocument.Parse(Output);
        var packages = answer.RootElement.GetProperty("packages").EnumerateArray().ToList();
        Assert.That(answer.RootElement.GetProperty("version").GetString(), Is.EqualTo(Application.Version));
        Assert.That(
            answer.RootElement.GetProperty("source").GetString(),
            Is.EqualTo("official").Or.EqualTo("stand-ins")
        );
        Assert.That(
            packages.Select(package => package.GetProperty("name").GetString()),
            Is.SupersetOf(["AWSSDK.CodePipeline", "Amazon.Lambda.RuntimeSupport", "Pulumi"]).And.Not.Contains("NUnit")
        );
        Assert.That(
            packages.Select(package => package.GetProperty("version").GetString()),
            Is.All.Match("^[0-9]+([.][0-9]+)+$")
        );
    }

    [Test]
    public async Task Help_names_every_command()
    {
        var exit = await Run("help");

        Assert.That(exit, Is.EqualTo(ExitCode.Done));
        Assert.That(Output, Does.Contain("mlops [command] [options]"));
        foreach (
            var command in new[]
            {
                "validate",
                "schema",
                "upload",
                "check-access",
                "provision",
                "status",
                "approve",
                "reject",
                "retry",
                "list",
                "completions",
                "help",
                "version",
            }
        )
        {
            Assert.That(Output, Does.Contain($"  {command} "));
        }
    }

    [Test]
    public async Task Help_about_a_command_shows_how_it_is_used()
    {
        await Run("help", "status");

        Assert.That(Output, Does.Contain("mlops status <NAME> [options]"));
    }

    [TestCase(
        new[] { "stats" },
        "\"stats\" is no command; there are validate, blueprints, explain, schema, upload, plan, provision, status, approve, reject, retry, list, delete, check-access, blueprint, completions, help, version. How it is used: mlops help"
    )]
    [TestCase(
        new string[0],
        "A command is missing; there are validate, blueprints, explain, schema, upload, plan, provision, status, approve, reject, retry, list, delete, check-access, blueprint, completions, help, version. How it is used: mlops help"
    )]
    [TestCase(
        new[] { "status" },
        "Required argument 'NAME' missing for command: 'status'. How it is used: mlops help status"
    )]
    [TestCase(new[] { "approve", "p" }, "Option '--comment' is required. How it is used: mlops help approve")]
    [TestCase(
        new[] { "reject", "p", "--wat", "--comment", "x" },
        "There is no option --wat. How it is used: mlops help reject"
    )]
    [TestCase(
        new[] { "retry", "p" },
        "Required argument 'STAGE' missing for command: 'retry'. How it is used: mlops help retry"
    )]
    [TestCase(new[] { "status", "--wat" }, "There is no option --wat. How it is used: mlops help status")]
    [TestCase(new[] { "status", "x", "-o", "xml" }, "\"xml\" is none of text, json. How it is used: mlops help status")]
    [TestCase(
        new[] { "validate", "x", "--registry", "maybe" },
        "\"maybe\" is none of on, off. How it is used: mlops help validate"
    )]
    [TestCase(
        new[] { "--local", "--api", "https://x", "status", "x" },
        "--local and --api exclude each other. How it is used: mlops help status"
    )]
    [TestCase(new[] { "--info", "f", "status", "x" }, "--info needs --local. How it is used: mlops help status")]
    [TestCase(
        new[] { "help", "stats" },
        "\"stats\" is no command; there are validate, blueprints, explain, schema, upload, plan, provision, status, approve, reject, retry, list, delete, check-access, blueprint, completions, help, version. How it is used: mlops help help"
    )]
    public async Task Refuses_wrong_usage(string[] args, string complaint)
    {
        var exit = await Run(args);

        Assert.That((exit, Error, Output), Is.EqualTo((ExitCode.WrongUsage, $"mlops: {complaint}\n", "")));
    }

    [Test]
    public async Task Wrong_usage_is_json_where_json_was_asked_for()
    {
        var exit = await Run("-o", "json", "stats");

        Assert.That(exit, Is.EqualTo(ExitCode.WrongUsage));
        Assert.That(Output, Does.StartWith("""{"error":"\"stats\" is no command""").And.EndsWith("}\n"));
        Assert.That(Error, Is.Empty);
    }

    [Test]
    public async Task A_bug_of_ours_ends_with_its_stack_and_where_to_report_it()
    {
        GivenLocalSystem();
        Api.Breaks(new NotSupportedException("never thought of"));

        var exit = await Run("--local", "status", "x");

        Assert.That(exit, Is.EqualTo(ExitCode.Bug));
        Assert.That(
            Error,
            Does.StartWith("mlops: this is a bug of ours. Please report it in the issues of the repository")
        );
        Assert.That(Error, Does.Contain("System.NotSupportedException: never thought of").And.Contain("   at "));
    }

    [Test]
    public async Task Without_an_api_the_remedy_says_how_to_name_one()
    {
        var exit = await Run("status", "x");

        Assert.That(exit, Is.EqualTo(ExitCode.Failed));
        Assert.That(
            Error,
            Is.EqualTo(
                "mlops: No API is given. Pass --api URL or set MLOPS_API; the address is printed by: pulumi stack output apiUrl. For the system on this machine pass --local.\n"
            )
        );
    }

    [TestCase("http://example.org/prod", "http://example.org/prod is not encrypted. Use its https:// address.")]
    [TestCase(
        "prod",
        "\"prod\" is not the address of an API. Give it as pulumi stack output apiUrl prints it: https://….execute-api.REGION.amazonaws.com/prod"
    )]
    public async Task Refuses_an_address(string address, string complaint)
    {
        SetEnvironment(CliEnvironment.Api, address);

        var exit = await Run("status", "x");

        Assert.That((exit, Error), Is.EqualTo((ExitCode.Failed, $"mlops: {complaint}\n")));
    }

    [Test]
    public async Task Local_without_a_running_system_says_how_to_start_one()
    {
        var exit = await Run("--local", "status", "x");

        Assert.That(exit, Is.EqualTo(ExitCode.Failed));
        Assert.That(
            Error,
            Is.EqualTo(
                $"mlops: Nothing runs locally: there is no {Path.Combine(Folder, ".mlops", "local.json")}. Start it in another terminal: ./mlops local\n"
            )
        );
    }

    [Test]
    public async Task Local_is_found_from_a_folder_below_the_checkout()
    {
        GivenLocalSystem();
        Directory.CreateDirectory(Path.Combine(Folder, "some", "where"));
        SetEnvironment(CliEnvironment.Root, Folder);
        Api.Answers(HttpStatusCode.NotFound, "{}");

        await Run("status", "--local", "x");

        Assert.That(Api.Asked[0].Url, Is.EqualTo($"{LocalApi}/pipelinestatus"));
    }

    [Test]
    public async Task Local_reads_the_file_that_info_names()
    {
        GivenFile("second.json", """{"api": "http://127.0.0.1:9/prod/", "region": "eu-west-1"}""");
        Api.Answers(HttpStatusCode.NotFound, "{}");

        await Run("--local", "--info", "second.json", "status", "x");

        Assert.That(Api.Asked[0].Url, Is.EqualTo("http://127.0.0.1:9/prod/pipelinestatus"));
    }

    [Test]
    public async Task Local_requests_are_not_signed()
    {
        GivenLocalSystem();
        Api.Answers(HttpStatusCode.NotFound, "{}");

        await Run("--local", "status", "x");

        Assert.That(Api.Asked[0].Headers, Does.Not.ContainKey("Authorization"));
    }

    [Test]
    public async Task A_local_system_that_has_ended_is_told_so()
    {
        GivenLocalSystem();
        Api.Breaks(new HttpRequestException("Connection refused (127.0.0.1:4581)"));

        var exit = await Run("--local", "status", "x");

        Assert.That(exit, Is.EqualTo(ExitCode.Failed));
        Assert.That(
            Error,
            Is.EqualTo(
                $"mlops: {LocalApi} does not answer: Connection refused (127.0.0.1:4581) It may have ended without a word. Start it in another terminal: ./mlops local\n"
            )
        );
    }
}
