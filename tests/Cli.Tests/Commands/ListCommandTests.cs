using System.Net;
using Mlops.Cli.Tests.Support;

namespace Mlops.Cli.Tests.Commands;

/// <summary><c>list</c>.</summary>
internal sealed class ListCommandTests : CliFixture
{
    [SetUp]
    public void StartLocalSystem() => GivenLocalSystem();

    [Test]
    public async Task All_pages_are_listed_with_where_each_pipeline_came_from()
    {
        Api.Answers(
            HttpStatusCode.OK,
            """{"pipelines": [{"name": "p-1", "type": "byom_realtime_builtin", "updated": "2026-11-24T05:12:59+00:00", "origin": "codecommit:models@main:mlops-config.json", "revision": "1f2e3d4c5b6a798897", "requestedBy": "Ada"}], "next": "a/b"}"""
        );
        Api.Answers(
            HttpStatusCode.OK,
            """{"pipelines": [{"name": "p-2", "type": "byom_batch_custom", "updated": "2026-11-24T06:00:00+00:00", "origin": "api"}]}"""
        );

        var exit = await Run("--local", "list");

        Assert.That(exit, Is.EqualTo(ExitCode.Done));
        Assert.That(
            Api.Asked.Select(asked => asked.Url),
            Is.EqualTo((string[])[$"{LocalApi}/pipelines", $"{LocalApi}/pipelines?page=a%2Fb"])
        );
        Assert.That(
            Output,
            Is.EqualTo(
                """
                p-1
                  byom_realtime_builtin, updated 2026-11-24 05:12Z, from codecommit:models@main:mlops-config.json at 1f2e3d4c5b6a by Ada
                p-2
                  byom_batch_custom, updated 2026-11-24 06:00Z, from api
                2 pipelines. Look at one: mlops --local status NAME

                """
            )
        );
    }

    [Test]
    public async Task Json_is_all_pages_as_one()
    {
        Api.Answers(HttpStatusCode.OK, """{"pipelines": [{"name": "p-1"}], "next": "2"}""");
        Api.Answers(HttpStatusCode.OK, """{"pipelines": [{"name": "p-2"}]}""");

        await Run("--local", "list", "--output", "json");

        Assert.That(Output.Trim(), Is.EqualTo("""{"pipelines":[{"name":"p-1"},{"name":"p-2"}]}"""));
    }

    [Test]
    public async Task Without_pipelines_it_says_how_to_make_one()
    {
        Api.Answers(HttpStatusCode.OK, """{"pipelines": []}""");

        await Run("--local", "list");

        Assert.That(Output, Is.EqualTo("There are no pipelines yet. Make one: mlops --local provision FILE\n"));
    }
}
