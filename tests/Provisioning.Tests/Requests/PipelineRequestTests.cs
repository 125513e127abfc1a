using System.Text;
using Mlops.Provisioning.Requests;

namespace Mlops.Provisioning.Tests.Requests;

public sealed class PipelineRequestTests
{
    [TestCase("", FindingCodes.Empty)]
    [TestCase(" \r\n\t ", FindingCodes.Empty)]
    [TestCase("\uFEFF", FindingCodes.Empty, Description = "a byte order mark alone")]
    [TestCase("nonsense", FindingCodes.NotJson)]
    [TestCase("{", FindingCodes.NotJson)]
    [TestCase("{\"a\": 1,}", FindingCodes.NotJson)]
    [TestCase("{} {}", FindingCodes.NotJson)]
    [TestCase("{\"a\": 01}", FindingCodes.NotJson)]
    [TestCase("{'a': 1}", FindingCodes.NotJson)]
    [TestCase("{\"a\": \"\\x\"}", FindingCodes.NotJson)]
    [TestCase("[{}]", FindingCodes.NotAnObject)]
    [TestCase("\"text\"", FindingCodes.NotAnObject)]
    [TestCase("12", FindingCodes.NotAnObject)]
    [TestCase("null", FindingCodes.NotAnObject)]
    [TestCase("{\"a\": 1, \"a\": 2}", FindingCodes.DuplicateKey)]
    [TestCase(
        "{\"a\": 1, \"\\u0061\": 2}",
        FindingCodes.DuplicateKey,
        Description = "the same key in another spelling"
    )]
    [TestCase("{\"a\": {\"b\": 1, \"b\": 1}}", FindingCodes.DuplicateKey)]
    [TestCase("{\"a\": \"\\ud800\"}", FindingCodes.NotText, Description = "half of a surrogate pair")]
    [TestCase("{\"\\udfff\": 1}", FindingCodes.NotText)]
    public void Refuses(string json, string code) =>
        Assert.That(Parse(Encoding.UTF8.GetBytes(json)).Single().Code, Is.EqualTo(code));

    [Test]
    public void Refuses_bytes_that_are_no_UTF_8() =>
        Assert.That(Parse([.. "{\"a\": \""u8, 0xC3, 0x28, .. "\"}"u8]).Single().Code, Is.EqualTo(FindingCodes.NotText));

    [TestCase('[', ']')]
    [TestCase('{', '}')]
    public void Refuses_thousands_of_levels(char open, char close)
    {
        var inner = open == '{' ? "{\"a\":" : "[";
        var json = "{\"a\":" + string.Concat(Enumerable.Repeat(inner, 50_000)) + "1" + new string(close, 50_000) + "}";

        Assert.That(Parse(Encoding.UTF8.GetBytes(json)).Single().Code, Is.EqualTo(FindingCodes.TooDeep));
    }

    [TestCase(PipelineRequest.DepthLimit - 1, true)]
    [TestCase(PipelineRequest.DepthLimit, false)]
    public void Reads_as_deep_as_the_limit(int levels, bool read)
    {
        var json = "{\"a\":" + new string('[', levels) + new string(']', levels) + "}";

        Assert.That(Parse(Encoding.UTF8.GetBytes(json)), read ? Is.Empty : Has.Count.EqualTo(1));
    }

    [TestCase(0, true)]
    [TestCase(1, false)]
    public void Reads_as_much_as_the_limit(int more, bool read)
    {
        var json = "{}".PadRight(PipelineRequest.SizeLimit + more);

        var findings = Parse(Encoding.UTF8.GetBytes(json));

        Assert.That(
            findings.Select(finding => finding.Code),
            Is.EqualTo(read ? [] : (string[])[FindingCodes.TooLarge])
        );
    }

    [Test]
    public void A_megabyte_of_duplicates_gives_a_short_answer()
    {
        var json = "{" + string.Join(',', Enumerable.Range(0, 100_000).Select(i => $"\"{i % 50_000}\":1")) + "}";

        Assert.That(Parse(Encoding.UTF8.GetBytes(json)), Has.Count.LessThanOrEqualTo(20));
    }

    [Test]
    public void A_place_in_the_text_is_told()
    {
        var finding = Parse("{\n  \"a\": 1,\n  \"b\": x\n}"u8.ToArray()).Single();

        Assert.That((finding.Line, finding.Column), Is.EqualTo((3, 8)));
        Assert.That(
            finding.ToString(),
            Is.EqualTo(
                "MLP002 request: The request is not JSON (line 3): 'x' is an invalid start of a value. Correct the text there."
            )
        );
    }

    [Test]
    public void A_byte_order_mark_is_no_fault() => Assert.That(Parse([0xEF, 0xBB, 0xBF, .. "{}"u8]), Is.Empty);

    [Test]
    public void Values_keep_what_was_written_and_where()
    {
        var read = PipelineRequest.TryParse(
            """
            {"text": "a\u0041", "number": 1.0,
             "object": { "x" : [1, 2] }}
            """u8,
            out var request,
            out _
        );

        Assert.That(read, Is.True);
        Assert.That(request!.Keys["text"].Text, Is.EqualTo("aA"));
        Assert.That(request.Keys["number"].Text, Is.EqualTo("1.0"));
        Assert.That(request.Keys["object"].Text, Is.EqualTo("""{"x":[1,2]}"""));
        Assert.That((request.Keys["object"].Line, request.Keys["object"].Column), Is.EqualTo((2, 12)));
    }

    private static IReadOnlyList<Finding> Parse(byte[] json)
    {
        var read = PipelineRequest.TryParse(json, out var request, out var findings);
        Assert.That(read, Is.EqualTo(findings.Count == 0));
        Assert.That(request, read ? Is.Not.Null : Is.Null);
        return findings;
    }
}
