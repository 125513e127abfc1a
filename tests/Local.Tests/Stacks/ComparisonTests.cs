using System.Text.Json.Nodes;
using Mlops.Local.Stacks;

namespace Mlops.Local.Tests.Stacks;

public sealed class ComparisonTests
{
    [TestCase("""{"a":1}""", """{"a":"1"}""", Description = "services answer numbers as text")]
    [TestCase("""{"a":true}""", """{"a":"true"}""", Description = "and flags")]
    [TestCase("""{"a":["x"]}""", """{"a":"x"}""", Description = "policy documents: one value or a list of one")]
    [TestCase("""{"a":["x","y"]}""", """{"a":["y","x","z"]}""", Description = "order says nothing, more is no loss")]
    [TestCase(
        """{"a":{"Version":"2012-10-17"}}""",
        """{"a":"{\"Version\":\"2012-10-17\"}"}""",
        Description = "JSON text"
    )]
    [TestCase("""{"a":{"b":1}}""", """{"a":{"b":1,"c":2},"d":3}""", Description = "defaults and attributes")]
    [TestCase("""{"a":[],"b":{}}""", """{}""", Description = "nothing was asked for")]
    [TestCase("""{"a":"(known after deployment)"}""", """{"a":"arn:x"}""", Description = "any value will do")]
    public void Arrived(string declared, string found) => Assert.That(Missing(declared, found), Is.Empty);

    [TestCase("""{"a":1}""", """{"a":2}""")]
    [TestCase("""{"a":1}""", """{}""")]
    [TestCase("""{"a":false}""", """{}""")]
    [TestCase("""{"a":{"b":1}}""", """{"a":{}}""")]
    [TestCase("""{"a":["x","y"]}""", """{"a":["x"]}""")]
    [TestCase("""{"a":"(known after deployment)"}""", """{}""")]
    public void Did_not_arrive(string declared, string found) =>
        Assert.That(Missing(declared, found), Is.EqualTo(["a"]));

    private static IEnumerable<string> Missing(string declared, string found) =>
        Comparison.Missing(JsonNode.Parse(declared)!.AsObject(), JsonNode.Parse(found)!.AsObject());
}
