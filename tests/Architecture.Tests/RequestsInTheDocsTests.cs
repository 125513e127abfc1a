using Mlops.Provisioning.Blueprints;

namespace Mlops.Architecture.Tests;

/// <summary>Every request that stands in a page.</summary>
public sealed class RequestsInTheDocsTests
{
    private static IEnumerable<TestCaseData> Requests() =>
        from page in MarkdownPage.All
        from block in page.Blocks("json").Select((text, at) => (text, at))
        where IsRequest(block.text)
        select new TestCaseData(block.text).SetArgDisplayNames($"{page.Path}, block {block.at + 1}");

    [TestCaseSource(nameof(Requests))]
    public void Is_valid(string request) =>
        Assert.That(RequestRules.Findings(request).Select(finding => finding.ToString()), Is.Empty);

    private static bool IsRequest(string block) =>
        block.Contains($"\"{RequestKeys.PipelineType}\"", StringComparison.Ordinal);
}
