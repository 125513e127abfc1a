using System.Text.RegularExpressions;

namespace Mlops.Architecture.Tests;

/// <summary>A page of the docs, as it is written.</summary>
/// <param name="Path">From the root.</param>
internal sealed partial record MarkdownPage(string Path)
{
    /// <summary>All that are in the checkout.</summary>
    public static IReadOnlyList<MarkdownPage> All { get; } =
    [.. Checkout.Files("*.md").Select(path => new MarkdownPage(path))];

    public string Text { get; } = Checkout.Read(Path).ReplaceLineEndings("\n");

    /// <summary>The addresses of its links; what stands in code is none.</summary>
    public IEnumerable<string> Links =>
        Link().Matches(Code().Replace(Text, "")).Select(match => match.Groups["to"].Value);

    /// <summary>What its headings are called in an address: as GitHub makes it.</summary>
    public IEnumerable<string> Anchors =>
        Heading()
            .Matches(Fence().Replace(Text, ""))
            .Select(match =>
                NotInAnchor().Replace(match.Groups["text"].Value.ToLowerInvariant(), "").Replace(' ', '-')
            );

    /// <summary>The names of its headings of the second level.</summary>
    public IEnumerable<string> Sections =>
        Heading()
            .Matches(Fence().Replace(Text, ""))
            .Where(match => match.Groups["level"].Length == 2)
            .Select(match => match.Groups["text"].Value);

    /// <summary>What is in its fenced blocks of a language.</summary>
    public IReadOnlyList<string> Blocks(string language) => BlocksOf(Text, language);

    /// <summary>What is in the fenced blocks of a language under one heading of the second level.</summary>
    public IReadOnlyList<string> Blocks(string language, string section)
    {
        var start = Text.IndexOf($"\n## {section}\n", StringComparison.Ordinal);
        if (start < 0)
        {
            return [];
        }

        var end = Text.IndexOf("\n## ", start + 1, StringComparison.Ordinal);
        return BlocksOf(end < 0 ? Text[start..] : Text[start..end], language);
    }

    public override string ToString() => Path;

    private static IReadOnlyList<string> BlocksOf(string text, string language) =>
        [
            .. Fence()
                .Matches(text)
                .Where(match => match.Groups["language"].Value == language)
                .Select(match => match.Groups["content"].Value),
        ];

    [GeneratedRegex(@"\]\((?<to>[^)\s]+)\)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Link();

    [GeneratedRegex(
        "^```(?<language>[a-z]*)\n(?<content>.*?)^```$",
        RegexOptions.ExplicitCapture | RegexOptions.Singleline | RegexOptions.Multiline,
        1_000
    )]
    private static partial Regex Fence();

    [GeneratedRegex(
        "^```.*?^```$|`[^`\n]*`",
        RegexOptions.ExplicitCapture | RegexOptions.Singleline | RegexOptions.Multiline,
        1_000
    )]
    private static partial Regex Code();

    [GeneratedRegex(@"^(?<level>#{1,6}) (?<text>.+)$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1_000)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\p{L}\p{N} _-]", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex NotInAnchor();
}
