namespace Mlops.Architecture.Tests;

/// <summary>The links of every page to other files of the repository.</summary>
public sealed class LinksTests
{
    private static IEnumerable<string> Pages() => MarkdownPage.All.Select(page => page.Path);

    [TestCaseSource(nameof(Pages))]
    public void Every_link_leads_to_a_file_and_a_heading_that_are_there(string path)
    {
        var page = new MarkdownPage(path);

        Assert.That(page.Links.Where(link => !IsElsewhere(link)).Where(link => !IsThere(page, link)), Is.Empty);
    }

    private static bool IsElsewhere(string link) =>
        link.Contains("://", StringComparison.Ordinal) || link.StartsWith("mailto:", StringComparison.Ordinal);

    private static bool IsThere(MarkdownPage page, string link)
    {
        var parts = link.Split('#', 2);
        var target = Path.GetFullPath(
            Path.Combine(Checkout.Root, parts[0].Length == 0 ? page.Path : Path.Combine(Folder(page), parts[0]))
        );
        if (!File.Exists(target))
        {
            return parts.Length == 1 && Directory.Exists(target);
        }

        return parts.Length == 1
            || new MarkdownPage(Path.GetRelativePath(Checkout.Root, target)).Anchors.Contains(parts[1]);
    }

    private static string Folder(MarkdownPage page) => Path.GetDirectoryName(page.Path) ?? "";
}
