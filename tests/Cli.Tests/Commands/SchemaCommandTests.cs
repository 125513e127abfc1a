using System.Text.Json;
using Mlops.Cli.Tests.Support;

namespace Mlops.Cli.Tests.Commands;

/// <summary>What is in it is judged by ajv (checks/requests.mjs) and by the library's own tests.</summary>
internal sealed class SchemaCommandTests : CliFixture
{
    [Test]
    public async Task Prints_the_schema_of_all_types_for_people_to_read()
    {
        var exit = await Run("schema");

        Assert.That(exit, Is.EqualTo(ExitCode.Done));
        Assert.That(
            Output,
            Does.StartWith("{\n  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n").And.EndsWith("}\n")
        );
        using var schema = JsonDocument.Parse(Output);
        Assert.That(
            schema
                .RootElement.GetProperty("$defs")
                .GetProperty("one-request")
                .GetProperty("properties")
                .GetProperty("pipeline_type")
                .GetProperty("enum")
                .EnumerateArray()
                .Select(type => type.GetString()),
            Does.Contain("byom_realtime_builtin").And.Contains("byom_realtime_custom")
        );
    }

    [Test]
    public async Task Prints_one_types_schema_on_one_line_where_json_was_asked_for()
    {
        await Run("schema", "byom_realtime_custom", "--output", "json");

        Assert.That(Output.Split('\n'), Has.Length.EqualTo(2));
        using var schema = JsonDocument.Parse(Output);
        Assert.That(schema.RootElement.GetProperty("title").GetString(), Is.EqualTo("byom_realtime_custom"));
    }

    [Test]
    public async Task An_unknown_type_is_refused_with_those_that_there_are()
    {
        var exit = await Run("schema", "byom_realtime_biultin");

        Assert.That(exit, Is.EqualTo(ExitCode.Failed));
        Assert.That(
            Error,
            Does.StartWith(
                "mlops: There is no pipeline type \"byom_realtime_biultin\". Did you mean byom_realtime_builtin? There are "
            )
        );
    }
}
