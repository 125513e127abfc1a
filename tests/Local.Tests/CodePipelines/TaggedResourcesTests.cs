using System.Text.Json.Nodes;
using Mlops.Local.CodePipelines.Operations;

namespace Mlops.Local.Tests.CodePipelines;

public sealed class TaggedResourcesTests
{
    private const string Target = "ResourceGroupsTaggingAPI_20170126.GetResources";

    [TestCase(Target, """{"ResourceTypeFilters": ["codepipeline"]}""", true)]
    [TestCase(Target, """{"ResourceTypeFilters": ["codepipeline", "s3"]}""", false)]
    [TestCase(Target, """{"ResourceTypeFilters": []}""", false)]
    [TestCase(Target, """{"ResourceARNList": ["arn:aws:codepipeline:us-east-1:123456789012:a"]}""", true)]
    [TestCase(Target, """{"ResourceARNList": ["arn:aws:s3:::a"]}""", false)]
    [TestCase(Target, "{}", false)]
    [TestCase(Target, "[]", false)]
    [TestCase(Target, null, false)]
    [TestCase("ResourceGroupsTaggingAPI_20170126.GetTagKeys", """{"ResourceTypeFilters": ["codepipeline"]}""", false)]
    public void Only_what_asks_for_pipelines_alone_is_the_emulators(string target, string? body, bool isOurs) =>
        Assert.That(TaggedResources.Is(target, body is null ? null : JsonNode.Parse(body)), Is.EqualTo(isOurs));
}
