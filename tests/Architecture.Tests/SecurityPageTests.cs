using System.Text.RegularExpressions;

namespace Mlops.Architecture.Tests;

/// <summary>docs/security.md against the tests that it names.</summary>
public sealed partial class SecurityPageTests
{
    private static readonly string Page = Checkout.Read("docs/security.md");

    [Test]
    public void Every_test_that_is_named_exists()
    {
        var sources = Checkout
            .Files("*Tests.cs")
            .Where(path => path.StartsWith("tests/", StringComparison.Ordinal))
            .ToLookup(path => Path.GetFileNameWithoutExtension(path), Checkout.Read);
        var named = Named().Matches(Page).Select(match => (match.Groups["fixture"].Value, match.Groups["test"].Value));

        Assert.Multiple(() =>
        {
            foreach (var (fixture, test) in named)
            {
                Assert.That(
                    sources[fixture].Any(source => source.Contains($" {test}(", StringComparison.Ordinal)),
                    $"{fixture}.{test}"
                );
            }
        });
    }

    [Test]
    public void Every_threat_has_what_stops_it_and_a_test()
    {
        var rows = Page.Split("## Threats")[1]
            .Split("## ")[0]
            .Split('\n')
            .Where(line => line.StartsWith('|'))
            .Skip(2)
            .Select(line => line.Split(" | "))
            .ToList();

        Assert.That(rows, Is.Not.Empty.And.All.Length.EqualTo(3));
        Assert.That(rows.Select(row => row[1]), Has.None.Empty);
        Assert.That(
            rows.Where(row => !Named().IsMatch(row[2])).Select(row => row[0]),
            Is.Empty,
            "these threats name no test"
        );
    }

    [GeneratedRegex(@"`(?<fixture>\w+Tests)\.(?<test>\w+)`", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Named();
}
