using System.Text.Json.Nodes;
using Mlops.Local.Events;

namespace Mlops.Local.Tests.Events;

public sealed class EventPatternTests
{
    private static readonly JsonObject Event = JsonNode
        .Parse(
            """
            {
              "source": "aws.codepipeline",
              "detail-type": "CodePipeline Pipeline Execution State Change",
              "resources": ["arn:aws:codepipeline:us-east-1:123456789012:mlops-pipeline-a"],
              "detail": {
                "pipeline": "mlops-pipeline-my-model-byompipelinerealtimebuiltin",
                "state": "FAILED",
                "version": 3.5,
                "reason": null,
                "stages": [{ "name": "Source", "ok": true }, { "name": "Deploy", "ok": false }],
                "none": []
              }
            }
            """
        )!
        .AsObject();

    [TestCase(
        """{"source":["aws.codepipeline"],"detail":{"state":["SUCCEEDED","FAILED"]}}""",
        Description = "the declared rules' form"
    )]
    [TestCase("""{"resources":[{"suffix":":mlops-pipeline-a"}]}""", Description = "one element of a list is enough")]
    [TestCase("""{"detail":{"pipeline":[{"prefix":"mlops-pipeline-"}]}}""")]
    [TestCase("""{"detail":{"pipeline":[{"prefix":{"equals-ignore-case":"MLOPS-"}}]}}""")]
    [TestCase("""{"detail":{"pipeline":[{"wildcard":"mlops-*-my-model-*builtin"}]}}""")]
    [TestCase("""{"detail":{"state":[{"equals-ignore-case":"failed"}]}}""")]
    [TestCase("""{"detail":{"state":[{"anything-but":"SUCCEEDED"}]}}""")]
    [TestCase("""{"detail":{"state":[{"anything-but":["SUCCEEDED","STOPPED"]}]}}""")]
    [TestCase("""{"detail":{"state":[{"anything-but":{"prefix":["S","X"]}}]}}""")]
    [TestCase("""{"detail":{"version":[{"numeric":[">",3,"<=",3.5]}]}}""")]
    [TestCase("""{"detail":{"version":[3.5]}}""")]
    [TestCase("""{"detail":{"reason":[null]}}""")]
    [TestCase("""{"detail":{"reason":[{"exists":true}]}}""", Description = "a null is there")]
    [TestCase("""{"detail":{"missing":[{"exists":false}]}}""")]
    [TestCase("""{"detail":{"none":[{"exists":false}]}}""", Description = "an empty list is not there")]
    [TestCase("""{"absent":{"deep":[{"exists":false}]}}""")]
    [TestCase("""{"detail":{"stages":{"name":["Deploy"],"ok":[false]}}}""", Description = "both in one element")]
    [TestCase("""{"$or":[{"source":["aws.s3"]},{"detail":{"state":["FAILED"]}}],"detail":{"version":[3.5]}}""")]
    public void Matches(string pattern) => Assert.That(EventPattern.Parse(pattern).Matches(Event), Is.True);

    [TestCase("""{"source":["aws.s3"]}""")]
    [TestCase("""{"source":["AWS.CODEPIPELINE"]}""", Description = "case counts")]
    [TestCase(
        """{"source":["aws.codepipeline"],"detail":{"state":["SUCCEEDED"]}}""",
        Description = "one of two fields"
    )]
    [TestCase("""{"detail":{"missing":["x"]}}""")]
    [TestCase("""{"detail":{"missing":[{"anything-but":"x"}]}}""", Description = "anything-but wants a value")]
    [TestCase("""{"detail":{"state":[{"anything-but":{"suffix":"ED"}}]}}""")]
    [TestCase("""{"detail":{"version":[3.50]}}""", Description = "numbers are compared as written")]
    [TestCase("""{"detail":{"version":["3.5"]}}""")]
    [TestCase("""{"detail":{"version":[{"numeric":["<",3.5]}]}}""")]
    [TestCase("""{"detail":{"state":[{"numeric":["=",1]}]}}""")]
    [TestCase("""{"detail":[{"exists":true}]}""", Description = "exists looks at values, not at objects")]
    [TestCase("""{"detail":{"stages":{"name":["Source"],"ok":[false]}}}""", Description = "each in another element")]
    [TestCase("""{"detail":{"pipeline":[{"wildcard":"mlops"}]}}""")]
    [TestCase("""{"$or":[{"source":["aws.s3"]},{"detail":{"state":["SUCCEEDED"]}}]}""")]
    public void Does_not_match(string pattern) => Assert.That(EventPattern.Parse(pattern).Matches(Event), Is.False);

    [TestCase(
        """{"detail":{"ip":[{"cidr":"10.0.0.0/24"}]}}""",
        "/detail/ip: \"cidr\" is not an operator that local knows."
    )]
    [TestCase("""{"a":[{"anything-but":{"numeric":["=",1]}}]}""", "/a: \"anything-but\" does not take \"numeric\".")]
    [TestCase("""{"a":[{"prefix":"x","suffix":"y"}]}""", "/a: a matcher has one operator, not 2.")]
    [TestCase("""{"a":[{"prefix":1}]}""", "/a: \"prefix\" takes a string.")]
    [TestCase("""{"a":[{"exists":"yes"}]}""", "/a: \"exists\" takes true or false.")]
    [TestCase("""{"a":[{"wildcard":"x**"}]}""", "/a: a wildcard has no two * in a row.")]
    [TestCase("""{"a":"x"}""", "/a: a value stands in an array or an object, not alone.")]
    [TestCase("""{"a":[]}""", "/a: an empty array matches nothing.")]
    [TestCase("{}", "/: an empty object matches nothing that could be meant.")]
    [TestCase("[]", "An event pattern is a JSON object.")]
    public void Refuses(string pattern, string message) =>
        Assert.That(() => EventPattern.Parse(pattern), Throws.TypeOf<FormatException>().With.Message.EqualTo(message));

    [TestCase("*", "", true)]
    [TestCase("a*a", "a", false, Description = "the two ends may not overlap")]
    [TestCase("*ab*ab", "abab", true)]
    [TestCase("*ab*ab", "ab", false)]
    [TestCase(@"a\*c", "a*c", true)]
    [TestCase(@"a\*c", "abc", false)]
    public void A_wildcard(string pattern, string text, bool matches)
    {
        var parsed = EventPattern.Parse(
            new JsonObject { ["a"] = new JsonArray(new JsonObject { ["wildcard"] = pattern }) }.ToJsonString()
        );

        Assert.That(parsed.Matches(new JsonObject { ["a"] = text }), Is.EqualTo(matches));
    }
}
