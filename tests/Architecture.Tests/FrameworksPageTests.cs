using Mlops.Provisioning.Images;
using Mlops.Provisioning.Requests;

namespace Mlops.Architecture.Tests;

/// <summary>docs/frameworks.md against the table of images.</summary>
public sealed class FrameworksPageTests
{
    private static readonly ImageCatalog Images = new();
    private static readonly string Page = Checkout.Read("docs/frameworks.md");

    [Test]
    public void The_list_has_every_version_of_every_framework()
    {
        var listed = Rows("| framework | on | versions |").ToLookup(row => row[0], row => row[2].Split(", "));

        Assert.That(listed.Select(framework => framework.Key), Is.EquivalentTo(Images.Frameworks));
        foreach (var framework in listed)
        {
            var known = Enum.GetValues<Processor>().Select(processor => Images.Versions(framework.Key, processor));

            Assert.That(
                framework.Select(versions => string.Join(' ', versions)),
                Is.EquivalentTo(
                    known
                        .Where(versions => versions.Count > 0)
                        .Select(versions => string.Join(' ', versions))
                        .Distinct()
                ),
                $"{framework.Key}: run lambdas/Provisioning/Images/refresh.py"
            );
        }
    }

    [Test]
    public void The_other_names_are_those_of_the_table() =>
        Assert.That(
            Rows("| framework | also as |").SelectMany(row => row[1].Split(", ").Select(alias => $"{alias} {row[0]}")),
            Is.EquivalentTo(Images.Aliases.Select(alias => $"{alias.Key} {alias.Value}"))
        );

    [Test]
    public void Frameworks_by_URI_only_are_named() =>
        Assert.That(Page, Does.Contain($": {string.Join(", ", Images.FrameworksByUriOnly)}.\n"));

    [Test]
    public void The_codes_are_those_of_the_code() =>
        Assert.That(
            Rows("| code | when | the answer lists |").Select(row => row[0].Trim('`')),
            Is.EqualTo(
                (string[])
                    [
                        FindingCodes.UnknownFramework,
                        FindingCodes.UnknownFrameworkVersion,
                        FindingCodes.FrameworkRegion,
                        FindingCodes.FrameworkInstance,
                    ]
            )
        );

    private static IEnumerable<string[]> Rows(string header) =>
        Page.Split(header + "\n")[1]
            .Split('\n')
            .Skip(1)
            .TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries)[1..^1]);
}
