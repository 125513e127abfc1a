using System.Text.Json.Nodes;
using Mlops.Local.Events;

namespace Mlops.Local.Tests.Events;

public sealed class InputTransformerTests
{
    private static readonly Dictionary<string, string> Paths = new()
    {
        ["pipeline"] = "$.detail.pipeline",
        ["first"] = "$.resources[0]",
        ["dashed"] = "$.detail['execution-id']",
        ["count"] = "$.detail.count",
        ["detail"] = "$.detail",
        ["missing"] = "$.detail.nothing",
    };

    [TestCase(
        "\"Pipeline <pipeline> failed\"",
        "\"Pipeline m failed\"",
        Description = "the quotes stay, as in AWS's mails"
    )]
    [TestCase("\"one <pipeline>\"\n\"two <first>\"", "\"one m\"\n\"two r0\"", Description = "several lines")]
    [TestCase("{\"p\":<pipeline>,\"n\":<count>,\"t\":\"n=<count>\"}", "{\"p\":\"m\",\"n\":7,\"t\":\"n=7\"}")]
    [TestCase("\"<dashed>\"", "\"say \\\"hi\\\"\"", Description = "what would end the text is escaped")]
    [TestCase("{\"a\":\"<missing>\",\"b\":<missing>}", "{\"a\":\"\",\"b\":null}")]
    [TestCase("\"<aws.events.rule-name> at <aws.events.event.ingestion-time>\"", "\"failed at 2026-11-23T00:00:00Z\"")]
    [TestCase("<aws.events.event>", """{"resources":["r0"]}""")]
    public void Makes_the_text(string template, string text)
    {
        var @event = JsonNode
            .Parse("""{"resources":["r0"],"detail":{"pipeline":"m","execution-id":"say \"hi\"","count":7}}""")!
            .AsObject();

        var made = InputTransformer
            .Parse(Paths, template)
            .Transform(@event, "failed", "arn:rule", new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero));

        Assert.That(made, Is.EqualTo(text));
    }

    [TestCase("\"<unknown>\"", "The input template uses <unknown>, which the input paths do not define.")]
    [TestCase(
        "Pipeline <pipeline> failed",
        "The input template is not JSON: a text needs quotes around it, each line its own."
    )]
    public void Refuses_a_template(string template, string message) =>
        Assert.That(
            () => InputTransformer.Parse(Paths, template),
            Throws.TypeOf<FormatException>().With.Message.EqualTo(message)
        );

    [TestCase("detail.state")]
    [TestCase("$.detail[*]")]
    [TestCase("$..state")]
    public void Refuses_a_path(string path) =>
        Assert.That(
            () => InputTransformer.Parse(new Dictionary<string, string> { ["x"] = path }, "\"<x>\""),
            Throws.TypeOf<FormatException>().With.Message.StartsWith($"\"{path}\" is not a path that local knows")
        );
}
